import { isAbsolute, posix } from 'node:path';
import type { External } from '../bundle/provider.ts';
import type { PodKind } from '../kube/pod-kinds.ts';
import { nearMiss } from '../text/near-miss.ts';
import type { LoadedRules } from '../rule/registry.ts';
import type { Severity } from '../rule/rule.ts';
import type { Cursor } from '../yaml/cursor.ts';
import { mergePolicies, type PolicyDraft, type PrincipleDraft } from './merge-policies.ts';
import { errorAt, locationOf, type PolicyError } from './policy-error.ts';
import type { Check, Ignore, Match, MatchLists, Policy, PolicyEnvironment, Principle, SchemaSource } from './policy.ts';
import { readOptions } from './validate.ts';
import { didYouMean } from './words.ts';

/** What a policy has in addition to the contents of its files. */
export type PolicyIdentity = Pick<Policy, 'name' | 'file' | 'parts'> & { readonly within?: string | undefined };

/**
 * Makes the effective policy out of its files, each of which was validated on its own.
 * @param roots the files' roots, what is built on first
 * @param rules those that the files name, as far as there are such
 */
export function resolvePolicy(
  roots: readonly Cursor[],
  rules: LoadedRules,
  { name, file, parts, within }: PolicyIdentity,
): { policy: Policy; errors: PolicyError[] } {
  const draft = mergePolicies(roots);
  const errors = [...draft.errors, ...findUnknownPrinciples(draft)];
  const principles: Principle[] = [];
  const disabled: Principle[] = [];
  for (const [id, written] of draft.principles) {
    errors.push(...findGaps(id, written, draft));
    const principle = readPrinciple(id, written, rules, errors);
    const isOff = written.fields.get('severity')?.string === 'off';
    if (isOff) disabled.push(principle);
    // Nothing is left to check.
    else if (principle.checks.length === 0 && principle.removed !== undefined) {
      const { removed, ...rest } = principle;
      disabled.push({ ...rest, severity: undefined, checks: removed });
    } else principles.push(principle);
  }
  const policy: Policy = {
    name,
    file,
    ...(parts !== undefined && { parts }),
    ...(within !== undefined && { reach: { within, places: placesOf(draft) } }),
    release: {
      name: draft.release.get('name')?.string,
      namespace: draft.release.get('namespace')?.string,
      kubeVersion: draft.release.get('kubeVersion')?.string,
    },
    ...readBaseline(draft.baseline),
    environments: [...draft.environments].map(([environment, fields]) => readEnvironment(environment, fields)),
    externals: draft.externals.map(readExternal),
    schemas: draft.schemas.map(readSchemaSource),
    unknownKinds: draft.unknownKinds?.string === 'error' ? 'error' : 'allow',
    podKinds: draft.workloads.map(readPodKind),
    principles,
    disabled,
    ignores: draft.ignores.map(readIgnore),
  };
  return { policy, errors };
}

/** A principle that no parent has completed, most often because its id is misspelt. */
function* findGaps(id: string, { place, fields }: PrincipleDraft, { principles }: PolicyDraft): Generator<PolicyError> {
  // A misspelt key is an error of its own.
  const written = place.entries().map(([key]) => key);
  const gaps = gapsOf(fields).filter((gap) => !written.some((key) => nearMiss(key, [gap]) !== undefined));
  if (!place.isMapping || gaps.length === 0) return;
  const complete = [...principles].filter(([, other]) => gapsOf(other.fields).length === 0);
  const hint =
    didYouMean(
      id,
      complete.map(([other]) => other),
    ) || ` Add ${gaps.map((gap) => `"${gap}"`).join(' and ')}.`;
  yield errorAt(place, `Principle "${id}" has no ${gaps.join(' and no ')}.${hint}`);
}

function gapsOf(fields: ReadonlyMap<string, Cursor>): string[] {
  return ['title', 'checks'].filter((field) => !fields.has(field));
}

function* findUnknownPrinciples({ ignores, principles }: PolicyDraft): Generator<PolicyError> {
  for (const ignore of ignores) {
    const principle = ignore.at('principle');
    if (principle.string === undefined || principles.has(principle.string)) continue;
    const hint = didYouMean(principle.string, principles.keys()) || ' "chartlint policy" lists the principles.';
    yield errorAt(principle, `Unknown principle "${principle.string}".${hint}`);
  }
}

