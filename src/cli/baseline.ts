import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { BaselineError, parseBaseline, printBaseline, toBaseline, type Baseline } from '../engine/baseline/baseline.ts';
import { FileError } from '../files/file-error.ts';
import { readFile } from '../files/read-file.ts';
import { isAdHoc } from '../engine/release-choice.ts';
import { run } from '../engine/run/run.ts';
import { UserError } from '../engine/user-error.ts';
import { redactText } from '../kube/redact.ts';
import { count } from '../report/count.ts';
import type { Rules } from '../rule/rule.ts';
import type { BaselineArguments } from './options.ts';
import { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

/** `chartlint baseline [inputs..]`: accepts what lint finds today. Returns the exit status. */
export async function runBaseline(args: BaselineArguments, terminal: Terminal, rules: Rules): Promise<number> {
  const { workingDirectory } = terminal;
  if (args.prune && (isAdHoc(args) || args.env !== undefined)) {
    throw new UserError(
      '--prune needs all environments, since it would remove the findings of those that are left out. Omit --env, -f and --set.',
    );
  }
  // A file that is not a baseline is not overwritten: it may be the wrong file.
  const isThere = existsSync(resolve(workingDirectory, args.baseline));
  const old = args.prune || isThere ? readBaseline(args.baseline, workingDirectory) : undefined;
  const before = args.prune ? old : undefined;
  const progress = new Progress(terminal);
  const result = await run({
    ...args,
    ...terminal,
    rules,
    onProgress: (text) => progress.report(text),
    baseline: undefined,
    ownFiles: [args.baseline],
    allowEmpty: false,
  }).finally(() => progress.end());
  if (result.errors.length > 0) {
    const [first] = result.errors;
    const place = first?.location === undefined ? '' : `${first.location.file}:${first.location.line}: `;
    throw new UserError(
      `The baseline was not written because the run is incomplete. Fix this first: ${place}${redactText(first?.message ?? '')}`,
    );
  }
  const counting = result.findings.filter(({ suppressed }) => suppressed === undefined);
  const today = toBaseline(counting);
  if (before === undefined) {
    writeWhole(args.baseline, printBaseline(today), workingDirectory);
    terminal.writeOut(`${args.baseline}: ${count(counting.length, 'finding')} accepted.\n`);
    return 0;
  }
  const isHere = ({ file }: { file: string }): boolean => {
    return file === args.stdinFilename || existsSync(resolve(workingDirectory, file.replace(/!.*/s, '')));
  };
  if (before.size > 0 && ![...before.values()].some(isHere)) {
    throw new UserError(
      `None of the files in ${args.baseline} exists here. Run this in the folder where the baseline was written.`,
    );
  }
  // What these inputs do not hold may be there still.
  const standing = [...before].filter(
    ([fingerprint, { file }]) => today.has(fingerprint) || !isWithin(file, args, workingDirectory),
  );
  writeWhole(args.baseline, printBaseline(new Map(standing)), workingDirectory);
  const mended = before.size - standing.length;
  terminal.writeOut(`${args.baseline}: ${count(standing.length, 'finding')} accepted; ${mended} fixed and removed.\n`);
  return 0;
}

/** Whether a file, by its name in reports, is one of the inputs or is in one. This cannot be known for a glob. */
function isWithin(file: string, { inputs, stdinFilename }: BaselineArguments, workingDirectory: string): boolean {
  const path = resolve(workingDirectory, file);
  return inputs.some((input) => {
    if (input === '-') return file === stdinFilename;
    const named = resolve(workingDirectory, input);
    return path === named || [sep, '!'].some((end) => path.startsWith(`${named}${end}`));
  });
}

/**
 * Reads a baseline.
 * @throws UserError when it is missing, half written or of another version
 */
export function readBaseline(file: string, workingDirectory: string): Baseline {
  try {
    return parseBaseline(readFile(resolve(workingDirectory, file), { isNamed: true }).toString('utf8'));
  } catch (error) {
    if (error instanceof BaselineError) throw new UserError(`The baseline ${file} cannot be used. ${error.message}`);
    if (error instanceof FileError) {
      throw new UserError(`The baseline ${file} cannot be read: ${error.reason}. ${error.help}`);
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new UserError(
      `The baseline ${file} cannot be read (${code}). Create it with chartlint baseline --baseline ${file}.`,
    );
  }
}
