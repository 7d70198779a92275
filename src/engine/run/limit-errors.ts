import type { RunError } from '../result.ts';

/** More of one file tell nobody more: most of them have one cause. */
const MAX_OF_FILE = 100;

/** Of all files together. */
const MAX_ERRORS = 1000;

/** The errors that a report shows: the first ones of each file, and one that says how many more there are. */
export function limitErrors(errors: readonly RunError[]): readonly RunError[] {
  if (errors.length <= MAX_OF_FILE) return errors;
  const counts = new Map<string | undefined, number>();
  const shown: RunError[] = [];
  const firstLeftOut = new Map<string | undefined, RunError>();
  for (const error of errors) {
    const file = error.location?.file;
    const count = (counts.get(file) ?? 0) + 1;
    counts.set(file, count);
    if (count <= MAX_OF_FILE) shown.push(error);
    else if (count === MAX_OF_FILE + 1) firstLeftOut.set(file, error);
  }
  for (const [file, { kind, location }] of firstLeftOut) {
    const more = (counts.get(file) ?? 0) - MAX_OF_FILE;
    const where = file === undefined ? '' : ' in this file, from here on';
    shown.push({
      kind,
      message: `There are more errors${where}: ${more}. Correct the first ones, and run again.`,
      location,
    });
  }
  return shown.length <= MAX_ERRORS ? shown : [...shown.slice(0, MAX_ERRORS), ofOtherFiles(shown.slice(MAX_ERRORS))];
}

function ofOtherFiles(left: readonly RunError[]): RunError {
  const message = `There are more errors: ${left.length} in other places. Correct the first ones, and run again.`;
  return { kind: left[0]?.kind ?? 'input', message, location: undefined };
}
