import { Bundle } from '../bundle/bundle.ts';
import { modelKindTest } from '../bundle/model-kinds.ts';
import { readResources, type Resource } from '../bundle/resource.ts';
import { loadStructures, type Structures } from '../kube/structure.ts';
import { applyIgnores } from '../policy/ignore.ts';
import { IGNORES_PRINCIPLE } from '../policy/ignores-principle.ts';
import type { Ignore, Policy } from '../policy/policy.ts';
import { matchesGlob } from '../text/glob.ts';
import type { Document } from '../yaml/document.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { checkBundle, type CheckedBundle, type RuleCrash } from './check.ts';
import { groupResources } from './group.ts';
import type { LoadedInputs } from './inputs.ts';
import type { Finding, LintedSource, PrincipleResult, Result, RunError } from './result.ts';
import { settleFindings } from './settle.ts';

export interface LintRequest {
  readonly loaded: LoadedInputs;
  readonly policy: Policy;
  /** The namespace of objects that name none, when it is known. */
  readonly namespace: string | undefined;
  /** Whether checks were deselected: what is not checked says nothing about ignores. */
  readonly isPartial: boolean;
  /** Accept inputs in which there is nothing to lint. */
  readonly allowEmpty: boolean;
  /** The day of the run, as YYYY-MM-DD, against which ignores expire. */
  readonly today: string;
}

/** The pseudo-principle of findings about the policy's own ignores. */
const IGNORES = { id: IGNORES_PRINCIPLE, title: 'Every ignore is needed and in date' };

/** One run over manifests, from their texts to a settled result. */
export async function lint({ loaded, policy, namespace, isPartial, allowEmpty, today }: LintRequest): Promise<Result> {
  const read = readInputs(loaded, policy, allowEmpty);
  const errors = [...loaded.errors, ...read.errors];
  const structures = await structuresFor(read.resources, policy);
  const checked = groupResources(read.resources).map((resources) => {
    return checkBundle(new Bundle(resources, { ...policy, namespace }), policy, structures);
  });
  errors.push(...crashErrors(checked.flatMap(({ crashes }) => crashes)));
  const settled = settleFindings(
    checked.flatMap((bundle) => bundle.findings),
    policy,
  );
  const { findings, expired, unused } = applyIgnores(settled, policy.ignores, today);
  // Of a run that is not whole nobody can tell what an ignore was for.
  const unneeded = errors.length > 0 || isPartial ? [] : unused.filter((ignore) => isInInput(ignore, read.resources));
  const all = [...findings, ...expired.map(expiredFinding), ...unneeded.map(unusedFinding)];
  return {
    policy: { name: policy.name, file: policy.file },
    environments: [],
    summary: {
      ...countFindings(all),
      resources: read.resourceCount,
      files: loaded.inputs.reduce((sum, { sources }) => sum + sources.length, 0),
    },
    principles: principleResults(policy, checked, all),
    findings: all,
    errors,
    sources: read.sources,
  };
}

interface ReadInputs {
  /** Those that the bundle or a rule looks at. */
  readonly resources: readonly Resource[];
  readonly resourceCount: number;
  readonly errors: readonly RunError[];
  readonly sources: ReadonlyMap<string, LintedSource>;
}

function readInputs({ inputs, errors: inputErrors }: LoadedInputs, policy: Policy, allowEmpty: boolean): ReadInputs {
  const isLookedAt = lookTest(policy);
  const secretKeys = policy.principles.flatMap(({ checks }) =>
    checks.flatMap(({ rule, options }) => rule.secretKeys?.(options as never) ?? []),
  );
  const resources: Resource[] = [];
  const errors: RunError[] = [];
  const sources = new Map<string, LintedSource>();
  let resourceCount = 0;
  for (const { name, sources: texts } of inputs) {
    let isEmpty = texts.length > 0;
    for (const source of texts) {
      const documents: Document[] = [];
      for (const { document, fault } of parseDocuments(source)) {
        if (fault !== undefined) {
          isEmpty = false;
          errors.push({ kind: 'syntax', message: fault.message, location: source.locate(fault) });
          continue;
        }
        const read = readResources(document);
        for (const { message, ...range } of read.faults) {
          errors.push({ kind: 'input', message, location: source.locate(range) });
        }
        if (read.resources.length + read.faults.length > 0) isEmpty = false;
        resourceCount += read.resources.length;
        const kept = read.resources.filter(({ group, kind }) => isLookedAt(group, kind));
        if (kept.length > 0) documents.push(document);
        for (const resource of kept) resources.push(resource);
      }
      sources.set(source.file, { source, documents, secretKeys });
    }
    if (isEmpty && !allowEmpty) errors.push(nothingToLint(name === '-' ? (texts[0]?.file ?? name) : name));
  }
  if (inputs.length === 0 && inputErrors.length === 0 && !allowEmpty) errors.push(nothingToLint('.'));
  return { resources, resourceCount, errors, sources };
}

