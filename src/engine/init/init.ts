import { readFile } from '../../files/read-file.ts';
import { redactText } from '../../kube/redact.ts';
import type { Rules } from '../../rule/rule.ts';
import { observeChart } from './observe.ts';
import { proposePods } from './pods.ts';
import { splitByRule, type Proposal } from './proposal.ts';
import { findExternals, proposeSettings } from './settings.ts';
import { writePolicy, type Breach, type Draft } from './text.ts';
import type { Finding, Result } from '../result.ts';
import { run } from '../run/run.ts';
import { UserError } from '../user-error.ts';

export interface InitRequest {
  /** The folder of a chart, absolute. */
  readonly chart: string;
  /** Where the policy will be, absolute. */
  readonly file: string;
  readonly rules: Rules;
  readonly now: Date;
}

export interface FirstPolicy {
  readonly text: string;
  readonly environments: number;
  /** Principles of its own that hold. */
  readonly holding: number;
  /** Principles that do not hold today. */
  readonly broken: number;
}

const PARENT = 'recommended';
/** The first round finds all that is broken; what is left out then may show an ignore that is not needed. */
const ROUNDS = 4;

/**
 * Writes a policy that a chart passes today, and that says what holds for it.
 * @throws UserError when the chart does not render, or fails whatever the policy says
 */
export async function draftPolicy({ chart, file, rules, now }: InitRequest): Promise<FirstPolicy> {
  const observed = observeChart(chart, chart, now);
  let draft: Draft = {
    chart: observed,
    externals: findExternals(observed),
    proposals: [...proposeSettings(observed), ...proposePods(observed), ...OF_CHARTS].flatMap(splitByRule),
    leftOut: new Map(),
    switchedOff: new Map(),
    parent: PARENT,
    today: now.toISOString().slice(0, 10),
  };
  for (let round = 0; round < ROUNDS; round++) {
    const text = writePolicy(draft);
    const result = await lintWith(text);
    const next = amend(draft, result);
    if (next === undefined) {
      const broken = draft.leftOut.size + draft.switchedOff.size;
      const holding = draft.proposals.length - draft.leftOut.size;
      return { text, environments: observed.environments.length, holding, broken };
    }
    draft = next;
  }
  throw new UserError('No policy was found that the chart passes. First fix what chartlint reports for it.');

  async function lintWith(text: string): Promise<Result> {
    return run({
      inputs: [chart],
      config: file,
      readPolicyFile: (path) => (path === file ? text : readFile(path).toString('utf8')),
      workingDirectory: chart,
      stdinFilename: '<stdin>',
      readStdin: async () => new Uint8Array(),
      allowEmpty: false,
      now,
      rules,
    });
  }
}

/** Leaves out what does not hold and what nothing is about; undefined when all that is left holds. */
function amend(draft: Draft, { errors, findings, principles }: Result): Draft | undefined {
  const [error] = errors;
  if (error !== undefined) {
    const place = error.location === undefined ? '' : `${error.location.file}:${error.location.line}: `;
    throw new UserError(`The chart cannot be linted. Fix this first: ${place}${redactText(error.message)}`);
  }
  const leftOut = new Map(draft.leftOut);
  const switchedOff = new Map(draft.switchedOff);
  const status = new Map(principles.map((principle) => [principle.id, principle.status]));
  const isAbout = ({ id }: Proposal): boolean => draft.leftOut.has(id) || status.get(id) !== 'not-applicable';
  const proposals = draft.proposals.filter(isAbout);
  for (const [id, breach] of breachesOf(findings)) {
    if (proposals.some((proposal) => proposal.id === id)) leftOut.set(id, breach);
    else if (!status.has(id) || breach.severity !== 'error') continue;
    else switchedOff.set(id, breach);
  }
  const isSame =
    leftOut.size === draft.leftOut.size &&
    switchedOff.size === draft.switchedOff.size &&
    proposals.length === draft.proposals.length;
  return isSame ? undefined : { ...draft, proposals, leftOut, switchedOff };
}

/** What counts, by principle, with the place of the first finding and the greatest severity. */
function breachesOf(findings: readonly Finding[]): Map<string, Breach & Pick<Finding, 'severity'>> {
  const breaches = new Map<string, Breach & Pick<Finding, 'severity'>>();
  for (const { principle, severity, location, suppressed } of findings) {
    if (suppressed !== undefined) continue;
    const known = breaches.get(principle);
    breaches.set(principle, {
      count: (known?.count ?? 0) + 1,
      first: known?.first ?? `${location.file}:${location.line}`,
      severity: known?.severity === 'error' ? 'error' : severity,
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
