import { describe, expect, it } from 'vitest';
import { findComments } from '../../../src/engine/suppressions/find-comments.ts';
import { SourceText } from '../../../src/text/source.ts';

/** `line of the comment:column → line that it speaks of: ids (reason)`, or the fault. */
function found(...lines: readonly string[]): string[] {
  const { suppressions, faults } = findComments(new SourceText('a.yaml', lines.join('\n')));
  return [
    ...suppressions.map(({ place, line, ids, reason, until }) => {
      return `${place.line}:${place.column} → ${line}: ${ids.join('+')} (${reason}${until === undefined ? '' : `, ${until}`})`;
    }),
    ...faults.map(({ place, message }) => `${place.line}:${place.column} ${message}`),
  ];
}

describe('a comment', () => {
  it('at the end of a line speaks of that line', () => {
    expect(found('a: 1 # chartlint-ignore x: why')).toEqual(['1:6 → 1: x (why)']);
    expect(found('a: 1 #chartlint-ignore x: why', 'b: 2')).toEqual(['1:6 → 1: x (why)']);
    expect(found('- a: "b" # TODO it\'s old # chartlint-ignore x: see #12')).toEqual(['1:26 → 1: x (see #12)']);
    expect(found('a: 1 # chartlint-ignore x: one # chartlint-ignore y: two')).toEqual([
      '1:6 → 1: x (one)',
      '1:32 → 1: y (two)',
    ]);
  });

  it('on a line of its own speaks of the next line that is no comment', () => {
    expect(found('# chartlint-ignore x: why', 'a: 1')).toEqual(['1:1 → 2: x (why)']);
    expect(
      found('a:', '  # chartlint-ignore x: why\r', '  # and more\r', '  # chartlint-ignore y: too\r', '  b: 1'),
    ).toEqual(['2:3 → 5: x (why)', '4:3 → 5: y (too)']);
    expect(found('# chartlint-ignore x: why', '', 'a: 1')).toEqual(['1:1 → 2: x (why)']);
    expect(found('a: 1', '# chartlint-ignore x: why')).toEqual(['2:1 → 3: x (why)']);
  });

  it('may name several ids and a last day', () => {
    expect(found('a: 1 # chartlint-ignore x, y.z_1,W: at 10:30 (until 2027-03-01)')).toEqual([
      '1:6 → 1: x+y.z_1+W (at 10:30, 2027-03-01)',
    ]);
    expect(found('# chartlint-ignore x: a (b) ( Until  2028-02-29 ).')).toEqual(['1:1 → 2: x (a (b), 2028-02-29)']);
  });
});

describe('a # that is content', () => {
  it.each([
    ['in double quotes', 'a: "b # chartlint-ignore x: why"'],
    ['in double quotes with escapes', String.raw`a: "b \" # chartlint-ignore x: why"`],
    ['in single quotes', "a: 'it''s # chartlint-ignore x: why'"],
    ['in quotes behind a tag', 'a: !!str "b # chartlint-ignore x: why"'],
    ['in quotes in a flow mapping', '{"a":"b # chartlint-ignore x: why"}'],
    ['in a quoted scalar that goes on', 'a: "b # chartlint-ignore x: why', '  c"'],
    ['without white space before it', 'a: b# chartlint-ignore x: why'],
    ['in a template action', 'a: {{ printf "%s # chartlint-ignore x: why" .b }}'],
    ['in a block scalar', 'a: |', '  b', '', '    # chartlint-ignore x: why', '  # chartlint-ignore x: why'],
    ['in a block scalar with a header', 'a: !!str &b >-2 # text', '  # chartlint-ignore x: why'],
    ['in a block scalar of a list', '- a', '- |', '  # chartlint-ignore x: why'],
    ['in a block scalar of a list in a list', '- - >', '    # chartlint-ignore x: why'],
    ['in a block scalar that is the document', '--- |', '# chartlint-ignore x: why'],
    ['in a block scalar with actions', 'a: |', '{{- if .b }}', '  # chartlint-ignore x: why', '{{- end }}'],
  ])('is no comment: %s', (_, ...lines) => {
    expect(found(...lines)).toEqual([]);
  });

  it.each([
    ["a: don't # chartlint-ignore x: why", 6 + 4],
    ['a: rock-"n-roll # chartlint-ignore x: why', 17],
    ["a: 'b' # chartlint-ignore x: why", 8],
    ['a: {{ .b | default "it\'s" }} # chartlint-ignore x: why', 30],
    ['a: | # chartlint-ignore x: why', 6],
  ])('ends before a comment: %s', (line, column) => {
    expect(found(line)).toEqual([`1:${column} → 1: x (why)`]);
  });

  it.each([
    ['the block scalar has ended', 'a: |', '  b', 'c: 1 # chartlint-ignore x: why'],
    ['the comment is indented as the key is', '- a: |', '  # chartlint-ignore x: why', '  b: 1'],
    ['another document has begun', '--- |', '---', '# chartlint-ignore x: why'],
    ['the pipe is no indicator', 'a: b |', '  # chartlint-ignore x: why'],
    ['an action ends in a pipe', '{{ .a |', '  quote }}', '  # chartlint-ignore x: why'],
  ])('is over: %s', (_, ...lines) => {
    expect(found(...lines)).toHaveLength(1);
  });

  it('is prose', () => {
    expect(
      found('# see chartlint-ignore in the handbook', 'chartlint-ignore: 1', '{{/* no chartlint-ignore here */}}'),
    ).toEqual([]);
  });
});

