import { quoteJson } from '../codec/json-text.ts';
import { nodeCrypto } from '../go/node-crypto.ts';
import { compareBytes } from '../value/bytes.ts';
import { GoList, GoMap, Int, type Value } from '../value/value.ts';
import type { Chart } from './chart.ts';
import { DependencyError } from './dependency-error.ts';
import { listDependencies } from './list-dependencies.ts';
import { readLock, type Dependency, type Lock } from './metadata.ts';

/** Whether a repository is a name in Helm's repositories.yaml. */
export function isAlias(repository: string): boolean {
  return repository.startsWith('@') || repository.startsWith('alias:');
}

/**
 * What Chart.lock (or requirements.lock) says of each dependency, in their order; undefined without such a file.
 * @param urlOf the address of an alias, where it is known; by default the one that was written down
 * @throws DependencyError when the dependencies have changed since it was written, as `helm dependency build` does
 */
export function lockedDependencies(
  chart: Chart,
  urlOf?: (alias: string) => string | undefined,
): readonly Dependency[] | undefined {
  const file = chart.all.find(({ name }) => name === 'Chart.lock' || name === 'requirements.lock');
  if (file === undefined) return undefined;
  const lock = readLock(file);
  if (fits(chart, lock, urlOf)) return lock.dependencies.flatMap((dependency) => dependency ?? []);
  const start = Math.max(0, file.source.text.search(/^digest:/m));
  throw new DependencyError(
    `${file.name} does not fit the dependencies of the chart, which have changed since it was written.`,
    'Run helm dependency update, and commit the new file.',
    file.source.locate({ start, end: start + 'digest'.length }),
  );
}

/** Helm's `HashReq` and, for charts of apiVersion v1, that of Helm 2. */
function fits(
  chart: Chart,
  { digest, dependencies }: Lock,
  urlOf: ((alias: string) => string | undefined) | undefined,
): boolean {
  const required = listDependencies(chart);
  const locked = dependencies.flatMap((dependency) => dependency ?? []);
  const named = required.map((dependency, index) => {
    const { repository } = dependency;
    if (!isAlias(repository)) return dependency;
    return { ...dependency, repository: urlOf?.(repository) ?? locked[index]?.repository ?? repository };
  });
  if (hash(`[${printAll(named)},${printAll(locked)}]`) === digest) return true;
  return chart.metadata.apiVersion === 'v1' && hash(`{"dependencies":${printAll(required)}}`) === digest;
}

function hash(text: string): string {
  return `sha256:${nodeCrypto().createHash('sha256').update(text).digest('hex')}`;
}

function printAll(dependencies: readonly Dependency[]): string {
  return `[${dependencies.map(print).join(',')}]`;
}

/** As Go's encoding/json prints the struct. */
function print({ name, version, repository, condition, tags, enabled, importValues, alias }: Dependency): string {
  const fields = [
    `"name":${quoteJson(name)}`,
    version === '' ? '' : `"version":${quoteJson(version)}`,
    `"repository":${quoteJson(repository)}`,
    condition === '' ? '' : `"condition":${quoteJson(condition)}`,
    tags.length === 0 ? '' : `"tags":[${tags.map((tag) => quoteJson(tag)).join(',')}]`,
    enabled ? '"enabled":true' : '',
    importValues.length === 0 ? '' : `"import-values":[${importValues.map(printValue).join(',')}]`,
    alias === '' ? '' : `"alias":${quoteJson(alias)}`,
  ];
  return `{${fields.filter((field) => field !== '').join(',')}}`;
}

function printValue(value: Value): string {
  if (value instanceof GoMap) {
    const keys = [...value.keys()].sort(compareBytes);
    return `{${keys.map((key) => `${quoteJson(key)}:${printValue(value.get(key))}`).join(',')}}`;
  }
  if (value instanceof GoList) return `[${value.items.map(printValue).join(',')}]`;
  if (value instanceof Int) return String(value.value);
  return typeof value === 'string' ? quoteJson(value) : String(value ?? null);
}
