import { describe, expect, it } from 'vitest';
import { folderWith } from '../../cli/chartlint.ts';
import { runMain } from '../../cli/main-in-process.ts';

const VALUES = `auth:
  token: tok-in-values
  privateKey: |
    first line
    second line
`;

function chartThatFailsWith(expression: string): string {
  return folderWith({
    'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
    'app/values.yaml': VALUES,
    'app/templates/fail.yaml': `{{ fail (printf "it has %s" (${expression})) }}\n`,
    'token.txt': 'tok-in-file',
  });
}

async function messageOf(expression: string, flags: readonly string[]): Promise<string> {
  const { stdout } = await runMain(['app', '--format', 'json', ...flags], chartThatFailsWith(expression));
  const [error] = (JSON.parse(stdout) as { errors: readonly { message: string }[] }).errors;
  return (error?.message ?? '').replace(/^The chart does not render: (?:execution error at \(.*?\): )?/, '');
}

describe('a message of Helm', () => {
  it.each([
    ['.Values.auth.token', [], 'it has ••••••'],
    ['.Values.auth.privateKey | indent 6', [], 'it has       ••••••\n      ••••••\n      '],
    ['.Values.auth.token', ['--set', 'auth.token=tok\\,in\\,flag'], 'it has ••••••'],
    ['.Values.auth.token', ['--set-json', 'auth={"token":"tok-in-json"}'], 'it has ••••••'],
    ['.Values.auth.token', ['--set-file', 'auth.token=token.txt'], 'it has ••••••'],
  ])('shows no secret of %s with %j', async (expression, flags, message) => {
    expect(await messageOf(expression, flags)).toBe(message);
  });

  it('shows no secret of a flag that Helm cannot read', async () => {
    const flags = ['--set-json', 'auth={"token":"tok-in-json"'];
    expect(await messageOf('"x"', flags)).toBe('failed parsing --set-json data auth={"token":"••••••"');
  });
});

it('shows nothing of a password whose comma is not escaped', async () => {
  const said = 'failed parsing --set-string data: key "••••••" has no value';
  expect(await messageOf('"x"', ['--set-string', 'auth.password=first,second'])).toBe(said);
  const other = 'failed parsing --set-string data: key "second" has no value';
  expect(await messageOf('"x"', ['--set-string', 'auth.user=first,second'])).toBe(other);
});

it('shows no secret of a values file that cannot be read', async () => {
  const folder = folderWith({
    'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
    'v.yaml': 'auth:\n  password: *swordfish\n',
  });
  const { stderr } = await runMain(['render', 'app', '-f', 'v.yaml'], folder);
  expect(stderr).toContain("unknown anchor '••••••' referenced");
});

it('cuts a long message, after its secrets were masked', async () => {
  const message = await messageOf('printf "%s%s" (repeat 9940 "x") (repeat 60 .Values.auth.token)', []);
  expect(message).toMatch(/^it has x+•*… \(\d+ more characters\)$/);
});
