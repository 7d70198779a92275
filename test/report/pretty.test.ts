import { describe, expect, it } from 'vitest';
import type { PrincipleResult, Result } from '../../src/engine/result.ts';
import { reportPretty, type PrettyOptions } from '../../src/report/pretty.ts';
import { finding, lint, locate, resultOf } from './sample.ts';

function report(result: Result, options: Partial<PrettyOptions> = {}): Promise<string> {
  return reportPretty(result, { color: false, width: 80, quiet: false, verbose: false, ...options });
}

function principle(
  id: string,
  status: PrincipleResult['status'],
  changes: Partial<PrincipleResult> = {},
): PrincipleResult {
  return { id, clause: undefined, title: `Title of ${id}`, status, findings: status === 'failed' ? 1 : 0, ...changes };
}

const app = lint(
  'deploy/app.yaml',
  `# Source: app/templates/configmap.yaml
kind: ConfigMap
data:
  PORT: "8000"
  DB_PASSWORD: hunter2
`,
);
const service = lint('deploy/service.yaml', 'kind: Service\nspec:\n  ports:\n    - targetPort: 8001\n');
const secretKey = finding(locate(app, 'DB_PASSWORD'), { template: 'app/templates/configmap.yaml' });
const port = finding(locate(service, '8001'), {
  principle: 'service-port',
  clause: '7.2',
  rule: 'port-agreement',
  severity: 'warning',
  message: 'The Service sends to port 8001, but PORT is 8000.',
  help: '',
  resource: { apiVersion: 'v1', kind: 'Service', name: '', namespace: undefined },
  related: [{ message: 'PORT is set here.', location: locate(app, '"8000"') }],
});
const principles = [
  principle('secret-delegation', 'failed', { clause: '2.2', title: 'Secret keys are delegated to Secrets' }),
  principle('service-port', 'failed', { clause: '7.2', title: '서비스 포트는 하나다' }),
  principle('one-way-flow', 'passed', { clause: '1.1, 3', title: 'Values flow one way' }),
  principle('chart-layout', 'not-applicable', { clause: '5', title: '차트 파일 구조' }),
];
const result = resultOf({ sources: [app, service], findings: [secretKey, port], principles });

