import type { Bundle } from '../../src/bundle/bundle.ts';
import { claimsOf, type Claim } from '../../src/bundle/claim.ts';
import { danglingMounts, mountedVolumes } from '../../src/bundle/mount.ts';
import { isLongRunning, type Workload } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { isGlob, matchesAnyGlob, matchesGlob, namedLike } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

export default defineRule({
  scope: 'bundle',
  selects: 'workload',
  meta: {
    summary: 'Require the agreed PersistentVolumeClaims, and no others, to be claimed and mounted',
    why:
      'Data lives in the claims that were agreed on: under another name a Pod starts with an empty volume or hangs in ' +
      'Pending, and without a mount its files are lost with the container.',
    help: {
      missing: 'Add a volume with claimName {{wanted}} to {{kind}} {{workload}}.',
      other: '{{remedy}}.',
      unmounted: 'Add a volumeMount named {{volume}} to a container of {{kind}} {{workload}}.',
      object: 'Rename PersistentVolumeClaim {{found}} to {{wanted}}.',
    },
    references: ['https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes'],
    severity: 'error',
    recommended: false,
    messages: {
      missing: '{{kind}} {{workload}} does not claim {{claim}}.',
      other: '{{kind}} {{workload}} claims {{found}}{{hint}}; expected {{expected}}.',
      unmounted: '{{kind}} {{workload}} claims {{claim}} as volume {{volume}}, but no container mounts it.',
      object: 'PersistentVolumeClaim {{found}} is claimed by no workload{{hint}}; expected {{expected}}.',
    },
    options: {
      type: 'object',
      properties: {
        claims: {
          type: 'array',
          items: { type: 'string' },
          minItems: 1,
          description: 'Names of the claims, as globs; together, the workloads must claim one for each.',
        },
      },
      required: ['claims'],
    },
  },
  check({ bundle, selected }, { options, report }) {
    const { claims } = options;
    const used = selected.flatMap(claimsOf);
    const others = used.filter(({ name }) => !matchesAnyGlob(name, claims));
    const missing = claims.filter((glob) => !used.some(({ name }) => matchesGlob(name, glob)));
    const meant = pair([...new Set(others.map(({ name }) => name))], missing);

    for (const { name, place, workload } of others) {
      const expected = meant.get(name) ?? claims.join(' or ');
      const remedy = remedyFor(place, { found: name, expected, workload });
      report(place, 'other', {
        ...describeWorkload(workload),
        found: name,
        expected,
        hint: hint(name, expected),
        remedy,
      });
    }
    const home = homeOf(selected, used, claims);
    const paired = new Set(meant.values());
    // A mount without its volume is what is left of a claim that was removed.
    const orphans = danglingMounts(home).map(({ place }) => place);
    for (const claim of missing) {
      // A workload that could not be read may use it.
      if (paired.has(claim) || bundle.mayHoldWorkload()) continue;
      report(orphans.shift() ?? home.podSpec.at('volumes'), 'missing', {
        ...describeWorkload(home),
        claim,
        wanted: namedLike(claim),
      });
    }
    for (const glob of claims) {
      const matching = used.filter(({ name }) => matchesGlob(name, glob));
      const [claim] = matching;
      if (claim === undefined || matching.some(isMounted)) continue;
      const volume = claim.volume.text ?? '';
      // A mount with a mistyped name is where this went wrong.
      const dangling = danglingMounts(claim.workload).map(({ place }) => place);
      const mistyped = dangling.find((place) => nearMiss(place.string ?? '', [volume]) !== undefined);
      const place = mistyped ?? (dangling.length === 1 ? dangling[0] : undefined) ?? claim.volume;
      report(place, 'unmounted', { ...describeWorkload(claim.workload), claim: claim.name, volume });
    }
    for (const { place, found, expected } of strayObjects(bundle, claims)) {
      report(place, 'object', { found, expected, hint: hint(found, expected), wanted: namedLike(expected) });
    }
  },
});

function isMounted({ workload, volume }: Claim): boolean {
  return workload.containers.some((container) => mountedVolumes(container).some(({ text }) => text === volume.text));
}

/** The workload that should claim what nobody claims: the one with the most of these claims. */
function homeOf(selected: readonly Workload[], used: readonly Claim[], claims: readonly string[]): Workload {
  const scores = new Map(selected.map((workload) => [workload, isLongRunning(workload) ? 1 : 0]));
  for (const { workload, name } of used) {
    scores.set(workload, (scores.get(workload) ?? 0) + (matchesAnyGlob(name, claims) ? 4 : 2));
  }
  return selected.reduce((best, workload) => ((scores.get(workload) ?? 0) > (scores.get(best) ?? 0) ? workload : best));
}

/** Claims of the input that nobody uses, if an expected one is not in the input. */
function strayObjects(bundle: Bundle, claims: readonly string[]): { place: Cursor; found: string; expected: string }[] {
  const objects = bundle.ofKind('', 'PersistentVolumeClaim');
  if (objects.length === 0 || bundle.mayHoldWorkload() || bundle.mayHold('PersistentVolumeClaim')) return [];
  const missing = claims.filter((glob) => !objects.some(({ name }) => matchesGlob(name, glob)));
  const used = bundle.workloads.flatMap(claimsOf);
  const names = new Set(used.map(({ name }) => name));
  const stray = objects.filter(({ name }) => {
    const ofFirstPod = name.replace(/-\d+$/, '-0');
    return name !== '' && !names.has(name) && !names.has(ofFirstPod) && !matchesAnyGlob(name, claims);
  });
  const meant = pair(
    stray.map(({ name }) => name),
    missing,
  );
  return stray.flatMap(({ cursor, name }) => {
    const expected = meant.get(name);
    return expected === undefined ? [] : [{ place: cursor.at('metadata', 'name'), found: name, expected }];
  });
}

/** Which missing name each wrong one stands for: the nearest, else the next that is left. One cause, one finding. */
function pair(wrong: readonly string[], missing: readonly string[]): Map<string, string> {
  const pairs = new Map<string, string>();
  const left = new Set(missing);
  for (const isNear of [true, false]) {
    for (const name of wrong) {
      if (pairs.has(name)) continue;
      const names = [...left];
      const found = isNear
        ? nearMiss(
            name,
            names.filter((other) => !isGlob(other)),
          )
        : names[0];
      if (found === undefined) continue;
      pairs.set(name, found);
      left.delete(found);
    }
  }
  return pairs;
}

/** The claim of a template is called after the template, the StatefulSet and the Pod: only the template can be renamed. */
function remedyFor(
  place: Cursor,
  { found, expected, workload }: { readonly found: string; readonly expected: string; readonly workload: Workload },
): string {
  if (!place.path.includes('volumeClaimTemplates')) return `Change ${found} to ${namedLike(expected)}`;
  const ending = `-${workload.resource.name}-0`;
  const template = expected.endsWith(ending) ? expected.slice(0, -ending.length) : '';
  return template === ''
    ? `A claim of this template is always called NAME${ending}: mount a claim called ${namedLike(expected)} as a volume instead, or agree on ${found}`
    : `Rename the volumeClaimTemplate to ${namedLike(template)}`;
}

function hint(found: string, expected: string): string {
  return nearMiss(found, [expected]) === undefined ? '' : ` (did you mean ${expected}?)`;
}

function describeWorkload({ resource }: Workload): { kind: string; workload: string } {
  return { kind: resource.kind, workload: resource.name };
}
