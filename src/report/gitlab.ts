import type { Result, RunError } from '../engine/result.ts';
import { redactText } from '../kube/redact.ts';
import type { Severity } from '../rule/rule.ts';
import { ERROR_KINDS, errorText } from './finding-text.ts';
import { jsonText } from './json.ts';
import { fingerprintOf } from '../engine/findings/fingerprint.ts';

/**
 * GitLab has info, minor, major, critical and blocker. A blocker is what keeps the run from being trusted; nothing is
 * major, so that what fails the gate by default stands apart from what does not.
 */
const SEVERITIES: Readonly<Record<Severity, Violation['severity']>> = {
  error: 'critical',
  warning: 'minor',
  info: 'info',
};

/** One entry of a Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). */
interface Violation {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** A Code Quality report: the errors of the run, and the findings that count. */
export function reportGitlab({ findings, errors, policy }: Result): string {
  const violations = errors.map((error) => ofError(error, policy.file ?? '.'));
  for (const { suppressed, principle, rule, message, help, fingerprint, severity, location } of findings) {
    if (suppressed !== undefined) continue;
    violations.push({
      description: redactText(help === '' ? message : `${message} ${help}`),
      check_name: `${principle}/${rule}`,
      fingerprint,
      severity: SEVERITIES[severity],
      location: { path: location.file, lines: { begin: location.line } },
    });
  }
  return jsonText(withOwnFingerprints(violations));
}

function ofError(error: RunError, elsewhere: string): Violation {
  const { kind, location } = error;
  const path = location?.file ?? elsewhere;
  const description = `${ERROR_KINDS[kind]}: ${redactText(errorText(error))}`;
  return {
    description,
    check_name: `chartlint/${kind}`,
    // Without the line, so that it stays the same when lines move.
    fingerprint: fingerprintOf([kind, path, description]),
    severity: 'blocker',
    location: { path, lines: { begin: location?.line ?? 1 } },
  };
}

/** GitLab shows only the first of those with the same fingerprint. */
function withOwnFingerprints(violations: readonly Violation[]): Violation[] {
  const counts = new Map<string, number>();
  return violations.map((violation) => {
    const { fingerprint } = violation;
    const seen = counts.get(fingerprint) ?? 0;
    counts.set(fingerprint, seen + 1);
    return seen === 0 ? violation : { ...violation, fingerprint: fingerprintOf([fingerprint, String(seen)]) };
  });
}
