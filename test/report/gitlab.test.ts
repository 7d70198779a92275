import { describe, expect, it } from 'vitest';
import { reportGitlab } from '../../src/report/gitlab.ts';
import { HOSTILE, PLACE, SECRET, largeResult, resultCalled, resultTelling, sampleResult } from './hostile.ts';
import { finding, resultOf } from './sample.ts';

describe('reportGitlab', () => {
  it('has what GitLab asks for, of the findings that count', () => {
    expect(JSON.parse(reportGitlab(sampleResult()))).toEqual([
      {
        description: 'ConfigMap app-config holds DB_PASSWORD, which belongs in a Secret. Move DB_PASSWORD to a Secret.',
        check_name: 'secret-delegation/configmap-no-secret-keys',
        fingerprint: 'c0ffee',
        severity: 'critical',
        location: { path: 'app.yaml', lines: { begin: 3 } },
      },
    ]);
  });

  it.each([
    ['error', 'critical'],
    ['warning', 'minor'],
    ['info', 'info'],
  ] as const)('calls %s %s', (severity, expected) => {
    expect(JSON.parse(reportGitlab(resultOf({ findings: [finding(PLACE, { severity })] })))[0].severity).toBe(expected);
  });

  it('tells of errors of the run, with fingerprints that stay when lines move', () => {
    const read = (line: number, message: string) => {
      const location = { ...PLACE, line };
      return JSON.parse(reportGitlab(resultOf({ errors: [{ kind: 'syntax', message, location }] })))[0];
    };
    expect(read(3, 'Not valid YAML.')).toMatchObject({
      description: 'syntax error: Not valid YAML.',
      check_name: 'chartlint/syntax',
      severity: 'blocker',
      location: { path: 'app.yaml', lines: { begin: 3 } },
    });
    expect(read(3, 'Not valid YAML.').fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(read(9, 'Not valid YAML.').fingerprint).toBe(read(3, 'Not valid YAML.').fingerprint);
    expect(read(3, 'Another.').fingerprint).not.toBe(read(3, 'Not valid YAML.').fingerprint);
  });

  it('blames the policy file for errors without a place, else the folder', () => {
    const errors = [{ kind: 'config', message: 'No such rule.', location: undefined }] as const;
    const pathOf = (file: string | undefined) =>
      JSON.parse(reportGitlab(resultOf({ errors, policy: { name: 'own', file } })))[0].location;
    expect(pathOf('chartlint.yaml')).toEqual({ path: 'chartlint.yaml', lines: { begin: 1 } });
    expect(pathOf(undefined)).toEqual({ path: '.', lines: { begin: 1 } });
  });

  it('gives every entry a fingerprint of its own', () => {
    const entries: { fingerprint: string }[] = JSON.parse(reportGitlab(largeResult(5_000)));
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(5_000);
  });

  it('takes hostile names and nothing at all, and shows no secrets', () => {
    expect(JSON.parse(reportGitlab(resultCalled(HOSTILE)))[2].location.path).toBe(HOSTILE);
    expect(reportGitlab(resultTelling(SECRET))).not.toContain(SECRET);
    expect(reportGitlab(resultOf())).toBe('[]\n');
  });
});
