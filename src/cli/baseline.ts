import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BaselineError, parseBaseline, printBaseline, toBaseline, type Baseline } from '../engine/baseline.ts';
import { run } from '../engine/run.ts';
import { UserError } from '../engine/user-error.ts';
import { redactText } from '../kube/redact.ts';
import { count } from '../report/words.ts';
import type { Rules } from '../rule/rule.ts';
import type { BaselineArguments } from './options.ts';
import { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

/** `chartlint baseline [inputs..]`: accepts what lint finds today. Returns the exit status. */
export async function runBaseline(args: BaselineArguments, terminal: Terminal, rules: Rules): Promise<number> {
  const { workingDirectory } = terminal;
  if (args.prune && [args.env, args.values, args.set].some((choice) => choice !== undefined)) {
    throw new UserError(
      '--prune needs every environment: what only others find would be taken out. Leave out --env, -f and --set.',
    );
  }
  // A file that cannot be read is not written over: it may be the wrong one.
  const before = args.prune ? readBaseline(args.baseline, workingDirectory) : undefined;
  const progress = new Progress(terminal);
  const onProgress = (text: string): void => progress.report(text);
  const request = { ...args, ...terminal, rules, onProgress, baseline: undefined, allowEmpty: false };
  const result = await run(request).finally(() => progress.end());
  if (result.errors.length > 0) {
    const [first] = result.errors;
    const place = first?.location === undefined ? '' : `${first.location.file}:${first.location.line}: `;
    throw new UserError(
      `The baseline is not written, since the run is incomplete. Mend this first: ${place}${redactText(first?.message ?? '')}`,
    );
  }
  const today = toBaseline(result.findings);
  const accepted =
    before === undefined ? today : new Map([...before].filter(([fingerprint]) => today.has(fingerprint)));
  writeWhole(args.baseline, printBaseline(accepted), workingDirectory);
  const removed = before === undefined ? '' : `; ${before.size - accepted.size} mended and taken out`;
  terminal.writeOut(`${args.baseline}: ${count(accepted.size, 'finding')} accepted${removed}.\n`);
  return 0;
}

/**
 * Reads a baseline.
 * @throws UserError when it is missing, half written or of another version
 */
export function readBaseline(file: string, workingDirectory: string): Baseline {
  try {
    return parseBaseline(readFileSync(resolve(workingDirectory, file), 'utf8'));
  } catch (error) {
    if (error instanceof BaselineError) throw new UserError(`The baseline ${file} cannot be used. ${error.message}`);
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new UserError(
      `The baseline ${file} cannot be read (${code}). Write it with chartlint baseline --baseline ${file}.`,
    );
  }
}
