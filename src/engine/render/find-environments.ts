import { basename } from 'node:path';
import { enumerate } from '../../text/enumerate.ts';

/** A chart with its own values alone. */
export const DEFAULT_ENVIRONMENT = 'default';

/** The files of a chart, as far as its environments are about them. */
export interface ChartFiles {
  /** All by their paths within the chart. */
  readonly names: readonly string[];
  /**
   * Whether a path, relative to the chart, leads to a file. Of what is not in `within` nobody is told whether it is there:
   * to read it will be refused.
   */
  has(file: string, within: string | undefined): boolean;
  /** The keys at the top of a YAML file; undefined for one that is not a mapping. */
  keysOf(file: string): readonly string[] | undefined;
}

/** An environment that a chart's files are named after. */
export interface FoundEnvironment {
  readonly name: string;
  /** Undefined for values.yaml alone. */
  readonly file: string | undefined;
}

const OVERLAY = /^values[-.](.+)\.ya?ml$/;
/** What chart-testing installs a chart with (https://github.com/helm/chart-testing). */
const FOR_CI = /^ci\/([^/]+)-values\.ya?ml$/;
const NAMED_BEFORE = /^([^/]+)-values\.ya?ml$/;
const IN_FOLDER = /^values\/([^/]+)\.ya?ml$/;

/**
 * The environments of a chart whose policy lists none: `default`, and one for each file that is named as values of an
 * environment. Names that files have for other reasons, too, count only if the file sets keys of values.yaml.
 * @returns a sentence about the files that may be meant so, too
 */
export function findEnvironments(files: ChartFiles): {
  readonly environments: readonly FoundEnvironment[];
  readonly note: string | undefined;
} {
  const environments: FoundEnvironment[] = [{ name: DEFAULT_ENVIRONMENT, file: undefined }];
  const foreign: string[] = [];
  const taken: string[] = [];
  let declared: ReadonlySet<string> | undefined;
  const setsDeclaredKeys = (file: string): boolean => {
    declared ??= new Set([...(files.keysOf('values.yaml') ?? []), 'global']);
    return files.keysOf(file)?.some((key) => declared?.has(key)) === true;
  };
  for (const file of files.names) {
    if (OVERLAY.test(file)) environments.push({ name: environmentName(file), file });
  }
  for (const file of files.names) {
    const ci = FOR_CI.exec(file)?.[1];
    const other = NAMED_BEFORE.exec(file)?.[1] ?? (IN_FOLDER.test(file) ? environmentName(file) : undefined);
    const name = ci === undefined ? other : `ci-${ci}`;
    if (name === undefined) continue;
    if (ci === undefined && !setsDeclaredKeys(file)) foreign.push(file);
    else if (environments.some((known) => known.name === name)) taken.push(file);
    else environments.push({ name, file });
  }
  const notes = [
    ...(foreign.length === 0 ? [] : [explainUnused(foreign, 'no key of values.yaml is set there')]),
    ...(taken.length === 0 ? [] : [explainUnused(taken, 'another values file has that name already')]),
  ];
  return { environments, note: notes.length === 0 ? undefined : notes.join(' ') };
}

/** Whether values files are for the tests of the chart itself: they are not one of the places where it runs. */
export function isForCi(valuesFiles: readonly string[]): boolean {
  return valuesFiles.some((file) => /^(?:\.\/)?ci\//.test(file));
}

/** `prod` of `values-prod.yaml`; another file's own name; `default` without a file. */
export function environmentName(file: string | undefined): string {
  if (file === undefined || file === 'values.yaml') return DEFAULT_ENVIRONMENT;
  const name = basename(file);
  return OVERLAY.exec(name)?.[1] ?? name.replace(/\.ya?ml$/, '');
}

const SHOWN = 5;

function explainUnused(files: readonly string[], reason: string): string {
  const shown = files.length > SHOWN ? [...files.slice(0, SHOWN), `${files.length - SHOWN} more`] : files;
  const [are, named, them, theyAre] =
    files.length === 1
      ? ['is', 'its name is that of an environment', 'it', 'it is one']
      : ['are', 'their names are those of environments', 'them', 'they are'];
  return (
    `${enumerate(shown)} ${are} not used: ${named}, but ${reason}. ` +
    `List ${them} in environments of chartlint.yaml if ${theyAre}.`
  );
}
