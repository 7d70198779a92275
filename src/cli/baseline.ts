import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import {
  BASELINE_FILE_NAME,
  knownFingerprints,
  printBaseline,
  toBaseline,
  type Baseline,
} from '../engine/baseline/baseline.ts';
import { baseOf, folderOfBaseline, nameInBaseline } from '../engine/baseline/name-in-baseline.ts';
import { readBaseline } from '../engine/baseline/read-baseline.ts';
import { isAdHoc } from '../engine/release-choice.ts';
import type { Finding } from '../engine/result.ts';
import { run } from '../engine/run/run.ts';
import { UserError } from '../engine/user-error.ts';
import { redactText } from '../kube/redact.ts';
import { count } from '../report/count.ts';
import type { Rules } from '../rule/rule.ts';
import type { BaselineArguments } from './arguments.ts';
import { Progress } from './progress.ts';
import { sayOut } from './say.ts';
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
  if (args.baseline !== undefined) readOld(args.baseline, args, workingDirectory);
  const found = new Map<string, Finding[]>();
  const progress = new Progress(terminal);
  const result = await run({
    ...args,
    ...terminal,
    rules,
    onProgress: (text) => progress.report(text),
    isForBaseline: true,
    onGroup: ({ findings }, ofPolicy) => {
      const file = args.baseline ?? ofPolicy ?? BASELINE_FILE_NAME;
      const counting = findings.filter(({ suppressed }) => suppressed === undefined);
      found.set(file, [...(found.get(file) ?? []), ...counting]);
    },
    allowEmpty: false,
  }).finally(() => progress.end());
  if (result.errors.length > 0) {
    const [first] = result.errors;
    const place = first?.location === undefined ? '' : `${first.location.file}:${first.location.line}: `;
    throw new UserError(
      `The baseline was not written because the run is incomplete. Fix this first: ${place}${redactText(first?.message ?? '')}`,
    );
  }
  const olds = new Map([...found.keys()].map((file) => [file, readOld(file, args, workingDirectory)]));
  for (const [file, findings] of found) {
    const base = baseOf(file, workingDirectory);
    const today = toBaseline(findings, (name) => nameInBaseline(name, base));
    const before = args.prune ? olds.get(file) : undefined;
    if (before === undefined) {
      writeWhole(file, printBaseline(today), workingDirectory);
      sayOut(terminal, `${file}: ${count(findings.length, 'finding')} accepted.`);
    } else prune({ file, before, today: new Set(findings.flatMap(knownFingerprints)) }, args, terminal);
  }
  return 0;
}

/** What a baseline held until now; undefined when there is none, which `--prune` needs. */
function readOld(file: string, args: BaselineArguments, workingDirectory: string): Baseline | undefined {
  const isThere = existsSync(resolve(workingDirectory, file));
  return args.prune || isThere ? readBaseline(file, workingDirectory).entries : undefined;
}

function prune(
  { file, before, today }: { readonly file: string; readonly before: Baseline; readonly today: ReadonlySet<string> },
  args: BaselineArguments,
  terminal: Terminal,
): void {
  const { workingDirectory } = terminal;
  const folder = folderOfBaseline(file, workingDirectory);
  const isHere = (entry: { file: string }): boolean => {
    return entry.file === args.stdinFilename || existsSync(resolve(folder, entry.file.replace(/!.*/s, '')));
  };
  if (before.size > 0 && ![...before.values()].some(isHere)) {
    throw new UserError(
      `None of the files in ${file} exists relative to it. Move it back, or write a new one with chartlint baseline.`,
    );
  }
  // What these inputs do not hold may be there still.
  const standing = [...before].filter(
    ([fingerprint, entry]) => today.has(fingerprint) || !isWithin(entry.file, folder, args, workingDirectory),
  );
  writeWhole(file, printBaseline(new Map(standing)), workingDirectory);
  const mended = before.size - standing.length;
  sayOut(terminal, `${file}: ${count(standing.length, 'finding')} accepted; ${mended} fixed and removed.`);
}

/** Whether a file, by its name in a baseline, is one of the inputs or is in one. This cannot be known for a glob. */
function isWithin(
  file: string,
  folder: string,
  { inputs, stdinFilename }: BaselineArguments,
  workingDirectory: string,
): boolean {
  const path = resolve(folder, file);
  return inputs.some((input) => {
    if (input === '-') return file === stdinFilename;
    const named = resolve(workingDirectory, input);
    return path === named || [sep, '!'].some((end) => path.startsWith(`${named}${end}`));
  });
}