function nothingToLint(file: string): RunError {
  return {
    kind: 'input',
    message: 'There is nothing to lint here: no Kubernetes object was found. Use --allow-empty if that is right.',
    location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

/** Documents of kinds that no rule looks at are checked for syntax and then let go. */
function lookTest(policy: Policy): (group: string, kind: string) => boolean {
  const isModelKind = modelKindTest(policy.podKinds);
  const resourceRules = policy.principles
    .flatMap(({ checks }) => checks)
    .filter(({ rule }) => rule.scope === 'resource' || rule.selects === 'resource')
    .map(({ rule }) => rule);
  return (group, kind) =>
    isModelKind(group, kind) ||
    resourceRules.some(({ appliesTo }) => appliesTo === undefined || appliesTo(group, kind));
}

async function structuresFor(resources: readonly Resource[], policy: Policy): Promise<Structures | undefined> {
  const isNeeded = policy.principles.some(({ checks }) => checks.some(({ rule }) => rule.needsStructures === true));
  return isNeeded && resources.length > 0 ? loadStructures(resources) : undefined;
}

/** A rule that throws for one subject mostly throws for all: it is reported once, with the first place. */
function crashErrors(crashes: readonly RuleCrash[]): RunError[] {
  const first = new Map<string, RuleCrash>();
  for (const crash of crashes) if (!first.has(crash.ruleId)) first.set(crash.ruleId, crash);
  return [...first.values()].map(({ ruleId, error, cursor }) => ({
    kind: 'rule',
    message: `Rule ${ruleId} crashed: ${error instanceof Error ? error.message : String(error)}. This is a bug in the rule; --skip ${ruleId} goes on without it.`,
    location: cursor?.document.source.locate(cursor.range),
  }));
}

function countFindings(
  findings: readonly Finding[],
): Pick<Result['summary'], 'errors' | 'warnings' | 'infos' | 'suppressed'> {
  const counts = { errors: 0, warnings: 0, infos: 0, suppressed: 0 };
  for (const { severity, suppressed } of findings)
    counts[suppressed === undefined ? (`${severity}s` as const) : 'suppressed']++;
  return counts;
}

function principleResults(
  policy: Policy,
  checked: readonly CheckedBundle[],
  findings: readonly Finding[],
): PrincipleResult[] {
  const counts = new Map<string, number>();
  for (const { principle, suppressed } of findings) {
    if (suppressed === undefined) counts.set(principle, (counts.get(principle) ?? 0) + 1);
  }
  const results = policy.principles.map(({ id, clause, title }): PrincipleResult => {
    const count = counts.get(id) ?? 0;
    const isApplicable = checked.some(({ applied }) => applied.has(id));
    return {
      id,
      clause,
      title,
      status: count > 0 ? 'failed' : isApplicable ? 'passed' : 'not-applicable',
      findings: count,
    };
  });
  const count = counts.get(IGNORES.id);
  if (count !== undefined) results.push({ ...IGNORES, clause: undefined, status: 'failed', findings: count });
  return results;
}

/** A run over part of the manifests says nothing about an ignore for the rest. */
function isInInput({ resource }: Ignore, resources: readonly Resource[]): boolean {
  return resource === undefined || resources.some(({ kind, name }) => matchesGlob(`${kind}/${name}`, resource));
}

function expiredFinding(ignore: Ignore): Finding {
  return ignoreFinding(
    ignore,
    'expired',
    `This ignore expired on ${ignore.until}: ${ignore.reason}`,
    'Mend what it was for, or agree on a new date.',
  );
}

function unusedFinding(ignore: Ignore): Finding {
  return ignoreFinding(ignore, 'unused', 'This ignore matches no finding.', 'Remove it.');
}

function ignoreFinding(
  { place, principle, resource }: Ignore,
  messageId: string,
  message: string,
  help: string,
): Finding {
  return {
    principle: IGNORES.id,
    clause: undefined,
    rule: IGNORES.id,
    messageId,
    message,
    help,
    severity: 'warning',
    environments: [],
    resource: undefined,
    path: [],
    location: place,
    rendered: place,
    template: undefined,
    values: [],
    related: [],
    fingerprint: [IGNORES.id, messageId, principle, resource].join(':'),
    suppressed: undefined,
  };
}