describe('reportPretty', () => {
  it('shows findings by file, the principles, and a summary', async () => {
    expect(await report(result)).toBe(
      `deploy/app.yaml ──────────────────────────────────────────────────────── 1 error

✗ error: ConfigMap app-config holds DB_PASSWORD, which belongs in a Secret.
  secret-delegation/configmap-no-secret-keys · clause 2.2 · Secret keys are
  delegated to Secrets
  --> deploy/app.yaml:5:3 (ConfigMap/app-config)
    3 │ data:
    4 │   PORT: "8000"
  > 5 │   DB_PASSWORD: ••••••
      │   ^^^^^^^^^^^
  from: template app/templates/configmap.yaml (the line is in the manifest)
  help: Move DB_PASSWORD to a Secret.

deploy/service.yaml ────────────────────────────────────────────────── 1 warning

▲ warning: The Service sends to port 8001, but PORT is 8000.
  service-port/port-agreement · clause 7.2 · 서비스 포트는 하나다
  --> deploy/service.yaml:4:19 (Service)
    2 │ spec:
    3 │   ports:
  > 4 │     - targetPort: 8001
      │                   ^^^^
  note: PORT is set here.
  --> deploy/app.yaml:4:9
  > 4 │   PORT: "8000"
      │         ^^^^^^

Policy observer: ✓ 1 passed, ✗ 2 failed, – 1 not applicable
  ✗ secret-delegation  2.2     Secret keys are delegated to Sec…  1 finding
  ✗ service-port       7.2     서비스 포트는 하나다               1 finding
  ✓ one-way-flow       1.1, 3  Values flow one way
  – chart-layout       5       차트 파일 구조                     not applicable
  Not applicable: nothing in the input is what these principles are about. Those
  about the files, values and environments of a chart need a chart.

✗ 1 error, 1 warning in 2 files (1 resource, policy observer)
`,
    );
  });

  it('is short when there is nothing to say', async () => {
    const clean = resultOf({ principles: [principle('one-way-flow', 'passed')], environments: ['dev', 'prod'] });
    expect(await report(clean)).toBe(`Policy observer: ✓ 1 passed
  ✓ one-way-flow  Title of one-way-flow

✓ No findings in 1 file (1 resource, environments dev and prod, policy observer)
`);
    expect(await report(clean, { quiet: true })).toBe(
      '✓ No findings in 1 file (1 resource, environments dev and prod, policy observer)\n',
    );
  });

  it('shows errors alone when it is to be quiet', async () => {
    const text = await report(result, { quiet: true });
    expect(text).toContain('✗ error: ConfigMap app-config');
    expect(text).not.toContain('▲');
    expect(text).not.toContain('one-way-flow');
    expect(text).not.toContain('  ✗ service-port');
    expect(text).toContain(`Policy observer: ✗ 1 failed
  ✗ secret-delegation  2.2  Secret keys are delegated to Secrets  1 finding

✗ 1 error, 1 warning in 2 files`);
  });

  it('counts suppressed findings, and lists them when asked', async () => {
    const suppressed = resultOf({
      sources: [app],
      findings: [{ ...secretKey, suppressed: { by: 'policy', reason: 'Moves in March.' } }],
    });
    expect(await report(suppressed)).toBe(
      '✓ No findings in 1 file (1 resource, policy observer); 1 suppressed, listed with\n--verbose\n',
    );
    expect(await report(suppressed, { verbose: true })).toBe(`1 suppressed finding

– suppressed error: ConfigMap app-config holds DB_PASSWORD, which belongs in a
  Secret.
  secret-delegation/configmap-no-secret-keys
  --> deploy/app.yaml:5:3 (ConfigMap/app-config)
  accepted: by the policy: Moves in March.

✓ No findings in 1 file (1 resource, policy observer); 1 suppressed
`);
  });

  it('sets errors of the run apart', async () => {
    const broken = lint('broken.yaml', 'a: 1\nb: [1, 2\n');
    const text = await report(
      resultOf({
        sources: [broken],
        errors: [
          { kind: 'syntax', message: 'The document ends inside a list.', location: locate(broken, '[') },
          { kind: 'render', message: 'The chart does not render:\nexecution error at 3:4\n', location: undefined },
        ],
      }),
    );
    expect(text).toBe(`The run is incomplete: 2 errors kept part of the input from being checked.

✗ syntax error: The document ends inside a list.
  --> broken.yaml:2:4
    1 │ a: 1
  > 2 │ b: [1, 2
      │    ^

✗ render error: The chart does not render:
  execution error at 3:4

✗ No findings in 1 file (1 resource, policy observer); run incomplete (2 errors)
`);
  });

  it('names values keys and the environments that a finding is only in', async () => {
    const inChart = finding(
      { file: 'chart/templates/configmap.yaml', line: 7, column: 3, endLine: 7, endColumn: 9 },
      {
        environments: ['prod'],
        template: 'app/templates/configmap.yaml',
        rendered: { file: 'app.yaml', line: 12, column: 3, endLine: 12, endColumn: 9 },
        values: [{ key: 'config.password', file: 'values-prod.yaml', line: 3, column: 5 }],
      },
    );
    const text = await report(resultOf({ environments: ['dev', 'prod'], findings: [inChart] }));
    expect(text).toContain(`  --> chart/templates/configmap.yaml:7:3 (ConfigMap/app-config, only in prod)
  from values-prod.yaml:3:5 config.password
  help: `);
  });

  it.each([40, 60, 100, 140])('never breaks places, and aligns the table, at %i columns', async (width) => {
    const text = await report(result, { width });
    expect(text).toMatch(/^ {2}--> deploy\/app\.yaml:5:3( |$)/m);
    const rows = text.split('\n').filter((line) => /^ {2}[✓✗–] [a-z]/.test(line));
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(columnsOf(row)).toBeLessThanOrEqual(width);
    const clauses = rows.map((row) => row.search(/ (2\.2|7\.2|1\.1, 3|5)( |$)/));
    expect(new Set(clauses).size).toBe(1);
  });

  it('says the same with colour as without', async () => {
    const colored = await report(result, { color: true });
    expect(colored).toContain('\u001b[31m');
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(await report(result));
  });

  it('redacts secrets in messages', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const message = `The value is ${secret}.`;
    const suppressed = { by: 'policy', reason: message } as const;
    const leaking = resultOf({
      findings: [
        { ...secretKey, message, help: message, related: [{ message, location: secretKey.location }] },
        { ...secretKey, suppressed },
      ],
      errors: [{ kind: 'render', message: `${message}\n${message}`, location: undefined }],
    });
    expect(await report(leaking, { verbose: true, width: 200 })).not.toContain(secret);
  });
});

/** Korean takes two columns. */
function columnsOf(text: string): number {
  return text.replace(/[\uac00-\ud7a3]/g, '--').length;
}

it('counts the resources without a schema when asked for more', async () => {
  const unknownKinds = [
    { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', resources: 2 },
    { apiVersion: 'example.com/v1', kind: 'Widget', resources: 1 },
  ];
  const summary = '✓ No findings in 1 file (1 resource, policy observer)\n';
  expect(await report(resultOf({ unknownKinds }))).toBe(summary);
  expect(await report(resultOf({ unknownKinds }), { verbose: true, width: 200 })).toBe(
    `${summary}3 resources without a schema, not validated: Certificate of cert-manager.io/v1 (2) and Widget of example.com/v1 (1)\n`,
  );
});

it('prints no line that a CI system takes for a command', async () => {
  const message = 'It fails:\n::error::owned\n  ##[error]owned';
  const errors = [{ kind: 'render' as const, message, location: undefined }];
  const text = await report({ ...result, errors }, { color: true });
  expect(text).toContain('\\u003a:error::owned');
  expect(text).not.toMatch(/^\s*::|##\[/m);
});
