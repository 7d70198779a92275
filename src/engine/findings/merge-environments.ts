import { requireHeap } from '../../memory/require-heap.ts';
import type { Finding } from '../result.ts';
import { fingerprintOf } from './fingerprint.ts';

/**
 * Makes one finding of those in several environments that have the same message at the same place. Objects with a
 * different name in each environment are the same when every environment has one of them.
 */
export function mergeEnvironments(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  const alone: Finding[] = [];
  for (const finding of findings) {
    requireHeap();
    if (finding.environments.length === 0) alone.push(finding);
    else append(groups, keyWithoutName(finding), finding);
  }
  const merged = [...groups.values()].flatMap((group) => {
    const environments = new Set(group.flatMap((finding) => finding.environments));
    if (group.length === environments.size) return [mergeGroup(group)];
    const byName = new Map<string, Finding[]>();
    for (const finding of group) append(byName, keyByName(finding), finding);
    return [...byName.values()].map(mergeGroup);
  });
  return [...alone, ...merged];
}

function keyWithoutName(finding: Finding): string {
  const { chart, principle, rule, messageId, message, path, location, resource, suppressed } = finding;
  const { file, line, column } = location;
  const place = [chart, file, line, column, resource?.kind, path];
  return JSON.stringify([principle, rule, messageId, withoutName(message, resource?.name), place, suppressed]);
}

/** Mostly, a message names its object. */
function withoutName(message: string, name: string | undefined): string {
  return name === undefined || name === '' ? message : message.replaceAll(name, '\0');
}

function keyByName({ resource }: Finding): string {
  return JSON.stringify([resource?.name, resource?.namespace]);
}

function mergeGroup(group: readonly Finding[]): Finding {
  const [first] = group;
  if (first === undefined) throw new Error('A group has a finding.');
  if (group.length === 1) return first;
  const values = new Map(group.flatMap((finding) => finding.values.map((value) => [JSON.stringify(value), value])));
  const environments = [...new Set(group.flatMap((finding) => finding.environments))];
  const fingerprints = new Set(group.map(({ fingerprint }) => fingerprint));
  fingerprints.delete(first.fingerprint);
  return {
    ...first,
    environments,
    values: [...values.values()],
    otherFingerprints: [...fingerprints],
    formerFingerprints: [...new Set(group.flatMap(({ formerFingerprints = [] }) => formerFingerprints))],
  };
}

function append<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

/** Findings that nothing but their line tells apart still need fingerprints of their own. */
export function numberTwins(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  const number = (fingerprint: string): string => {
    const count = counts.get(fingerprint) ?? 0;
    counts.set(fingerprint, count + 1);
    return count === 0 ? fingerprint : fingerprintOf([fingerprint, String(count)]);
  };
  return findings.map((finding) => {
    const fingerprint = number(finding.fingerprint);
    const otherFingerprints = finding.otherFingerprints?.map(number);
    const formerFingerprints = finding.formerFingerprints?.map(number);
    // Almost all are the only ones of theirs, and stay as they are.
    const isSame =
      fingerprint === finding.fingerprint &&
      isEqual(otherFingerprints, finding.otherFingerprints) &&
      isEqual(formerFingerprints, finding.formerFingerprints);
    return isSame ? finding : { ...finding, fingerprint, otherFingerprints, formerFingerprints };
  });
}

function isEqual(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === b || (a?.every((text, index) => text === b?.[index]) ?? false);
}
