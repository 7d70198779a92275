import type { ScalarSchema } from './scalar.ts';
import type { TokenReader } from './token-reader.ts';
import type { Token } from './token.ts';

const DEFAULT_PREFIXES: Readonly<Record<string, string>> = { '!': '!', '!!': 'tag:yaml.org,2002:' };

/** What the `%` lines above a document say. */
export class Directives {
  readonly #schema: ScalarSchema;
  readonly #prefixes = new Map<string, string>();
  #hasVersion = false;

  constructor(schema: ScalarSchema) {
    this.#schema = schema;
  }

  /** Reads the lines that stand there. */
  read(tokens: TokenReader): void {
    while (tokens.is('version directive') || tokens.is('tag directive')) {
      const { type, value, suffix } = tokens.token;
      if (type === 'tag directive') {
        if (this.#prefixes.has(value)) throw tokens.fault('found duplicate %TAG directive');
        this.#prefixes.set(value, suffix);
      } else {
        if (this.#hasVersion) throw tokens.fault('found duplicate %YAML directive');
        if (value !== '1.1' && this.#schema === 'kubernetes') throw tokens.fault('found incompatible YAML document');
        this.#hasVersion = true;
      }
      tokens.take();
    }
  }

  /** The full name of a tag: `tag:yaml.org,2002:str` for `!!str`; undefined when its handle is unknown. */
  tagName({ value, suffix }: Pick<Token, 'value' | 'suffix'>): string | undefined {
    if (value === '') return suffix;
    const prefix = this.#prefixes.get(value) ?? DEFAULT_PREFIXES[value];
    return prefix === undefined ? undefined : prefix + suffix;
  }
}