describe('a template comment', () => {
  it('speaks of what stands beside it, else of what stands below it', () => {
    expect(found('a: 1 {{/* chartlint-ignore x: why */}}', 'b: 1')).toEqual(['1:11 → 1: x (why)']);
    expect(found('{{- /* chartlint-ignore x: why */ -}} a: 1')).toEqual(['1:8 → 1: x (why)']);
    expect(found('a:', '  {{- /* chartlint-ignore x: why */ -}}', '  # note', '  b: 1')).toEqual(['2:10 → 4: x (why)']);
    expect(found('# chartlint-ignore x: why', '{{/* chartlint-ignore y: too */}}', 'b: 1')).toEqual([
      '2:6 → 3: y (too)',
      '1:1 → 3: x (why)',
    ]);
  });

  it('may have several lines', () => {
    const lines = [
      '{{- /*',
      'A note.',
      '  chartlint-ignore x: why',
      '    and how (until 2027-03-01)',
      '# chartlint-ignore y: too',
      '',
      '*/}}',
      'a: 1',
    ];
    expect(found(...lines)).toEqual(['3:3 → 8: x (why and how, 2027-03-01)', '5:3 → 8: y (too)']);
  });

  it('is one inside of a block scalar, too, and ends with its braces', () => {
    expect(found('a: |', '  {{/* chartlint-ignore x: why */}}', '  b')).toEqual(['2:8 → 3: x (why)']);
    expect(found('{{/* a */ }}', '{{/* chartlint-ignore x: why')).toEqual([]);
    expect(found('a: 1 {{/* it"s */}} # chartlint-ignore x: why')).toEqual(['1:21 → 1: x (why)']);
  });
});

describe('what is written wrong', () => {
  const form = 'Write # chartlint-ignore ID: reason.';
  const date = 'The last day of an ignore must come at its end, in parentheses. Write (until 2027-03-01).';
  it.each([
    ['# chartlint-ignore', `This ignore names no principle or rule. ${form}`],
    ['# chartlint-ignore : why', `This ignore names no principle or rule. ${form}`],
    ['# chartlint-ignore: x why', `A space must follow chartlint-ignore. ${form}`],
    ['# chartlint-ignore-file x: why', `A space must follow chartlint-ignore. ${form}`],
    ['# chartlint-ignore x', `This ignore gives no reason. ${form}`],
    ['# chartlint-ignore x:', `This ignore gives no reason. ${form}`],
    ['# chartlint-ignore x: (until 2027-03-01)', `This ignore gives no reason. ${form}`],
    ['# chartlint-ignore x because', `This ignore gives no reason: there is no colon. ${form}`],
    [
      '# chartlint-ignore x y: why',
      `Only ids of principles and rules, separated by commas, can come before the colon. ${form}`,
    ],
    [
      '# chartlint-ignore x,: why',
      `Only ids of principles and rules, separated by commas, can come before the colon. ${form}`,
    ],
    [
      '# chartlint-ignore host-*: why',
      `Only ids of principles and rules, separated by commas, can come before the colon. ${form}`,
    ],
    ['# chartlint-ignore x/y: why', 'An ignore names a principle or a rule, not both. Write x or y.'],
    [
      '# chartlint-ignore x: why (until 2027-02-30)',
      'The date 2027-02-30 does not exist. Write the last day of this ignore.',
    ],
    ['# chartlint-ignore x: why (until March)', date],
    ['# chartlint-ignore x: why (until 2027-03-01), see 12', date],
    ['# chartlint-ignore x: why (until 2027-03-01', date],
    ['# chartlint-ignore x: why until 2027-03-01', date],
    ['{{/* chartlint-ignore x */}}', `This ignore gives no reason. ${form}`],
  ])('%s', (line, message) => {
    expect(found(line)).toEqual([`1:${line.indexOf('chartlint') - (line.startsWith('#') ? 1 : -1)} ${message}`]);
  });
});

it('takes time linear in the text', () => {
  const stacked = '# chartlint-ignore x: why\n'.repeat(20_000);
  const many = 'a: 1 # chartlint-ignore x: why\n'.repeat(20_000);
  const nested = `${'{{/* '.repeat(50_000)}chartlint-ignore`;
  const long = `a: "${'# chartlint-ignore {{ '.repeat(20_000)}`;
  const start = performance.now();
  expect(findComments(new SourceText('a', `${stacked}a: 1\n${many}`)).suppressions).toHaveLength(40_000);
  for (const text of [nested, long]) expect(findComments(new SourceText('a', text)).suppressions).toEqual([]);
  expect(performance.now() - start).toBeLessThan(2000);
});
