import type { ObservedChart } from './observe.ts';
import type { Proposal } from './proposal.ts';
import { entry, inFlow, listItem, type PolicyNode } from './yaml.ts';

/** Where something does not hold today. */
export interface Breach {
  readonly count: number;
  /** The first place, as `file:line`. */
  readonly first: string;
}

/** All that goes into a first policy. */
export interface Draft {
  readonly chart: ObservedChart;
  readonly externals: readonly PolicyNode[];
  readonly proposals: readonly Proposal[];
  /** Proposals that do not hold, by id. */
  readonly leftOut: ReadonlyMap<string, Breach>;
  /** Principles of the parent that do not hold, by id. */
  readonly switchedOff: ReadonlyMap<string, Breach>;
  /** The parent. */
  readonly parent: string;
  /** The day, as YYYY-MM-DD. */
  readonly today: string;
}

/** Writes a policy with comments. */
export function writePolicy({ chart, externals, proposals, leftOut, switchedOff, parent, today }: Draft): string {
  const holding = proposals.filter(({ id }) => !leftOut.has(id));
  const principles = [
    ...[...switchedOff].flatMap(([id, breach]) => [
      `  # From ${parent}; it does not hold today ${placesOf(breach)}.`,
      '  # Fix that and remove these lines, or accept the findings with chartlint baseline.',
      ...entry(id, { severity: 'off' }, 2),
      '',
    ]),
    ...holding.flatMap((proposal) => [...principleLines(proposal), '']),
    ...proposals.flatMap((proposal) => {
      const breach = leftOut.get(proposal.id);
      if (breach === undefined) return [];
      const lines = principleLines(proposal).map((line) => line.replace(/^ {2}/, '  # '));
      return [`  # Left out because it does not hold today ${placesOf(breach)}:`, ...lines, ''];
    }),
  ];
  return `${[
    `# What holds for this chart, as found by chartlint init on ${today}. Each principle is one statement of your design:`,
    '# reword it, add the clause that it comes from, and delete what is not part of your design.',
    '# chartlint explain RULE describes a rule and its options.',
    'version: 1',
    ...entry('name', chart.name, 0),
    '# What breaks a release or leaks a secret, in any chart. chartlint policy prints it in full.',
    ...entry('extends', [parent], 0),
    '# The release name that templates see.',
    ...entry('release', { name: chart.name }, 0),
    '',
    ...environmentLines(chart),
    ...(externals.length === 0
      ? []
      : [
          '# What containers read but the chart does not contain. Complete the keys where you know them.',
          'externals:',
          ...externals.flatMap((external) => listItem(external, 2)),
          '',
        ]),
    ...(holding.length + switchedOff.size === 0 ? ['principles: {}', ''] : ['principles:']),
    ...principles,
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function placesOf({ count, first }: Breach): string {
  return count === 1 ? `(1 finding: ${oneLine(first)})` : `(${count} findings, the first: ${oneLine(first)})`;
}

/** A name of a file must not end a comment. */
function oneLine(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function environmentLines({ environments, failed }: ObservedChart): string[] {
  const [first] = environments;
  const failures = failed.flatMap(({ name, values }) => [
    '  # Left out because it does not render:',
    `  # ${inFlow(name)}: ${inFlow({ values })}`,
  ]);
  if (environments.length === 1 && first?.values.length === 0) {
    return [
      '# The chart has no overlay. One rendering, with its own values:',
      'environments:',
      ...entry(first.name, {}, 2),
      '',
    ];
  }
  return [
    '# One rendering for each overlay; default: {} would be values.yaml alone. Add what an environment needs:',
    '# namespace: NAME, set: [KEY=VALUE].',
    'environments:',
    ...environments.flatMap(({ name, values }) => entry(name, { values }, 2)),
    ...failures,
    '',
  ];
}

function principleLines({ id, title, severity, checks }: Proposal): string[] {
  return [
    ...entry(id, {}, 2).map((line) => line.replace(/ \{\}$/, '')),
    ...entry('title', title, 4),
    ...(severity === undefined ? [] : entry('severity', severity, 4)),
    '    checks:',
    ...checks.flatMap(({ rule, match, with: options }) => [
      ...listItem(rule, 6).map((line) => line.replace('- ', '- rule: ')),
      ...(match === undefined ? [] : entry('match', match, 8)),
      ...(options === undefined ? [] : entry('with', options, 8)),
    ]),
  ];
}
