import type { Resource } from '../../bundle/resource.ts';
import { IGNORES_PRINCIPLE, IGNORES_TITLE } from '../../policy/ignores-principle.ts';
import type { Location } from '../../text/source.ts';
import type { Finding } from '../result.ts';
import { nameInBaseline, type BaselineBase } from '../baseline/name-in-baseline.ts';
import { pickNames } from '../findings/to-findings.ts';
import type { Suppression } from './read-directive.ts';

/** What there is to say about an ignore, wherever it is written. */
interface IgnoreProblem {
  readonly messageId: 'expired' | 'unused';
  readonly message: string;
  readonly help: string;
  readonly place: Location;
  readonly resource?: Finding['resource'];
  /** What tells this ignore from others while lines move. */
  readonly identity: readonly (string | undefined)[];
}

/** A finding about an ignore: a warning of the pseudo-principle of ignores. */
export function findingOfIgnore({ messageId, message, help, place, resource, identity }: IgnoreProblem): Finding {
  return {
    principle: IGNORES_PRINCIPLE,
    clause: undefined,
    title: IGNORES_TITLE,
    rule: IGNORES_PRINCIPLE,
    messageId,
    message,
    help,
    severity: 'warning',
    environments: [],
    chart: undefined,
    resource: resource && pickNames(resource),
    path: [],
    location: place,
    rendered: place,
    template: undefined,
    values: [],
    related: [],
    fingerprint: [IGNORES_PRINCIPLE, messageId, ...identity].join(':'),
    suppressed: undefined,
  };
}

/** A directive with the object that it is an annotation of. */
export interface PlacedSuppression extends Suppression {
  readonly resource: Resource | undefined;
}

/** What became of a directive, or of one of its ids. */
export type JudgedSuppression = {
  /** The same for what is written in the same place. */
  readonly key: string;
} & (
  | { readonly state: 'used'; readonly problem?: undefined }
  | { readonly state: 'unused' | 'expired'; readonly problem: Finding }
);

/** The finding about a directive whose last day has passed. */
export function expiredSuppressionFinding(
  { by, ids, reason, until, place, resource }: PlacedSuppression,
  base: BaselineBase | undefined,
): Finding {
  return findingOfIgnore({
    messageId: 'expired',
    message: `This ignore of ${ids.join(', ')} expired on ${until}: ${reason}`,
    help: 'Fix what it was for, or agree on a new date.',
    place,
    resource,
    identity: [by, nameInBaseline(place.file, base), ...resourceNames(resource), ...ids],
  });
}

/** The finding about an id of a directive that matches nothing. */
export function unusedSuppressionFinding(
  { by, place, resource }: PlacedSuppression,
  id: string,
  base: BaselineBase | undefined,
): Finding {
  return findingOfIgnore({
    messageId: 'unused',
    message: `This ignore of ${id} matches no finding.`,
    help: by === 'comment' ? 'Remove it, or move it to the line of the finding.' : 'Remove it.',
    place,
    resource,
    identity: [by, nameInBaseline(place.file, base), ...resourceNames(resource), id],
  });
}

function resourceNames(resource: Resource | undefined): string[] {
  return resource === undefined ? [] : [resource.kind, resource.namespace ?? '', resource.name];
}

/** The findings that there are about the directives of all parts of a run. What one part needs is needed. */
export function suppressionFindings(
  suppressions: readonly JudgedSuppression[],
  about: 'unused' | 'expired',
): Finding[] {
  const used = new Set(suppressions.flatMap(({ key, state }) => (state === 'used' ? [key] : [])));
  return distinct(
    suppressions.flatMap(({ key, state, problem }) => {
      return problem !== undefined && state === about && !used.has(key) ? [problem] : [];
    }),
  );
}

/** One finding for each place and message; those alike except for their lines get numbers. */
function distinct(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const { file, line, column } = finding.location;
    byPlace.set([file, line, column, finding.message].join('\0'), finding);
  }
  const counts = new Map<string, number>();
  return [...byPlace.values()].map((finding) => {
    const count = counts.get(finding.fingerprint) ?? 0;
    counts.set(finding.fingerprint, count + 1);
    return count === 0 ? finding : { ...finding, fingerprint: `${finding.fingerprint}:${count}` };
  });
}
