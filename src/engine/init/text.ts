import { isCollection, isSeq } from 'yaml';
import {
  commentOn,
  joinInside,
  joinValue,
  makeYaml,
  pairOf,
  printYaml,
  type YamlValue,
} from '../../policy/write-yaml.ts';
import type { ObservedChart } from './observe.ts';
import type { Proposal, ProposedCheck } from './proposal.ts';

/** Where something does not hold today. */
export interface Breach {
  readonly count: number;
  /** The first place, as `file:line`. */
  readonly first: string;
}

/** All that goes into a first policy. */
export interface Draft {
  readonly chart: ObservedChart;
  readonly externals: readonly YamlValue[];
  readonly proposals: readonly Proposal[];
  /** Proposals that do not hold, by id. */
  readonly leftOut: ReadonlyMap<string, Breach>;
  /** Where findings of the parent's principles are accepted, if there are any. */
  readonly baseline: string | undefined;
  /** Whether the parent names the release. */
  readonly hasRelease: boolean;
  /** The parent. */
  readonly parent: string;
  /** The day, as YYYY-MM-DD. */
  readonly today: string;
}

/** Writes a policy with comments. */
export function writePolicy(draft: Draft): string {
  const { chart, hasRelease, externals, proposals, leftOut, baseline, parent, today } = draft;
  const holding = proposals.filter(({ id }) => !leftOut.has(id));
  const document = makeYaml({
    version: 1,
    name: chart.name,
    extends: [parent],
    ...(baseline !== undefined && { baseline }),
    ...(!hasRelease && { release: { name: chart.name } }),
    ...(!chart.areInherited && {
      environments: new Map(
        chart.environments.map(({ name, values }) => [name, values.length > 0 ? { values } : {}] as const),
      ),
    }),
    ...(externals.length > 0 && { externals }),
    // Objects put keys that are numbers first.
    principles: new Map<string, object>([...holding.map((proposal) => [proposal.id, toPrinciple(proposal)] as const)]),
  });
  const root = document.contents;
  commentOn(pairOf(root, 'version'), [
    `What holds for this chart, as found by chartlint init on ${today}. Each principle is one statement of your design:`,
    'reword it, add the clause that it comes from, and delete what is not part of your design.',
    'chartlint explain RULE describes a rule and its options.',
  ]);
  commentOn(pairOf(root, 'extends'), [
    parent === 'recommended'
      ? 'What breaks a release or leaks a secret, in any chart. chartlint policy prints it in full.'
      : 'All that it demands still holds for this chart. chartlint policy prints it in full.',
  ]);
  joinValue(pairOf(root, 'extends'), 0);
  if (baseline !== undefined) {
    commentOn(pairOf(root, 'baseline'), [
      'What does not hold today: accepted findings. Fix them, and run chartlint baseline --prune.',
    ]);
  }
  if (!hasRelease) {
    commentOn(pairOf(root, 'release'), ['The release name that templates see.']);
    joinValue(pairOf(root, 'release'), 0);
  }
  if (!chart.areInherited) arrangeEnvironments(root, chart);
  if (externals.length > 0) arrangeExternals(root);
  const principles = pairOf(root, 'principles');
  commentOn(principles, [], { space: true });
  arrangePrinciples(principles.value, draft);
  const left = leftOutLines(draft).join('\n');
  // A comment in an empty mapping would part it from its key.
  if (holding.length === 0) document.comment = left;
  else if (left !== '' && isCollection(principles.value)) principles.value.comment = `\n${left}`;
  return printYaml(document);
}

function arrangeEnvironments(root: unknown, chart: ObservedChart): void {
  const environments = pairOf(root, 'environments');
  joinInside(environments.value, 2);
  if (!hasOverlay(chart)) {
    commentOn(environments, ['The chart has no overlay. One rendering, with its own values:'], { space: true });
    return;
  }
  commentOn(
    environments,
    [
      'One rendering for each overlay; default is values.yaml alone. Add what an environment needs:',
      'namespace: NAME, set: [KEY=VALUE].',
    ],
    { space: true },
  );
  const failures = chart.failed.flatMap(({ name, values }) => {
    const left = makeYaml({ [name]: { values } });
    joinInside(left.contents, 2);
    return [' Left out because it does not render:', ...commented(printYaml(left))];
  });
  if (failures.length > 0 && isCollection(environments.value)) environments.value.comment = failures.join('\n');
}

function hasOverlay({ environments }: ObservedChart): boolean {
  return environments.length !== 1 || environments[0]?.values.length !== 0;
}

function arrangeExternals(root: unknown): void {
  const externals = pairOf(root, 'externals');
  joinInside(externals.value, 2);
  commentOn(
    externals,
    ['What containers read but the chart does not contain. Complete the keys where you know them.'],
    {
      space: true,
    },
  );
}

function arrangePrinciples(principles: unknown, { proposals, leftOut }: Draft): void {
  let space = false;
  for (const { id } of proposals) {
    if (leftOut.has(id)) continue;
    const principle = pairOf(principles, id);
    joinChecks(principle.value);
    commentOn(principle, [], { space });
    space = true;
  }
}

/** What is left out, as lines of comment. */
function leftOutLines({ proposals, leftOut }: Draft): string[] {
  return proposals.flatMap((proposal) => {
    const breach = leftOut.get(proposal.id);
    if (breach === undefined) return [];
    const left = makeYaml({ [proposal.id]: toPrinciple(proposal) });
    joinChecks(pairOf(left.contents, proposal.id).value);
    return [
      ...(proposal === proposals.find(({ id }) => leftOut.has(id)) ? [] : ['']),
      ` Left out because it does not hold today ${placesOf(breach)}:`,
      ...commented(printYaml(left)),
    ];
  });
}

/** The match and the options of each check in one line, if they fit. */
function joinChecks(principle: unknown): void {
  const checks = pairOf(principle, 'checks').value;
  if (isSeq(checks)) for (const check of checks.items) joinInside(check, 8);
}

function toPrinciple({ title, severity, checks }: Proposal): { readonly [key: string]: YamlValue } {
  return { title, ...(severity !== undefined && { severity }), checks: checks.map(toCheck) };
}

function toCheck({ rule, match, with: options }: ProposedCheck): { readonly [key: string]: YamlValue } {
  return { rule, ...(match !== undefined && { match }), ...(options !== undefined && { with: options }) };
}

function commented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => ` ${line}`);
}

function placesOf({ count, first }: Breach): string {
  return count === 1 ? `(1 finding: ${oneLine(first)})` : `(${count} findings, the first: ${oneLine(first)})`;
}

/** A name of a file must not end a comment. */
function oneLine(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
