import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { folderWith, type Outcome } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

type Files = Readonly<Record<string, string>>;

async function json(files: Files, args: readonly string[] = ['.']): Promise<Outcome & { report: Report }> {
  const outcome = await runMain(['--format', 'json', ...args], folderWith(files));
  return { ...outcome, report: JSON.parse(outcome.stdout) as Report };
}

function placesOf({ findings }: Report): string[] {
  return findings.map(({ principle, rule, location, related }) => {
    const lost = related.map((place) => `${place.location.file}:${place.location.line}:${place.location.column}`);
    return `${principle}/${rule} ${location.file}:${location.line}:${location.column} lost ${lost.join(', ')}`;
  });
}

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  A: a\n  B: b\n  A: c\n';
const OTHER_POLICY = 'version: 1\nprinciples:\n  refs: { title: R, checks: [{ rule: reference-resolves }] }\n';

describe('a key that stands twice in a manifest', () => {
  it('is a finding with both places, and the rest is linted as it is read', async () => {
    const { status, report } = await json({ 'a.yaml': CONFIG_MAP.replace('A: c', 'A: 5') });
    expect(status).toBe(1);
    expect(report.errors).toEqual([]);
    expect(placesOf(report)).toEqual([
      'valid-manifests/duplicate-keys a.yaml:7:3 lost a.yaml:5:3',
      // The number that is read, not the text that is lost.
      'valid-manifests/configmap-string-values a.yaml:7:6 lost ',
    ]);
    expect(report.findings[0]).toMatchObject({
      severity: 'error',
      resource: { kind: 'ConfigMap', name: 'a' },
      path: ['data', 'A'],
    });
  });

  it('is found under every policy, under a principle that is mentioned where it is broken alone', async () => {
    const files = { 'chartlint.yaml': OTHER_POLICY, 'a.yaml': CONFIG_MAP };
    const { status, report } = await json(files);
    expect(status).toBe(1);
    expect(placesOf(report)).toEqual(['duplicate-keys/duplicate-keys a.yaml:7:3 lost a.yaml:5:3']);
    expect(report.principles.map(({ id }) => id)).toEqual(['refs', 'duplicate-keys']);
    const clean = await json({ ...files, 'a.yaml': CONFIG_MAP.replace('  A: a\n', '') });
    expect(clean.report.principles.map(({ id }) => id)).toEqual(['refs']);
    expect((await runMain(['policy'], folderWith(files))).stdout).not.toContain('duplicate-keys');
  });

  it('can be accepted, switched off and deselected as any other finding', async () => {
    const comment = '  A: c # chartlint-ignore duplicate-keys: both are the same';
    const ignored = await json({ 'a.yaml': CONFIG_MAP.replace('  A: c', comment) });
    expect(ignored.report.findings.map(({ suppressed }) => suppressed?.by)).toEqual(['comment']);
    expect(ignored.status).toBe(0);
    const off = `${OTHER_POLICY}  keys: { title: K, severity: 'off', checks: [{ rule: duplicate-keys }] }\n`;
    expect((await json({ 'chartlint.yaml': off, 'a.yaml': CONFIG_MAP })).report.findings).toEqual([]);
    expect((await json({ 'a.yaml': CONFIG_MAP }, ['--skip', 'duplicate-keys', '.'])).status).toBe(0);
    const only = { 'chartlint.yaml': OTHER_POLICY, 'a.yaml': CONFIG_MAP };
    expect((await json(only, ['--only', 'refs', '.'])).report.findings).toEqual([]);
    expect((await json(only, ['--only', 'duplicate-keys', '.'])).status).toBe(1);
  });

  it('is found in objects that no rule looks at, in JSON, and beside what cannot be read', async () => {
    const custom = 'apiVersion: a.io/v1\nkind: Unheard\nmetadata: { name: a }\nspec: { a: 1, a: 2 }\n';
    expect(placesOf((await json({ 'a.yaml': custom })).report)).toEqual([
      'valid-manifests/duplicate-keys a.yaml:4:15 lost a.yaml:4:9',
    ]);
    const text =
      '{"apiVersion": "v1", "kind": "ConfigMap",\n"metadata": {"name": "a"},\n"data": {"A": "a", "A": "b"}}\n';
    expect(placesOf((await json({ 'a.json': text })).report)).toEqual([
      'valid-manifests/duplicate-keys a.json:3:20 lost a.json:3:10',
    ]);
    const { status, report } = await json({ 'a.yaml': `${CONFIG_MAP}  ~: nothing\n` });
    expect(status).toBe(2);
    expect(placesOf(report)).toEqual(['valid-manifests/duplicate-keys a.yaml:7:3 lost a.yaml:5:3']);
    expect(report.errors.map(({ kind }) => kind)).toEqual(['syntax']);
  });

  it('never shows a value that is lost', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData:\n  A: hunter2\n  A: swordfish\n';
    const glued = `${secret.replace('  A: swordfish\n', '')}${CONFIG_MAP}`;
    const values = 'password: hunter2\npassword: swordfish\n';
    const chart = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 0.1.0\n', 'values.yaml': values };
    const template = { 'templates/a.yaml': CONFIG_MAP };
    for (const files of [{ 'a.yaml': secret }, { 'a.yaml': glued }, { ...chart, ...template }]) {
      for (const format of ['pretty', 'markdown', 'html', 'json']) {
        const { status, stdout } = await runMain(['--format', format, '.'], folderWith(files));
        expect(status).toBe(1);
        expect(stdout).not.toMatch(/hunter2|swordfish/);
      }
    }
  });
});

