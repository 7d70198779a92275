import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { reportJson } from '../../src/report/json.ts';
import { REPORT_SCHEMA } from '../../src/report/report-schema.ts';
import { finding, lint, locate, resultOf } from './sample.ts';

const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(REPORT_SCHEMA);
const manifest = lint('app.yaml', 'kind: ConfigMap\ndata:\n  DB_PASSWORD: hunter2\n');
const place = locate(manifest, 'DB_PASSWORD');

describe('reportJson', () => {
  it('has the keys of the contract in the order of the contract', () => {
    const result = resultOf({
      policy: { name: 'observer', file: 'chartlint.yaml' },
      policies: [{ name: 'observer', file: 'chartlint.yaml' }],
      environments: ['dev', 'prod'],
      principles: [
        { id: 'secret-delegation', clause: '2.2', title: 'Secret keys are delegated', status: 'failed', findings: 1 },
      ],
      findings: [
        finding(place, {
          environments: ['prod'],
          resource: { apiVersion: 'v1', kind: 'ConfigMap', name: 'app-config', namespace: 'apps' },
          template: 'app/templates/configmap.yaml',
          values: [{ key: 'config.DB_PASSWORD', file: 'values.yaml', line: 3, column: 5 }],
          related: [{ message: 'It is read here.', location: place }],
          suppressed: { by: 'policy', reason: 'Agreed.' },
        }),
      ],
      errors: [{ kind: 'syntax', message: 'Not valid YAML.', location: place }],
    });
    expect(reportJson(result, '1.2.3')).toBe(`{
  "version": 1,
  "tool": {
    "name": "chartlint",
    "version": "1.2.3"
  },
  "policy": {
    "name": "observer",
    "file": "chartlint.yaml"
  },
  "policies": [
    {
      "name": "observer",
      "file": "chartlint.yaml"
    }
  ],
  "environments": [
    "dev",
    "prod"
  ],
  "summary": {
    "errors": 0,
    "warnings": 0,
    "infos": 0,
    "suppressed": 1,
    "resources": 1,
    "files": 1
  },
  "principles": [
    {
      "id": "secret-delegation",
      "clause": "2.2",
      "title": "Secret keys are delegated",
      "status": "failed",
      "findings": 1
    }
  ],
  "findings": [
    {
      "principle": "secret-delegation",
      "clause": "2.2",
      "rule": "configmap-no-secret-keys",
      "messageId": "secretKey",
      "message": "ConfigMap app-config holds DB_PASSWORD, which belongs in a Secret.",
      "help": "Move DB_PASSWORD to a Secret.",
      "severity": "error",
      "environments": [
        "prod"
      ],
      "resource": {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "name": "app-config",
        "namespace": "apps"
      },
      "path": [
        "data",
        "DB_PASSWORD"
      ],
      "location": {
        "file": "app.yaml",
        "line": 3,
        "column": 3,
        "endLine": 3,
        "endColumn": 14
      },
      "rendered": {
        "file": "app.yaml",
        "line": 3,
        "column": 3,
        "endLine": 3,
        "endColumn": 14
      },
      "values": [
        {
          "key": "config.DB_PASSWORD",
          "file": "values.yaml",
          "line": 3,
          "column": 5
        }
      ],
      "related": [
        {
          "message": "It is read here.",
          "location": {
            "file": "app.yaml",
            "line": 3,
            "column": 3,
            "endLine": 3,
            "endColumn": 14
          }
        }
      ],
      "fingerprint": "c0ffee",
      "suppressed": {
        "by": "policy",
        "reason": "Agreed."
      }
    }
  ],
  "errors": [
    {
      "kind": "syntax",
      "message": "Not valid YAML.",
      "location": {
        "file": "app.yaml",
        "line": 3,
        "column": 3,
        "endLine": 3,
        "endColumn": 14
      }
    }
  ]
}
`);
  });

  it('leaves out what is not known, and keeps empty lists', () => {
    const result = resultOf({
      principles: [{ id: 'own', clause: undefined, title: 'Own', status: 'not-applicable', findings: 0 }],
      findings: [finding(place, { clause: undefined }), finding(place, { resource: undefined })],
      errors: [{ kind: 'input', message: 'Nothing to lint.', location: undefined }],
    });
    const report = JSON.parse(reportJson(result, '1.2.3'));
    expect(report.policy).toEqual({ name: 'observer', file: null });
    expect(Object.keys(report.principles[0])).toEqual(['id', 'title', 'status', 'findings']);
    expect(report.findings[0]).not.toHaveProperty('clause');
    expect(report.findings[0]).not.toHaveProperty('suppressed');
    expect(report.findings[0]).not.toHaveProperty('template');
    expect(report.findings[0].resource).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', name: 'app-config' });
    expect(report.findings[0]).toMatchObject({ values: [], related: [] });
    expect(report.findings[1]).not.toHaveProperty('resource');
    expect(report.errors).toEqual([{ kind: 'input', message: 'Nothing to lint.' }]);
  });

  it('escapes what a terminal would obey or hide', () => {
    const message = 'a\u001bb\u009bc\u2028d\u202ee\u2066f\u200bg\u007f';
    const json = reportJson(resultOf({ findings: [finding(place, { message })] }), '1.2.3');
    expect(json).toContain(String.raw`"message": "a\u001bb\u009bc\u2028d\u202ee\u2066f\u200bg\u007f"`);
    expect(JSON.parse(json).findings[0].message).toBe(message);
  });

  it('redacts secrets in messages', () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const message = `The value is ${secret}.`;
    const result = resultOf({
      findings: [
        finding(place, {
          message,
          help: message,
          related: [{ message, location: place }],
          suppressed: { by: 'policy', reason: message },
        }),
      ],
      errors: [{ kind: 'render', message, location: undefined }],
    });
    expect(reportJson(result, '1.2.3')).not.toContain(secret);
  });
});

