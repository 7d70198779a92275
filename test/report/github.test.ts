import { describe, expect, it } from 'vitest';
import { reportGithub } from '../../src/report/github.ts';
import { HOSTILE, PLACE, SECRET, largeResult, resultCalled, resultTelling, sampleResult } from './hostile.ts';
import { finding, resultOf } from './sample.ts';

/** As the runner does: the last escape is `%25` (actions/runner, ActionCommand.cs). */
function decode(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

function parse(line: string): { name: string; properties: Record<string, string>; message: string } {
  const [, name = '', list = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  const properties = list.split(',').map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals), decode(pair.slice(equals + 1))];
  });
  return { name, properties: Object.fromEntries(properties), message: decode(message) };
}

describe('reportGithub', () => {
  it('annotates the line of each finding that counts', () => {
    expect(reportGithub(sampleResult())).toBe(
      '::error file=app.yaml,line=3,endLine=3,col=3,endColumn=14,title=secret-delegation/configmap-no-secret-keys (clause 2.2)::' +
        'ConfigMap app-config holds DB_PASSWORD, which belongs in a Secret.%0A(ConfigMap/app-config, only in prod)%0A' +
        'from values-prod.yaml:3:5 config.DB_PASSWORD%0Ahelp: Move DB_PASSWORD to a Secret.\n' +
        'chartlint: 1 error in 1 file; 1 suppressed\n',
    );
  });

  it.each([
    ['error', 'error'],
    ['warning', 'warning'],
    ['info', 'notice'],
  ] as const)('shows %s as %s', (severity, command) => {
    expect(reportGithub(resultOf({ findings: [finding(PLACE, { severity })] }))).toMatch(new RegExp(`^::${command} `));
  });

  it.each([
    ['several lines', { ...PLACE, endLine: 5, endColumn: 2 }, { line: '3', endLine: '5' }],
    ['whole lines', { ...PLACE, endLine: 5, endColumn: 1 }, { line: '3', endLine: '4' }],
  ])('gives no columns of a place of %s', (_, location, lines) => {
    const { properties } = parse(reportGithub(resultOf({ findings: [finding(location)] })).split('\n')[0] ?? '');
    expect(properties).toMatchObject(lines);
    expect(properties).not.toHaveProperty('col');
    expect(properties).not.toHaveProperty('endColumn');
  });

  it('puts the errors of the run first, those without a place too', () => {
    const result = resultOf({
      findings: [finding(PLACE)],
      errors: [
        { kind: 'render', message: 'It does not render:\nline two', location: undefined },
        { kind: 'syntax', message: 'Not valid YAML.', location: { ...PLACE, file: '<stdin>' } },
      ],
    });
    const lines = reportGithub(result).trimEnd().split('\n');
    expect(lines.slice(0, 2)).toEqual([
      '::error title=chartlint%3A render error::It does not render:%0Aline two',
      '::error title=chartlint%3A syntax error::<stdin>:3:3: Not valid YAML.',
    ]);
    expect(lines.at(-1)).toBe('chartlint: 1 error in 1 file; run incomplete (2 errors)');
  });

  it('keeps hostile names in their properties and lines', () => {
    const lines = reportGithub(resultCalled(HOSTILE)).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.slice(0, 3).every((line) => line.startsWith('::error '))).toBe(true);
    const { properties, message } = parse(lines[2] ?? '');
    expect(Object.keys(properties)).toEqual(['file', 'line', 'endLine', 'col', 'endColumn', 'title']);
    expect(properties['file']).toBe(HOSTILE.replace('\u001b', '\\u001b').replace('\u202e', '\\u202e'));
    expect(message).toContain('a%b\nc]]>d|e::f,g');
  });

  it('shows no secrets, and says when there is nothing to say', () => {
    expect(reportGithub(resultTelling(SECRET))).not.toContain(SECRET);
    expect(reportGithub(resultOf())).toBe('chartlint: No findings in 1 file\n');
  });

  it('takes many findings', () => {
    expect(reportGithub(largeResult(20_000)).split('\n')).toHaveLength(20_002);
  });
});