function readPrinciple(
  id: string,
  { fields, checks: written }: PrincipleDraft,
  rules: LoadedRules,
  errors: PolicyError[],
): Principle {
  const checks: Check[] = [];
  const removed: Check[] = [];
  for (const check of written.values()) {
    const ruleId = check.rule.string ?? '';
    const registered = rules.get(ruleId);
    if (registered === undefined) continue;
    const { options, errors: wrong } = readOptions(check, ruleId, registered);
    errors.push(...wrong);
    const severity = readSeverity(check.severity);
    (check.severity?.string === 'off' ? removed : checks).push({
      ...(check.id !== undefined && check.id !== ruleId && { id: check.id }),
      ruleId,
      rule: registered.rule,
      ...(severity !== undefined && { severity }),
      match: readMatch(check.match),
      options,
    });
  }
  return {
    id,
    clause: fields.get('clause')?.text,
    title: fields.get('title')?.string?.trim() ?? '',
    rationale: fields.get('rationale')?.string?.trim(),
    severity: readSeverity(fields.get('severity')),
    checks,
    ...(removed.length > 0 && { removed }),
  };
}

/** The file is relative to the policy that names it. */
function readBaseline(baseline: Cursor | undefined): Pick<Policy, 'baseline'> {
  if (baseline?.string === undefined) return {};
  const place = locationOf(baseline);
  const { string: named } = baseline;
  const file = isAbsolute(named) ? named : posix.join(posix.dirname(place.file), named);
  return { baseline: { file, place } };
}

function readSeverity(place: Cursor | undefined): Severity | undefined {
  const severity = place?.string;
  return severity === 'error' || severity === 'warning' || severity === 'info' ? severity : undefined;
}

function readMatch(match: Cursor | undefined): Match {
  if (match === undefined) return {};
  const not = match.at('not');
  return { ...readLists(match), ...(not.exists && { not: readLists(not) }) };
}

function readLists(match: Cursor): MatchLists {
  const read: { -readonly [Key in keyof MatchLists]: MatchLists[Key] } = {};
  for (const list of ['kinds', 'names', 'namespaces', 'containers'] as const) {
    if (match.at(list).exists) read[list] = readStrings(match.at(list));
  }
  for (const map of ['labels', 'annotations'] as const) {
    if (match.at(map).exists) read[map] = readLabels(match.at(map));
  }
  return read;
}

function readLabels(labels: Cursor): Record<string, string> {
  return Object.fromEntries(labels.entries().map(([label, glob]) => [label, glob.string ?? '']));
}

function readEnvironment(name: string, fields: ReadonlyMap<string, Cursor>): PolicyEnvironment {
  const values = fields.get('values');
  const set = fields.get('set');
  const namespace = fields.get('namespace')?.string;
  const kubeVersion = fields.get('kubeVersion')?.string;
  const optional = fields.get('optional')?.node;
  return {
    name,
    values: values === undefined ? [] : readStrings(values),
    ...(set !== undefined && { set: readStrings(set) }),
    ...(namespace !== undefined && { namespace }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(optional?.kind === 'scalar' && optional.value === true && { optional: true }),
  };
}

/** Where the values files of environments are named. */
function placesOf({ environments }: PolicyDraft): Map<string, ReturnType<typeof locationOf>> {
  const files = [...environments.values()].flatMap((fields) => fields.get('values')?.items() ?? []);
  return new Map(files.map((file) => [file.string ?? '', locationOf(file)]));
}

function readExternal(external: Cursor): External {
  const namespace = external.at('namespace').string;
  const keys = external.at('keys');
  return {
    kind: external.at('kind').string ?? '',
    name: external.at('name').string ?? '',
    ...(namespace !== undefined && { namespace }),
    ...(keys.exists && { keys: readStrings(keys) }),
  };
}

/** A path, or a glob, that is relative to the policy file; from now on to the working directory. */
function readSchemaSource(schema: Cursor): SchemaSource {
  const place = locationOf(schema);
  const written = (schema.string ?? '').replaceAll('\\', '/');
  return { path: isAbsolute(written) ? written : posix.join(posix.dirname(place.file), written), place };
}

function readPodKind(workload: Cursor): PodKind {
  return {
    group: workload.at('group').string ?? '',
    kind: workload.at('kind').string ?? '',
    template: readStrings(workload.at('template')),
  };
}

function readIgnore(ignore: Cursor): Ignore {
  const path = ignore.at('path');
  return {
    principle: ignore.at('principle').string,
    rule: ignore.at('rule').string,
    resource: ignore.at('resource').string,
    path: path.exists ? path.items().map((element) => element.number ?? element.string ?? '') : undefined,
    reason: ignore.at('reason').string?.trim() ?? '',
    until: ignore.at('until').string,
    place: locationOf(ignore),
  };
}

function readStrings(list: Cursor): string[] {
  return list.items().flatMap(({ string }) => string ?? []);
}
