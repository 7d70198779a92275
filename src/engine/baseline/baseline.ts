import type { Finding } from '../result.ts';

/** Findings that were accepted as they were, by their fingerprints. */
export type Baseline = ReadonlyMap<string, BaselineEntry>;

/** One accepted finding. Only its fingerprint counts; the rest is for readers. */
interface BaselineEntry {
  readonly fingerprint: string;
  readonly principle: string;
  readonly rule: string;
  readonly file: string;
}

/** Why a baseline cannot be read: a full sentence. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
}

/** The default name of a baseline. */
export const BASELINE_FILE_NAME = 'chartlint-baseline.json';

const VERSION = 1;

/** Marks the findings that a baseline accepts; what is suppressed already stays as it is. */
export function acceptBaseline(findings: readonly Finding[], baseline: Baseline | undefined): readonly Finding[] {
  if (baseline === undefined || baseline.size === 0) return findings;
  return findings.map((finding) =>
    finding.suppressed === undefined && knownFingerprints(finding).some((fingerprint) => baseline.has(fingerprint))
      ? { ...finding, suppressed: { by: 'baseline', reason: 'accepted in the baseline' } }
      : finding,
  );
}

/**
 * The entries of findings that are not suppressed already.
 * @param nameOf what the baseline calls a file
 */
export function toBaseline(findings: readonly Finding[], nameOf = (file: string): string => file): Baseline {
  const entries = findings.flatMap((finding) => {
    const { principle, rule, location } = finding;
    return fingerprintsOf(finding).map((fingerprint) => ({
      fingerprint,
      principle,
      rule,
      file: nameOf(location.file),
    }));
  });
  return new Map(entries.map((entry) => [entry.fingerprint, entry]));
}

/** All fingerprints by which a baseline may have a finding. */
export function knownFingerprints({ formerFingerprints = [], ...finding }: Finding): string[] {
  return [...fingerprintsOf(finding), ...formerFingerprints];
}

function fingerprintsOf({
  fingerprint,
  otherFingerprints = [],
}: Pick<Finding, 'fingerprint' | 'otherFingerprints'>): string[] {
  return [fingerprint, ...otherFingerprints];
}

/** A baseline as a text that changes as little as the findings do: one entry a line, in order. */
export function printBaseline(baseline: Baseline): string {
  const order = ({ file, rule, fingerprint }: BaselineEntry): string => `${file}\0${rule}\0${fingerprint}`;
  const entries = [...baseline.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const lines = entries.map(({ fingerprint, principle, rule, file }) => {
    return `    ${JSON.stringify({ fingerprint, principle, rule, file })}`;
  });
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`;
}

/**
 * Reads what `printBaseline` wrote.
 * @throws BaselineError for anything else
 */
export function parseBaseline(text: string): Baseline {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new BaselineError(
      'It is not JSON: it may be only partly written. Remove it, and write a new one with chartlint baseline.',
    );
  }
  if (!isRecord(content) || !('version' in content)) {
    throw new BaselineError('It is not a baseline. Write one with chartlint baseline.');
  }
  if (content['version'] !== VERSION) {
    const found = JSON.stringify(content['version']);
    throw new BaselineError(
      `It has version ${found}, but this chartlint reads version ${VERSION}. Remove it, and write a new one with chartlint baseline.`,
    );
  }
  const entries = content['findings'];
  if (!Array.isArray(entries) || !entries.every(isEntry)) {
    throw new BaselineError(
      'Its list of findings cannot be read. Remove it, and write a new one with chartlint baseline.',
    );
  }
  return new Map(entries.map((entry) => [entry.fingerprint, entry]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is BaselineEntry {
  return isRecord(value) && ['fingerprint', 'principle', 'rule', 'file'].every((key) => typeof value[key] === 'string');
}
