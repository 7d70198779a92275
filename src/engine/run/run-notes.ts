import type { RunRequest } from './run-request.ts';
import type { PreparedGroup } from './prepare-group.ts';
import { explainUnmatched, type BaselineFile } from '../baseline/read-baseline.ts';
import type { Result } from '../result.ts';

/** Says which baselines nothing was found of: most often, they were written for other files. */
export function noteUnmatched(
  groups: readonly PreparedGroup[],
  results: readonly Result[],
  { inputs, workingDirectory, onNote }: RunRequest,
  isNamed: boolean,
): void {
  const matched = new Map<string, boolean>();
  const files = new Map<string, BaselineFile>();
  for (const [index, { baseline, request }] of groups.entries()) {
    const result = results[index];
    if (baseline === undefined || result === undefined || request.isPartial || result.errors.length > 0) continue;
    const isUsed = result.findings.some(({ suppressed }) => suppressed?.by === 'baseline');
    files.set(baseline.name, baseline);
    matched.set(baseline.name, isUsed || matched.get(baseline.name) === true);
  }
  for (const [name, file] of files) {
    const note = matched.get(name) === true ? undefined : explainUnmatched(file, { inputs, workingDirectory, isNamed });
    if (note !== undefined) onNote?.(note);
  }
}

/** Says why nothing was linted. */
export function noteNothing({ changedSince, hook, onNote }: RunRequest): void {
  if (changedSince !== undefined) {
    onNote?.(`Nothing in the inputs has changed since ${changedSince}: there is nothing to lint.`);
  } else if (hook === true) {
    onNote?.('None of the files belongs to a chart or is a manifest: there is nothing to lint.');
  }
}