describe('a key that stands twice in a chart', () => {
  const chart = {
    'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 0.1.0\n',
    'values.yaml': 'image: { repository: nginx }\na: 1\nimage: { tag: "1" }\n',
    'values-prod.yaml': 'b: 1\n',
    'templates/a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  A: a\n  {{ default "C" .Values.b }}: b\n',
  };

  it('is found in its values, and in what it renders: the template and the values key are named', async () => {
    const files = { ...chart, 'values-prod.yaml': 'b: A\n' };
    const { status, report } = await json(files);
    expect(status).toBe(1);
    expect(placesOf(report)).toEqual([
      'valid-manifests/duplicate-keys templates/a.yaml:6:3 lost templates/a.yaml:5:3',
      'valid-manifests/duplicate-keys values.yaml:3:1 lost values.yaml:1:1',
    ]);
    const [rendered, values] = report.findings;
    expect(rendered).toMatchObject({
      environments: ['prod'],
      values: [{ key: 'b', file: 'values-prod.yaml', line: 1 }],
    });
    expect(values).toMatchObject({ environments: ['default', 'prod'], chart: '.', messageId: 'repeated' });
  });

  it('is found in Chart.yaml, in a schema, in a subchart and in a values file of the command line', async () => {
    const clean = { ...chart, 'values.yaml': 'a: 1\n' };
    const found = async (more: Files, args?: readonly string[]): Promise<string[]> => {
      return placesOf((await json({ ...clean, ...more }, args)).report);
    };
    expect(await found({})).toEqual([]);
    expect(await found({ 'Chart.yaml': 'apiVersion: v2\nname: x\nname: c\nversion: 0.1.0\n' })).toEqual([
      'valid-manifests/duplicate-keys Chart.yaml:3:1 lost Chart.yaml:2:1',
    ]);
    expect(await found({ 'values.schema.json': '{ "type": "string",\n  "type": "object" }\n' })).toEqual([
      'valid-manifests/duplicate-keys values.schema.json:2:3 lost values.schema.json:1:3',
    ]);
    const subchart = {
      'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 0.1.0\n',
      'charts/sub/values.yaml': 'x: 1\nx: 2\n',
    };
    expect(await found(subchart)).toEqual([
      'valid-manifests/duplicate-keys charts/sub/values.yaml:2:1 lost charts/sub/values.yaml:1:1',
    ]);
    expect(await found({ 'more.yaml': 'y: 1\non: 2\n' }, ['.', '-f', 'more.yaml'])).toEqual([
      'valid-manifests/duplicate-keys more.yaml:2:1 lost more.yaml:1:1',
    ]);
  });

  it('says of y and on that both are read as true', async () => {
    const { report } = await json({ ...chart, 'values.yaml': 'y: 1\non: 2\n' });
    expect(report.findings.map(({ message }) => message)).toEqual([
      'Keys y and on are both read as true: the last one is used, and the first one is lost.',
    ]);
  });
});
