import type { Rules } from '../rule/rule.ts';
import type { InitArguments } from './options.ts';
import type { Terminal } from './terminal.ts';

export async function runInit(_args: InitArguments, _terminal: Terminal, _rules: Rules): Promise<number> {
  return 2;
}