describe('REPORT_SCHEMA', () => {
  const report = (): Record<string, unknown> =>
    JSON.parse(reportJson(resultOf({ findings: [finding(place)] }), '1.2.3'));

  it('accepts real reports', () => {
    const full = resultOf({
      environments: ['dev'],
      principles: [{ id: 'own', clause: undefined, title: 'Own', status: 'passed', findings: 0 }],
      findings: [
        finding(place, {
          path: ['spec', 0, 'name'],
          resource: { apiVersion: 'v1', kind: 'Pod', name: 'a', namespace: 'b' },
          values: [{ key: 'a.b', file: 'values.yaml', line: 1, column: 1 }],
          related: [{ message: 'Here.', location: place }],
          suppressed: { by: 'baseline', reason: 'Known.' },
        }),
        finding(place, { resource: undefined, clause: undefined }),
      ],
      errors: [
        { kind: 'rule', message: 'It crashed.', location: place },
        { kind: 'config', message: 'No policy.', location: undefined },
      ],
    });
    for (const result of [full, resultOf()]) {
      validate(JSON.parse(reportJson(result, '1.2.3')));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('refuses properties that it does not name, and other shapes', () => {
    expect(validate({ ...report(), more: 1 })).toBe(false);
    expect(validate({ ...report(), findings: [{ ...finding(place), more: 1 }] })).toBe(false);
    expect(validate({ ...report(), version: 2 })).toBe(false);
    expect(validate({ ...report(), policy: { name: 'a' } })).toBe(false);
  });

  it('closes every object, and describes every property that is not plain', () => {
    const open: string[] = [];
    walk(REPORT_SCHEMA, '#');
    expect(open).toEqual([]);

    function walk(schema: object, path: string): void {
      if ('properties' in schema && !('additionalProperties' in schema && schema.additionalProperties === false)) {
        open.push(path);
      }
      for (const [key, value] of Object.entries(schema)) {
        if (typeof value === 'object' && value !== null) walk(value, `${path}/${key}`);
      }
    }
  });
});
