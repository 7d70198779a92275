import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { helmPath } from '../../scripts/unpack-helm.mjs';
import { chartlint, folderWith, ROOT } from './chartlint.ts';
import { keepFolder, runMain } from './main-in-process.ts';

const helm = helmPath();

/** A chart with all that flags of `helm template` choose from. */
const FILES = {
  'c/Chart.yaml': `apiVersion: v2
name: c
version: 1.0.0
dependencies:
  - { name: sub, version: 1.0.0, condition: sub.enabled }
`,
  'c/values.yaml': 'a: text\nlist: [1, 2]\nsub: { enabled: true }\n',
  'c/values.schema.json': '{ "properties": { "a": { "type": "string" } } }',
  'c/crds/crd.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x }\n',
  'c/templates/_name.tpl': '{{ define "c.name" }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}',
  'c/templates/NOTES.txt': 'Installed {{ .Release.Name }}\n',
  'c/templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "c.name" . }}
  namespace: {{ .Release.Namespace }}
data:
  a: {{ .Values.a | quote }}
  list: {{ toJson .Values.list | quote }}
  big: {{ .Values.big | default 0 | quote }}
  kube: {{ .Capabilities.KubeVersion.Version | quote }}
  hasGateway: {{ .Capabilities.APIVersions.Has "gateway.networking.k8s.io/v1" | quote }}
  isUpgrade: {{ .Release.IsUpgrade | quote }}
  isInstall: {{ .Release.IsInstall | quote }}
`,
  'c/templates/many.yaml': `# two objects
kind: Service
apiVersion: v1
metadata: { name: second }
---
kind: Namespace
apiVersion: v1
metadata: { name: first }
`,
  'c/templates/hook.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: hook
  annotations: { helm.sh/hook: "pre-install, post-upgrade" }
`,
  'c/templates/tests/test.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: test
  annotations: { helm.sh/hook: test }
`,
  'c/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
  'c/charts/sub/templates/sub.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: {{ .Release.Name }}-sub }\n',
  'more.yaml': 'a: from a file\nbig: 1000000\n',
  'number.yaml': 'a: 5\n',
  'text.txt': 'two\nlines\n',
};

describe('render', () => {
  const folder = keepFolder();

  beforeAll(() => {
    for (const [name, text] of Object.entries(FILES)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    execFileSync('tar', ['czf', 'c.tgz', 'c'], { cwd: folder });
  });

  function template(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
    const env = { HOME: folder };
    return spawnSync(helm ?? '', ['template', ...args], { cwd: folder, env, input, encoding: 'utf8' });
  }

  it.for([
    'c',
    'rel c',
    'rel c.tgz',
    'rel ./c/',
    'rel c -n live',
    'rel c --namespace=live',
    'rel c -f more.yaml',
    'rel c --values more.yaml,number.yaml --set a=x',
    'rel c -f -',
    'rel c --set a=x,list={3,4},big=1000000',
    'rel c --set list[0]=9 --set sub.enabled=false',
    'rel c --set-string a=5,big=1000000',
    'rel c --set-json list=[{"x":1}]',
    'rel c --set-file a=text.txt',
    'rel c --set-literal a=x,y=z',
    'rel c --kube-version 1.30.2',
    'rel c --api-versions gateway.networking.k8s.io/v1',
    'rel c -a other/v1,gateway.networking.k8s.io/v1',
    'rel c --include-crds',
    'rel c --show-only templates/config.yaml',
    'rel c -s templates/many.yaml -s templates/config.yaml',
    'rel c -s charts/sub/templates/sub.yaml',
    'rel c -s templates/tests/*.yaml',
    'rel c --no-hooks',
    'rel c --skip-tests',
    'rel c --is-upgrade',
    'rel c -f number.yaml --skip-schema-validation',
  ])('%s prints what helm template prints', async (line, { skip }) => {
    if (helm === undefined) return skip('the packaged helm runs on linux/x64 only');
    const args = line.split(' ');
    const input = 'a: from standard input\n';
    const expected = template(args, input);
    expect(expected).toMatchObject({ status: 0, stderr: '' });
    const readStdin = async (): Promise<Uint8Array> => Buffer.from(input);
    expect(await runMain(['render', ...args], folder, { readStdin })).toEqual({
      status: 0,
      stdout: expected.stdout,
      stderr: '',
    });
  });

  it.for([
    'rel c -f number.yaml',
    'rel c -s templates/nope.yaml',
    'rel c -s templates/NOTES.txt',
    'rel c --set a',
    'rel c --set-json list=[',
    'rel c --kube-version x',
    'rel c -f nope.yaml',
    'rel c --set-file a=nope.txt',
    'rel text.txt',
  ])('%s fails as helm template fails', async (line, { skip }) => {
    if (helm === undefined) return skip('the packaged helm runs on linux/x64 only');
    const args = line.split(' ');
    const expected = template(args);
    expect(expected).toMatchObject({ status: 1, stdout: '' });
    const { status, stdout, stderr } = await runMain(['render', ...args], folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const hint = '\n\nUse --debug flag to render out invalid YAML';
    expect(stderr.trimEnd()).toBe(expected.stderr.replace(hint, '').trimEnd());
  });

  it('warns as helm does, and shows no secret', async () => {
    const secret = folderWith({
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/values.yaml': 'db: { password: [hunter2secret] }\n',
      'o.yaml': 'db: { password: { a: b } }\n',
    });
    expect(await runMain(['render', 'c', '-f', 'o.yaml'], secret)).toEqual({
      status: 0,
      stdout: '\n',
      stderr: 'chartlint: warning: destination for c.db.password is a table. Ignoring non-table value ([••••••])\n',
    });
  });

  it('takes the name of the release from --release-name', async () => {
    const named = await runMain(['render', 'rel', 'c'], folder);
    expect(await runMain(['render', 'c', '--release-name', 'rel'], folder)).toEqual(named);
    expect(await runMain(['render', 'rel', 'c', '--release-name', 'rel'], folder)).toEqual(named);
    const { status, stdout, stderr } = await runMain(['render', 'rel', 'c', '--release-name', 'x'], folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('The release name is given twice: rel and --release-name x. Specify only one.');
  });

  it('tells the origin of every line with --source-map', async () => {
    const args = ['render', 'rel', 'c', '-f', 'more.yaml', '--include-crds', '--source-map', 'map.jsonl'];
    const { status, stdout } = await runMain(args, folder);
    expect(status).toBe(0);
    expect(stdout).toBe((await runMain(args.slice(0, -2), folder)).stdout);
    const map = readFileSync(join(folder, 'map.jsonl'), 'utf8');
    const origins = map
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const lines = stdout.trimEnd().split('\n');
    expect(origins.map(({ line }) => line).slice(0, lines.length)).toEqual(lines.map((_, index) => index + 1));
    const at = (text: string): unknown => origins[lines.indexOf(text)];
    const config = { template: 'templates/config.yaml', conditions: [] };
    expect(at('  name: rel-c')).toMatchObject({ ...config, templateLine: 4, values: [] });
    expect(at('  a: "from a file"')).toMatchObject({ ...config, templateLine: 7, exact: true, values: ['a'] });
    expect(at('  big: "1e+06"')).toMatchObject({ ...config, templateLine: 9, values: ['big'] });
    expect(at('metadata: { name: rel-sub }')).toMatchObject({ template: 'charts/sub/templates/sub.yaml', values: [] });
  });

  it('prints the Observer chart as helm printed it for the fixtures', () => {
    for (const environment of ['dev', 'prod']) {
      const chart = 'fixtures/charts/observer';
      const values = ['values.yaml', `values-${environment}.yaml`].flatMap((file) => ['-f', `${chart}/${file}`]);
      const { status, stdout, stderr } = chartlint(['render', 'observer', chart, '-n', 'observer', ...values]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toBe(readFileSync(join(ROOT, `fixtures/manifests/observer/${environment}.yaml`), 'utf8'));
    }
  });
});
