import { matchesGlob } from '../text/glob.ts';
import type { PathSegment } from '../yaml/cursor.ts';
import type { Ignore } from './policy.ts';

/** What an ignore reads of a finding. */
export interface IgnorableFinding {
  readonly principle: string;
  readonly rule: string;
  readonly resource?: { readonly kind: string; readonly name: string } | undefined;
  readonly path: readonly PathSegment[];
  readonly field?: readonly PathSegment[] | undefined;
  readonly suppressed?: { readonly by: string; readonly reason: string } | undefined;
}

export interface AppliedIgnores<Finding> {
  /** All findings, in their order; what an ignore matches is marked. */
  readonly findings: readonly Finding[];
  /** Ignores that are in force and match something. */
  readonly used: readonly Ignore[];
  /** Ignores that are in force and match nothing. */
  readonly unused: readonly Ignore[];
  /** Ignores whose last day has passed; these suppress nothing. */
  readonly expired: readonly Ignore[];
}

/**
 * Marks the findings that a policy ignores. What is suppressed already stays as it is, yet makes an ignore a used one.
 * @param today as YYYY-MM-DD
 */
export function applyIgnores<Finding extends IgnorableFinding>(
  findings: readonly Finding[],
  ignores: readonly Ignore[],
  today: string,
): AppliedIgnores<Finding> {
  const expired = ignores.filter(({ until }) => until !== undefined && until < today);
  const active = ignores.filter((ignore) => !expired.includes(ignore));
  const used = new Set<Ignore>();
  const marked = findings.map((finding) => {
    const matching = active.filter((ignore) => matchesFinding(ignore, finding));
    for (const ignore of matching) used.add(ignore);
    const [first] = matching;
    if (first === undefined || finding.suppressed !== undefined) return finding;
    return { ...finding, suppressed: { by: 'policy' as const, reason: first.reason } };
  });
  return { findings: marked, used: [...used], unused: active.filter((ignore) => !used.has(ignore)), expired };
}

function matchesFinding(ignore: Ignore, finding: IgnorableFinding): boolean {
  return (
    (ignore.principle === undefined || ignore.principle === finding.principle) &&
    (ignore.rule === undefined || ignore.rule === finding.rule) &&
    (ignore.resource === undefined || matchesObject(ignore.resource, finding.resource)) &&
    [finding.path, finding.field ?? finding.path].some(
      (path) => ignore.path === undefined || matchesPath(ignore.path, path),
    )
  );
}

function matchesObject(glob: string, resource: IgnorableFinding['resource']): boolean {
  if (resource === undefined) return false;
  const slash = glob.indexOf('/');
  return matchesGlob(resource.kind, glob.slice(0, slash)) && matchesGlob(resource.name, glob.slice(slash + 1));
}

/** Whether a path begins with the globs of another. */
function matchesPath(globs: readonly PathSegment[], path: readonly PathSegment[]): boolean {
  return globs.every((glob, index) => {
    const segment = path[index];
    return segment !== undefined && matchesGlob(String(segment), String(glob));
  });
}
