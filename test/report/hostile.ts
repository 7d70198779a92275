import type { Result } from '../../src/engine/result.ts';
import { finding, lint, locate, resultOf } from './sample.ts';

export const SECRET = `ghp_${'a1B2'.repeat(9)}`;

/** What the formats give a meaning to, in one name. */
export const HOSTILE = 'a%b\nc]]>d|e::f,g<!--@h`i\u001bj\u202e한😀{0}[k](l)&amp;"\'';

const app = lint('app.yaml', 'kind: ConfigMap\ndata:\n  DB_PASSWORD: hunter2\n');
export const PLACE = locate(app, 'DB_PASSWORD');

/** A result in which everything that the input or the policy can name is called so. */
export function resultCalled(name: string): Result {
  const location = { ...PLACE, file: name };
  const odd = finding(location, {
    ...{ principle: name, clause: name, rule: name, messageId: name, message: name, help: name, chart: name },
    resource: { apiVersion: name, kind: name, name, namespace: name },
    path: [name],
    environments: [name],
    values: [{ key: name, file: name, line: 3, column: 5 }],
    related: [{ message: name, location }],
    fingerprint: name,
  });
  return resultOf({
    policy: { name, file: name },
    environments: [name, 'prod'],
    sources: [lint(name, 'a: b\n')],
    principles: [{ id: name, clause: name, title: name, status: 'failed', findings: 1 }],
    findings: [odd, { ...odd, suppressed: { by: 'comment', reason: name } }],
    errors: [
      { kind: 'syntax', message: name, location },
      { kind: 'config', message: name, location: undefined },
    ],
  });
}

/** A result with a secret in every text that a rule or Helm wrote. */
export function resultTelling(secret: string): Result {
  const message = `The value is ${secret}.`;
  const telling = finding(PLACE, { message, help: message, related: [{ message, location: PLACE }] });
  return resultOf({
    sources: [app],
    findings: [telling, { ...telling, suppressed: { by: 'policy', reason: message } }],
    errors: [{ kind: 'render', message, location: undefined }],
  });
}

/** Two principles, of which one failed in one of two environments, with a suppressed finding. */
export function sampleResult(): Result {
  const values = { key: 'config.DB_PASSWORD', file: 'values-prod.yaml', line: 3, column: 5 };
  return resultOf({
    environments: ['dev', 'prod'],
    sources: [app],
    principles: [
      { id: 'secret-delegation', clause: '2.2', title: 'Secret keys are delegated', status: 'failed', findings: 1 },
      { id: 'probes', clause: undefined, title: 'Probes are wired', status: 'passed', findings: 0 },
      { id: 'volumes', clause: '4', title: 'Volumes are named', status: 'not-applicable', findings: 0 },
    ],
    findings: [
      finding(PLACE, { environments: ['prod'], chart: 'charts/app', values: [values] }),
      finding(PLACE, {
        ...{ principle: 'probes', clause: undefined, rule: 'probe-budget', severity: 'warning' },
        ...{ message: 'The budget is short.', help: '', fingerprint: 'd0d0' },
        environments: ['dev', 'prod'],
        suppressed: { by: 'comment', reason: 'Agreed.' },
      }),
    ],
  });
}

/** Many findings in many files; a reporter that is not linear does not come back. */
export function largeResult(total: number): Result {
  const findings = Array.from({ length: total }, (_, index) => {
    return finding({ ...PLACE, file: `file-${index % 500}.yaml`, line: index + 1, endLine: index + 1 });
  });
  const principles = [
    { id: 'secret-delegation', clause: '2.2', title: 'Secrets', status: 'failed', findings: total } as const,
  ];
  return resultOf({ principles, findings });
}
