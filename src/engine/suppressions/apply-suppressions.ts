import type { Location } from '../../text/source.ts';
import type { BaselineBase } from '../baseline/name-in-baseline.ts';
import type { Finding, RunError } from '../result.ts';
import {
  expiredSuppressionFinding,
  unusedSuppressionFinding,
  type JudgedSuppression,
  type PlacedSuppression,
} from './ignore-findings.ts';
import { judgedIds } from './ignore-ids.ts';
import { SuppressionIndex, type SuppressionSources } from './suppression-index.ts';

export interface SuppressRequest extends SuppressionSources {
  /** Of all environments. */
  readonly findings: readonly Finding[];
  /** The day of the run, as YYYY-MM-DD. */
  readonly today: string;
  /** What files in fingerprints are relative to; by default the working directory. */
  readonly fingerprintBase?: BaselineBase | undefined;
}

export interface Suppressed {
  /** All findings, in their order; what a comment or an annotation accepts is marked. */
  readonly findings: readonly Finding[];
  /** Comments and annotations that cannot be followed. */
  readonly errors: readonly RunError[];
  readonly suppressions: readonly JudgedSuppression[];
}

/**
 * Marks the findings that a comment accepts, in the line of their place, of their place in the manifest or of one of
 * their values keys, or else an annotation of their object. What is suppressed already stays as it is, yet makes a
 * comment a used one.
 */
export function applySuppressions({ findings, today, fingerprintBase, ...sources }: SuppressRequest): Suppressed {
  const index = new SuppressionIndex(sources);
  const expired = new Set(index.all.filter(({ until }) => until !== undefined && until < today));
  const used = new Set<string>();
  const marked = findings.map((finding) => {
    const accepting = index
      .around(finding)
      .filter((directive) => !expired.has(directive) && accepts(directive, finding));
    for (const directive of accepting) {
      for (const id of [finding.principle, finding.rule]) used.add(suppressionKey(directive, id));
    }
    const [first] = accepting;
    if (first === undefined || finding.suppressed !== undefined) return finding;
    return { ...finding, suppressed: { by: first.by, reason: first.reason } };
  });
  const judged = judgedIds(sources.policy);
  return {
    findings: marked,
    errors: index.faults
      .toSorted((a, b) => comparePlaces(a.place, b.place))
      .map(({ message, place }) => ({ kind: 'config', message, location: place })),
    suppressions: index.all.flatMap((directive): JudgedSuppression[] => {
      const ids = directive.ids.filter((id) => judged.has(id));
      if (expired.has(directive)) {
        return ids.length === 0
          ? []
          : [
              {
                key: suppressionKey(directive, ''),
                state: 'expired',
                problem: expiredSuppressionFinding(directive, fingerprintBase),
              },
            ];
      }
      return ids.map((id) => {
        const key = suppressionKey(directive, id);
        return used.has(key)
          ? { key, state: 'used' }
          : { key, state: 'unused', problem: unusedSuppressionFinding(directive, id, fingerprintBase) };
      });
    }),
  };
}

function accepts({ ids }: PlacedSuppression, { principle, rule }: Finding): boolean {
  return ids.includes(principle) || ids.includes(rule);
}

/** What is written once is used when one of the environments that it is in needs it. */
function suppressionKey({ by, place: { file, line, column } }: PlacedSuppression, id: string): string {
  return [by, file, line, column, id].join('\0');
}

/** The order of places in a report. */
export function comparePlaces(a: Location, b: Location): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
