import type { RunRequest } from './run-request.ts';
import type { PreparedGroup } from './prepare-group.ts';
import { resolve } from 'node:path';
import { splitLists } from '../split-lists.ts';
import { type LoadedInputs } from '../inputs/load-inputs.ts';
import { refuseReplacing } from '../inputs/refuse-replacing.ts';

/** @throws UserError when something that will be written is read */
export async function keepInputs(
  { outputs = [], ownFiles = [], ...request }: RunRequest,
  { inputs, leftOut }: LoadedInputs,
  groups: readonly PreparedGroup[],
): Promise<void> {
  if (outputs.length === 0) return;
  const charts = inputs.flatMap((input) => input.charts);
  const named = [...request.inputs, ...splitLists(request.values ?? [])];
  const setFiles =
    request.setFile === undefined ? [] : (await import('../inputs/set-file-paths.ts')).setFilePaths(request.setFile);
  const files = [
    ...[...named, ...setFiles].map((file) => (file === '-' ? '/dev/stdin' : file)),
    ...inputs.flatMap(({ name, sources }) => (name === '-' ? [] : sources.map(({ file }) => file))),
    ...charts,
    ...ownFiles,
    ...groups.flatMap(({ policyBaseline }) => policyBaseline ?? []),
    ...groups.flatMap(({ policyFiles }) => policyFiles),
    ...groups.flatMap(({ request: { policy }, charts: runs }) =>
      policy.environments.flatMap(({ values }) =>
        runs.flatMap(({ task }) => values.map((file) => resolve(task.path, file))),
      ),
    ),
  ];
  refuseReplacing(outputs, { files, charts, leftOut }, request.workingDirectory);
}
