import { readFile } from '../../files/read-file.ts';
import { redactText } from '../../kube/redact.ts';
import { IGNORES_PRINCIPLE } from '../../policy/ignores-principle.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Rules } from '../../rule/rule.ts';
import type { Finding, Result } from '../result.ts';
import { run } from '../run/run.ts';
import { UserError } from '../user-error.ts';
import { observeChart, type ObservedChart } from './observe.ts';
import { proposePods } from './pods.ts';
import { splitByRule, type Proposal } from './proposal.ts';
import { findExternals, proposeSettings } from './settings.ts';
import { writePolicy, type Breach, type Draft } from './text.ts';

export interface InitRequest {
  /** The folder of a chart, absolute. */
  readonly chart: string;
  /** Where the policy will be, absolute. */
  readonly file: string;
  /** The policy that it extends. */
  readonly parent: {
    /** As the new policy names it. */
    readonly name: string;
    readonly policy: Policy;
  };
  /** Where what does not hold is accepted: absolute, and as the new policy names it, unless the parent does already. */
  readonly baseline: {
    readonly file: string;
    readonly name: string | undefined;
    /** Whether what is in it is accepted already. */
    readonly isInForce: boolean;
  };
  /** Where the parent may read; undefined: everywhere. */
  readonly within: string | undefined;
  /** Policies that are not written yet, by their absolute paths. */
  readonly unwritten: ReadonlyMap<string, string>;
  readonly rules: Rules;
  readonly now: Date;
  /** Folders outside of the repository that `file://` dependencies may be in; absolute. */
  readonly depsFrom: readonly string[];
}

export interface FirstPolicy {
  readonly text: string;
  readonly environments: number;
  /** Names of environments that do not render. */
  readonly failed: readonly string[];
  /** Principles of its own that hold. */
  readonly holding: number;
  /** Principles of its own that do not hold today. */
  readonly broken: number;
  /** What the parent's principles find today, to be accepted; files are relative to the chart. */
  readonly accepted: readonly Finding[];
}

/** The first round finds all that is broken; what is left out then may show an ignore that is not needed. */
const ROUNDS = 4;

/**
 * Writes a policy that says what holds for a chart. What its parent demands stays on, and is to be accepted where it does
 * not hold.
 * @throws UserError when the chart does not render
 */
export async function draftPolicy(request: InitRequest): Promise<FirstPolicy> {
  const { chart, file, parent, within, baseline, unwritten, rules, now, depsFrom } = request;
  const observed = observeChart(chart, { workingDirectory: chart, now, parent: parent.policy, depsFrom });
  const inherited = new Set([...parent.policy.principles, ...parent.policy.disabled].map(({ id }) => id));
  let draft: Draft = {
    chart: observed,
    hasRelease: parent.policy.release.name !== undefined,
    externals: findExternals(observed).filter((external) => !tellsSecret(external, observed)),
    // Merged over a principle of the parent, one could weaken it.
    proposals: [...proposeSettings(observed), ...proposePods(observed), ...OF_CHARTS]
      .flatMap(splitByRule)
      .filter((proposal) => !tellsSecret(proposal, observed))
      .filter(({ id }) => !inherited.has(id)),
    leftOut: new Map(),
    baseline: undefined,
    parent: parent.name,
    today: now.toISOString().slice(0, 10),
  };
  for (let round = 0; round < ROUNDS; round++) {
    const result = await lintWith(writePolicy(draft));
    const next = amend(draft, result);
    if (next === undefined) {
      const accepted = result.findings.filter(({ principle, suppressed }) => {
        return suppressed === undefined && principle !== IGNORES_PRINCIPLE;
      });
      return {
        text: writePolicy(accepted.length > 0 ? { ...draft, baseline: baseline.name } : draft),
        environments: observed.environments.length,
        failed: observed.failed.map(({ name }) => name),
        holding: draft.proposals.length - draft.leftOut.size,
        broken: draft.leftOut.size,
        accepted,
      };
    }
    draft = next;
  }
  throw new UserError('No policy was found that the chart passes. First fix what chartlint reports for it.');

  async function lintWith(text: string): Promise<Result> {
    return run({
      inputs: [chart],
      config: file,
      within,
      readPolicyFile: (path) => (path === file ? text : (unwritten.get(path) ?? readFile(path).toString('utf8'))),
      workingDirectory: chart,
      stdinFilename: '<stdin>',
      readStdin: async () => new Uint8Array(),
      allowEmpty: false,
      now,
      rules,
      depsFrom,
      ...(baseline.isInForce ? {} : { baseline: baseline.file, isForBaseline: true }),
    });
  }
}

/** Whether something in a policy came from a secret of the values: then it is not written there. */
function tellsSecret(part: unknown, chart: ObservedChart): boolean {
  if (typeof part === 'string') return chart.environments.some(({ mask }) => mask(part) !== part);
  if (typeof part !== 'object' || part === null) return false;
  return Object.entries(part).some(([key, value]) => tellsSecret(key, chart) || tellsSecret(value, chart));
}

/** Leaves out what does not hold and what nothing is about; undefined when all that is left holds. */
function amend(draft: Draft, { errors, findings, principles }: Result): Draft | undefined {
  const [error] = errors;
  if (error !== undefined) {
    const place = error.location === undefined ? '' : `${error.location.file}:${error.location.line}: `;
    throw new UserError(`The chart cannot be linted. Fix this first: ${place}${redactText(error.message)}`);
  }
  const leftOut = new Map(draft.leftOut);
  const status = new Map(principles.map((principle) => [principle.id, principle.status]));
  const isAbout = ({ id }: Proposal): boolean => draft.leftOut.has(id) || status.get(id) !== 'not-applicable';
  const proposals = draft.proposals.filter(isAbout);
  for (const [id, breach] of breachesOf(findings)) {
    if (proposals.some((proposal) => proposal.id === id)) leftOut.set(id, breach);
  }
  const isSame = leftOut.size === draft.leftOut.size && proposals.length === draft.proposals.length;
  return isSame ? undefined : { ...draft, proposals, leftOut };
}

/** What counts, by principle, with the place of the first finding. */
function breachesOf(findings: readonly Finding[]): Map<string, Breach> {
  const breaches = new Map<string, Breach>();
  for (const { principle, location, suppressed } of findings) {
    if (suppressed !== undefined) continue;
    const known = breaches.get(principle);
    breaches.set(principle, {
      count: (known?.count ?? 0) + 1,
      first: known?.first ?? `${location.file}:${location.line}`,
    });
  }
  return breaches;
}

/** What needs nothing to be seen first. */
const OF_CHARTS: readonly Proposal[] = [
  {
    id: 'overlay-keys',
    title: 'Overlays override what values.yaml declares',
    checks: [{ rule: 'values-overlay-keys' }],
  },
  {
    id: 'environment-parity',
    title: 'Every environment has the same settings',
    checks: [{ rule: 'environment-parity' }],
  },
  { id: 'values-used', title: 'Every value is read', severity: 'warning', checks: [{ rule: 'values-unused' }] },
];
