import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { render } from '../../../src/index.ts';
import { folderWith } from '../../cli/chartlint.ts';
import { runMain } from '../../cli/main-in-process.ts';

const CHART = 'apiVersion: v2\nname: admin\nversion: 1.0.0\n';
const VALUES = `user: admin
auth:
  password: admin
  enabled: true
  token: 12345678
port: 12345678
`;

function chartWith(files: Readonly<Record<string, string>>): string {
  return folderWith({ 'app/Chart.yaml': CHART, 'app/values.yaml': VALUES, ...files });
}

async function failureOf(action: string, flags: readonly string[] = []): Promise<string> {
  const folder = chartWith({ 'app/templates/admin.yaml': `{{ ${action} }}\n` });
  const { stderr } = await runMain(['render', 'app', ...flags], folder);
  return stderr;
}

describe('the message of a template that fails', () => {
  it.each([
    ['fail (printf "user %s has password %s" .Values.user .Values.auth.password)', 'user admin has password ••••••'],
    ['fail (printf "%s:%s" .Values.user (upper .Values.auth.password))', 'admin:••••••'],
    ['fail (printf "%v is not %v" .Values.port .Values.auth.token)', '1.2345678e+07 is not ••••••'],
    ['fail (printf "admin or %q" .Values.auth.password)', 'admin or "••••••"'],
    ['fail (printf "enabled: %v" .Values.auth.enabled)', 'enabled: true'],
    ['required (printf "set the password of %s" .Values.user) ""', 'set the password of admin'],
    ['fail "admin"', 'admin'],
  ])('masks what came from a secret alone: %s', async (action, message) => {
    expect(await failureOf(action)).toBe(`Error: execution error at (admin/templates/admin.yaml:1:3): ${message}\n`);
  });

  it.each([
    ['mustToDate "2006-01-02" .Values.auth.password', /parsing time "••••••" as "2006-01-02": cannot parse "••••••"/],
    ['mustToDate "2006-01-02" .Values.user', /parsing time "admin"/],
    ['include .Values.auth.password .', /no template "••••••" associated/],
    ['include .Values.user .', /no template "admin" associated/],
    ['range .Values.auth.password }}{{ end', /range can't iterate over ••••••/],
    ['range .Values.user }}{{ end', /range can't iterate over admin/],
    ['tpl (printf "{{ %s" .Values.auth.password) .', /cannot parse template "\{\{ ••••••"/],
    ['tpl "{{ fail \\"admin\\" }}" .', /: admin$/m],
  ])('masks what a function quotes of a secret: %s', async (action, message) => {
    const text = await failureOf(action);
    expect(text).toContain('admin/templates/admin.yaml');
    expect(text).toMatch(message);
  });

  it('is the same in a report', async () => {
    const folder = chartWith({ 'app/templates/admin.yaml': '{{ fail .Values.auth.password }}\n' });
    const { stdout } = await runMain(['app', '--format', 'json'], folder);
    expect(stdout).toContain('execution error at (admin/templates/admin.yaml:1:3): ••••••"');
  });

  it('masks what the policy calls secret', async () => {
    const folder = chartWith({
      'app/values.yaml': 'SEED: swordfish\n',
      'app/templates/a.yaml': '{{ fail (upper .Values.SEED) }}\n',
      'chartlint.yaml':
        'version: 1\nprinciples: { a: { title: A, checks: [{ rule: configmap-no-secret-keys, with: { keys: [SEED] } }] } }\n',
    });
    const { stdout } = await runMain(['app', '--format', 'json'], folder);
    expect(stdout).toContain('execution error at (admin/templates/a.yaml:1:3): ••••••"');
  });

  it('has no secret in the stack and in what is printed of the error', async () => {
    const failWith = async (key: string): Promise<unknown> => {
      const action = `{{ fail (printf "%s-%s" "x" (b64enc .Values.auth.${key})) }}\n`;
      const folder = chartWith({ 'app/templates/a.yaml': action });
      return render(join(folder, 'app'), { set: [`auth.${key}=hunter2hunter2`] }).catch((error: unknown) => error);
    };
    expect(inspect(await failWith('key'))).toContain('aHVudGVyMmh1bnRlcjI=');
    const error = await failWith('secretKey');
    expect(inspect(error, { depth: 5, showHidden: true })).not.toMatch(/hunter2|aHVudGVy/);
    expect(String(error)).toContain('x-••••••');
  });
});

it('masks the value at a secret key in what values.schema.json refuses, and no other', async () => {
  const pattern = { type: 'string', pattern: '^[0-9]+$' };
  const auth = { properties: { password: pattern, token: { maximum: 5 } } };
  const folder = chartWith({
    'app/values.schema.json': JSON.stringify({ properties: { user: pattern, auth } }),
    'app/templates/a.yaml': '',
  });
  const { stderr } = await runMain(['render', 'app'], folder);
  expect(stderr).toContain("at '/user': 'admin' does not match pattern '^[0-9]+$'");
  expect(stderr).toContain("at '/auth/password': •••••• does not match pattern '^[0-9]+$'");
  expect(stderr).toContain("at '/auth/token': maximum: got ••••••, want 5");
});

describe('a report on a chart', () => {
  const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata: { name: map }
data:
  ADMIN: {{ .Values.user }}
  OTHER: {{ .Values.auth.password }}
  NUMBER: {{ .Values.port }}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: admin }
spec:
  replicas: {{ .Values.user }}
  paused: {{ .Values.auth.password }}
  selector: { matchLabels: { app: admin } }
  template:
    metadata: { labels: { app: admin } }
    spec: { containers: [{ name: main, image: "a:1", env: [{ name: A, value: admin }] }] }
`;

  it('masks by the origin: the same text from elsewhere stays', async () => {
    const folder = chartWith({ 'app/templates/a.yaml': TEMPLATE });
    const { stdout } = await runMain(['app', '--verbose', '--only', 'schema-valid'], folder);
    expect(stdout).toContain('Deployment/admin');
    expect(stdout).toMatch(/replicas: admin/);
    expect(stdout).toMatch(/paused: ••••••/);
    expect(stdout).not.toMatch(/paused: admin/);
  });
});
