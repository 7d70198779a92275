import { quoteGo } from '../go/quote.ts';

/** Why a text is not TOML, in the words of BurntSushi/toml 1.6. */
export class TomlError extends Error {
  override readonly name = 'TomlError';

  /** @param lastKey the key that was read last; empty when there is none */
  constructor(problem: string, line: number, lastKey: string) {
    super(`toml: line ${line}${lastKey === '' ? '' : ` (last key ${quoteGo(lastKey)})`}: ${problem}`);
  }
}
