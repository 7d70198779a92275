import { dirname, join, resolve } from 'node:path';
import { entryKind, POLICY_FILE_NAMES } from '../../policy/find.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ReleaseChoice } from '../release-choice.ts';
import type { Changes } from './changed-files.ts';
import type { PolicyChoice } from '../policy/choose-policy.ts';
import type { LoadedInputs } from './load-inputs.ts';
import { withLocalDependencies } from './chart-metadata.ts';
import { splitLists } from '../split-lists.ts';

interface Surroundings {
  readonly policy: Pick<Policy, 'environments'>;
  /** Whether schemas of custom resources changed that the policy names. */
  readonly areSchemasChanged: boolean;
  /** The policy file and those that it extends; absolute. */
  readonly policyFiles: readonly string[];
  readonly choice: ReleaseChoice & PolicyChoice;
  readonly workingDirectory: string;
}

/**
 * Leaves out each chart that did not change, and neither did anything that it is linted with. Manifests may refer to each
 * other, so they are left out only when none of them changed.
 */
export function keepChanged(loaded: LoadedInputs, changes: Changes, surroundings: Surroundings): LoadedInputs {
  const { policyFiles, workingDirectory, choice } = surroundings;
  const isPolicyFound = choice.config === undefined && choice.policy === undefined;
  if (surroundings.areSchemasChanged || policyFiles.some((file) => changes.touch(file))) return loaded;
  const fromFlags = flagFiles(choice).map((file) => resolve(workingDirectory, file));
  const areFlagsChanged = fromFlags.some((file) => changes.touch(file));
  const folders = new Map<string, boolean>();
  const hasOtherPolicy = (folder: string): boolean => {
    if (!isPolicyFound) return false;
    let known = folders.get(folder);
    if (known === undefined) folders.set(folder, (known = wasPolicyChanged(folder, changes)));
    return known;
  };
  const named = new Set(loaded.inputs.map(({ name }) => resolve(workingDirectory, name)));
  const manifests = loaded.inputs.flatMap(({ sources }) => sources.map(({ file }) => file));
  const unchanged = manifests.filter((file) => {
    const path = resolve(workingDirectory, file);
    return !changes.touch(path) && !hasOtherPolicy(dirname(path));
  });
  return {
    unchanged: new Set(unchanged),
    inputs: loaded.inputs.map(({ name, sources, charts }) => ({
      name,
      sources: unchanged.length === manifests.length ? [] : sources,
      charts: charts.filter((chart) => {
        return areFlagsChanged || hasOtherPolicy(chart) || isChanged(chart, changes, surroundings);
      }),
    })),
    // What is wrong with a file that was neither changed nor named does not concern this run.
    errors: loaded.errors.filter(({ location }) => {
      const file = resolve(workingDirectory, location?.file ?? '.');
      return location === undefined || named.has(file) || changes.touch(file);
    }),
  };
}

/** Whether a policy file in a folder or above it came, went or changed: what is linted there has another policy. */
function wasPolicyChanged(folder: string, changes: Changes): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (POLICY_FILE_NAMES.some((name) => changes.touch(join(at, name)))) return true;
    if (at === dirname(at) || entryKind(join(at, '.git')) !== undefined) return false;
  }
}

function isChanged(chart: string, changes: Changes, { policy }: Surroundings): boolean {
  const valuesFiles = policy.environments.flatMap(({ values }) => values.map((file) => resolve(chart, file)));
  return [...withLocalDependencies(chart), ...valuesFiles].some((path) => changes.touch(path));
}

/** The files that flags of the release name. */
function flagFiles({ values, setFile }: ReleaseChoice): string[] {
  const fromSetFile = (setFile ?? []).flatMap((flag) =>
    flag.split(',').map((part) => part.slice(part.indexOf('=') + 1)),
  );
  return [...splitLists(values ?? []), ...fromSetFile].filter((file) => file !== '-');
}
