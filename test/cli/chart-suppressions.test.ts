import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

/** A chart whose key A is a number in both environments and whose key B is one in production; `unused` is not read. */
const FILES = {
  'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
  'chartlint.yaml': `version: 1
principles:
  strings:
    title: Values are strings
    checks: [{ rule: configmap-string-values }]
  used:
    title: Every value is read
    checks: [{ rule: values-unused }]
`,
  'templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: c
data:
  A: {{ .Values.a }}
  B: {{ .Values.b }}
`,
  'values.yaml': 'a: 1\nb: text\nunused: 1\n',
  'values-dev.yaml': 'a: 2\n',
  'values-prod.yaml': 'a: 3\nb: 4\n',
};
type Files = Readonly<Partial<Record<keyof typeof FILES, string>>>;

const A = 'templates/config.yaml:6 default+dev+prod';
const B = 'templates/config.yaml:7 prod';
const UNUSED = 'values.yaml:3 default+dev+prod';

async function lint(files: Files) {
  const folder = folderWith({ ...FILES, ...files });
  const { status, stderr, stdout } = await runMain(['.', '--format', 'json'], folder);
  const { findings, errors } = JSON.parse(stdout) as Report;
  const text = ({ location, environments, principle, messageId }: Report['findings'][number]): string => {
    const of = principle === 'ignores' ? `${messageId} ignore` : environments.join('+');
    return `${location.file}:${location.line} ${of}`;
  };
  return {
    status,
    stderr,
    findings: findings.filter(({ suppressed }) => suppressed === undefined).map(text),
    suppressed: findings
      .filter(({ suppressed }) => suppressed !== undefined)
      .map((finding) => `${text(finding)} by ${finding.suppressed?.by}: ${finding.suppressed?.reason}`),
    errors: errors.map(({ kind, message, location }) => `${kind} ${location?.file}:${location?.line} ${message}`),
  };
}

function template(old: string, changed: string): Files {
  return { 'templates/config.yaml': FILES['templates/config.yaml'].replace(old, changed) };
}

describe('a suppression in a chart', () => {
  it.each<[where: string, files: Files, suppressed: string[], findings: string[]]>([
    ['is not there', {}, [], [A, B, UNUSED]],
    [
      'ends a line of the template',
      template('.a }}', '.a }} # chartlint-ignore strings: A counts'),
      [`${A} by comment: A counts`],
      [B, UNUSED],
    ],
    [
      'stands above a line of the template',
      template('  B:', '  # chartlint-ignore configmap-string-values: B counts (until 2027-03-01)\n  B:'),
      ['templates/config.yaml:8 prod by comment: B counts'],
      [A, UNUSED],
    ],
    [
      'is a comment of the template above the line',
      template('  A:', '  {{- /* chartlint-ignore strings: A counts */}}\n  A:'),
      ['templates/config.yaml:7 default+dev+prod by comment: A counts'],
      ['templates/config.yaml:8 prod', UNUSED],
    ],
    [
      'is a comment of the template on the line',
      template('.a }}', '.a }}{{/* chartlint-ignore strings: A counts */}}'),
      [`${A} by comment: A counts`],
      [B, UNUSED],
    ],
    [
      'stands in values.yaml, where the value comes from in one environment',
      { 'values.yaml': 'a: 1 # chartlint-ignore strings: A counts\nb: text\nunused: 1\n' },
      ['templates/config.yaml:6 default by comment: A counts'],
      ['templates/config.yaml:6 dev+prod', B, UNUSED],
    ],
    [
      'stands in values.yaml, of which the finding is',
      { 'values.yaml': 'a: 1\nb: text\n# chartlint-ignore values-unused: for another chart\nunused: 1\n' },
      ['values.yaml:4 default+dev+prod by comment: for another chart'],
      [A, B],
    ],
    [
      'stands in an overlay, and is for its environment alone',
      {
        'values-prod.yaml': '# chartlint-ignore strings: production counts\na: 3\nb: 4 # chartlint-ignore strings: B\n',
      },
      ['templates/config.yaml:6 prod by comment: production counts', 'templates/config.yaml:7 prod by comment: B'],
      ['templates/config.yaml:6 default+dev', UNUSED],
    ],
    [
      'is an annotation of the object',
      template('  name: c', '  name: c\n  annotations: { chartlint/ignore: "strings: as the vendor ships it" }'),
      [
        'templates/config.yaml:7 default+dev+prod by annotation: as the vendor ships it',
        'templates/config.yaml:8 prod by annotation: as the vendor ships it',
      ],
      [UNUSED],
    ],
    [
      'has expired',
      template('.a }}', '.a }} # chartlint-ignore strings: A counts (until 2026-04-30)'),
      [],
      ['templates/config.yaml:6 expired ignore', A, B, UNUSED],
    ],
    [
      'matches nothing',
      { 'values-dev.yaml': 'a: 2\n# chartlint-ignore strings: it was one\n' },
      [],
      [A, B, UNUSED, 'values-dev.yaml:2 unused ignore'],
    ],
    [
      'is unused in one environment alone',
      template('.b }}', '.b }} # chartlint-ignore strings: B counts'),
      [`${B} by comment: B counts`],
      [A, UNUSED],
    ],
  ])('%s', async (_, files, suppressed, findings) => {
    const outcome = await lint(files);
    expect({ ...outcome, findings: outcome.findings.toSorted() }).toEqual({
      status: findings.some((finding) => finding.startsWith('templates')) ? 1 : 0,
      stderr: '',
      findings: findings.toSorted(),
      suppressed,
      errors: [],
    });
  });

  it.each<[string, Files, string]>([
    ['in a template', template('.a }}', '.a }} # chartlint-ignore strings'), 'config templates/config.yaml:6 '],
    [
      'in a comment of a template',
      template('.a }}', '.a }}{{/* chartlint-ignore strings: */}}'),
      'config templates/config.yaml:6 ',
    ],
    ['in values', { 'values-dev.yaml': 'a: 2 # chartlint-ignore strings:\n' }, 'config values-dev.yaml:1 '],
  ])('without a reason is an error: %s', async (_, files, error) => {
    const { status, suppressed, errors } = await lint(files);
    expect({ status, suppressed }).toEqual({ status: 2, suppressed: [] });
    expect(errors.map((text) => text.slice(0, error.length))).toEqual([error]);
    expect(errors[0]).toMatch(/reason/);
  });

  it('of the policy may be for one environment', async () => {
    const named = { ...template('name: c', 'name: c-{{ .Values.a }}'), 'values-dev.yaml': 'a: 1\n' };
    const policy = (name: string): string =>
      `${FILES['chartlint.yaml']}ignore:\n  - { principle: strings, resource: ConfigMap/${name}, reason: it counts }\n`;
    expect(await lint(named)).toMatchObject({ findings: [A, B, UNUSED], suppressed: [] });
    expect(await lint({ ...named, 'chartlint.yaml': policy('c-3') })).toMatchObject({
      findings: ['templates/config.yaml:6 default+dev', UNUSED],
      suppressed: ['templates/config.yaml:6 prod by policy: it counts', `${B} by policy: it counts`],
    });
    expect(await lint({ ...named, 'chartlint.yaml': policy('c-*') })).toMatchObject({
      findings: [UNUSED],
      suppressed: [`${A} by policy: it counts`, `${B} by policy: it counts`],
    });
  });
});
