import { requireHeap } from '../../memory/require-heap.ts';
import type { Check, Policy, Principle } from '../../policy/policy.ts';
import type { MessageData, Severity } from '../../rule/rule.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import type { SourceText } from '../../text/source.ts';
import type { RawFinding } from '../check/check-bundle.ts';
import { callOf, keysBehind, locateOrigin, valuesBehind } from './provenance.ts';
import { nameInBaseline, type BaselineBase } from '../baseline/name-in-baseline.ts';
import type { Finding, ResourceName, ShownNames } from '../result.ts';
import { factsOf, fingerprintOf } from './fingerprint.ts';
import { shortText } from './short-text.ts';
import { UNMASKED, type Mask, type UnitSecrets } from './unit-secrets.ts';

/** The chart that a file belongs to, and the environments that are made with it. */
export interface ChartFileUse {
  readonly chart: string;
  readonly environments: readonly string[];
}

const WEIGHT: Record<Severity, number> = { error: 2, warning: 1, info: 0 };

/**
 * Turns what rules reported into findings: one for each cause, with places, in a stable order.
 * @param fingerprintBase what files in fingerprints are relative to; by default the working directory
 * @param secrets what is masked in messages and names
 */
export function toFindings(
  raw: readonly RawFinding[],
  policy: Policy,
  chartFiles: ReadonlyMap<SourceText, ChartFileUse> = new Map(),
  fingerprintBase?: BaselineBase,
  secrets?: UnitSecrets,
): Finding[] {
  const rank = new Map(policy.principles.map((principle, index) => [principle.id, index]));
  const order = (a: Finding, b: Finding): number =>
    compare(a.location.file, b.location.file) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    (rank.get(a.principle) ?? 0) - (rank.get(b.principle) ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.messageId, b.messageId) ||
    compare(a.message, b.message);
  const findings = dropYielding(dropRepeated(raw))
    .map((finding) => toFinding(finding, chartFiles, fingerprintBase, secrets))
    .sort(order);
  // Files that belong to several groups are checked in each: what is found there is one finding.
  const distinct = findings.filter((finding, index) => {
    const before = findings[index - 1];
    return before === undefined || order(before, finding) !== 0 || finding.environments.length > 0;
  });
  return distinct;
}

/** Two uses of one rule in one principle may both look at an object: what they say alike is said once, as the graver. */
function dropRepeated(raw: readonly RawFinding[]): readonly RawFinding[] {
  const known = new Map<string, RawFinding>();
  const repeated = new Set<RawFinding>();
  for (const finding of raw) {
    const { principle, check, messageId, data } = finding;
    if (principle.checks.every((other) => other === check || other.ruleId !== check.ruleId)) continue;
    const key = JSON.stringify([principle.id, messageId, data, blameOf(finding, check.ruleId)]);
    const other = known.get(key);
    if (other === undefined || other.check === check) known.set(key, finding);
    else if (WEIGHT[severityOf(principle, check)] > WEIGHT[severityOf(principle, other.check)]) {
      repeated.add(other);
      known.set(key, finding);
    } else repeated.add(finding);
  }
  return repeated.size === 0 ? raw : raw.filter((finding) => !repeated.has(finding));
}

function severityOf(principle: Principle, { severity, rule }: Check): Severity {
  return severity ?? principle.severity ?? rule.meta.severity;
}

/** A rule may leave a node to another rule that has already spoken of it (`yieldsTo`). */
function dropYielding(raw: readonly RawFinding[]): readonly RawFinding[] {
  if (!raw.some(({ check }) => check.rule.meta.yieldsTo !== undefined)) return raw;
  const winners = new Set(raw.flatMap(({ check }) => check.rule.meta.yieldsTo ?? []));
  const blamed = new Set<string>();
  for (const finding of raw) {
    requireHeap();
    const { ruleId } = finding.check;
    if (winners.has(ruleId)) blamed.add(blameOf(finding, ruleId));
  }
  return raw.filter((finding) => {
    return finding.check.rule.meta.yieldsTo?.some((ruleId) => blamed.has(blameOf(finding, ruleId))) !== true;
  });
}

function blameOf({ cursor }: RawFinding, ruleId: string): string {
  const { start } = cursor.keyRange ?? cursor.range;
  return `${ruleId}\0${cursor.document.source.file}\0${start}`;
}

function toFinding(
  {
    principle,
    check,
    messageId,
    data,
    cursor,
    resource,
    related = [],
    part,
    from = [],
    decidedBy = [],
    cause,
    field,
  }: RawFinding,
  chartFiles: ReadonlyMap<SourceText, ChartFileUse>,
  fingerprintBase: BaselineBase | undefined,
  secrets: UnitSecrets | undefined,
): Finding {
  const { meta } = check.rule;
  const { source } = cursor.document;
  const { chart, environments } =
    source instanceof RenderedText
      ? { chart: source.chart, environments: [source.environment] }
      : (chartFiles.get(source) ?? { chart: undefined, environments: [] });
  const path = cursor.path;
  const call = callOf(cursor, part);
  const mask = secrets?.maskFor(placesOf({ cursor, resource, related, from })) ?? UNMASKED;
  const shown = maskData(data, mask);
  // A hash of a secret that can be guessed gives it away.
  const identity = [resource?.kind, resource?.namespace, resource?.name, stablePath(cursor).join('/')].map(
    (part) => part && mask(part),
  );
  const message = fill(meta.messages[messageId] ?? messageId, shown);
  const use = [
    nameInBaseline(chart === undefined ? source.file : chart, fingerprintBase),
    principle.id,
    check.ruleId,
    messageId,
  ];
  return {
    principle: principle.id,
    clause: principle.clause,
    title: principle.title,
    rule: check.ruleId,
    messageId,
    cause,
    message,
    help: fill(typeof meta.help === 'string' ? meta.help : (meta.help[messageId] ?? ''), shown),
    severity: lesser(severityOf(principle, check), meta.severities?.[messageId]),
    environments,
    chart,
    resource,
    path,
    field,
    location: locateOrigin(cursor, part),
    rendered: source.locate(part ?? cursor.range),
    template: resource?.template,
    values: valuesBehind(
      [...(part === undefined ? [cursor] : []), ...from.filter(({ exists }) => exists)],
      [...(part === undefined ? [] : keysBehind(cursor.document, part)), ...decidedBy],
    ),
    related: [
      ...related.map((place) => ({
        message: shortText(mask(place.message), MAX_QUOTED),
        location: locateOrigin(place.cursor),
      })),
      ...(call === undefined ? [] : [{ message: 'The helper is called here.', location: call }]),
    ],
    // The same in every environment: what differs between them has findings of its own.
    fingerprint: fingerprintOf([...use, factsOf(meta.messages[messageId] ?? '', shown, cause), ...identity]),
    formerFingerprints: [fingerprintOf([...use, message, ...identity])],
    suppressed: undefined,
    ...(mask === UNMASKED ? {} : { shownNames: maskNames({ resource, path, field }, mask) }),
  };
}

/** The places that the texts of a finding may be about. */
function placesOf({
  cursor,
  resource,
  related = [],
  from = [],
}: Pick<RawFinding, 'cursor' | 'resource' | 'related' | 'from'>): Cursor[] {
  const { cursor: object } = resource ?? {};
  const names = object === undefined ? [] : [object.at('metadata', 'name'), object.at('metadata', 'namespace')];
  const type = object === undefined ? [] : [object.at('kind'), object.at('apiVersion')];
  return [cursor, ...names, ...type, ...from, ...related.map((place) => place.cursor)];
}

function maskData(data: MessageData, mask: Mask): MessageData {
  if (mask === UNMASKED) return data;
  return Object.fromEntries(Object.entries(data).map(([hole, value]) => [hole, mask(String(value))]));
}

function maskNames({ resource, path, field }: ShownNames, mask: Mask): ShownNames {
  const maskPath = (keys: Finding['path']): Finding['path'] => {
    return keys.map((key) => (typeof key === 'string' ? mask(key) : key));
  };
  return {
    resource: resource && {
      ...resource,
      apiVersion: mask(resource.apiVersion),
      kind: mask(resource.kind),
      name: mask(resource.name),
      namespace: resource.namespace && mask(resource.namespace),
    },
    path: maskPath(path),
    field: field && maskPath(field),
  };
}

/** What reports say about an object: no more than its names. */
export function pickNames({ apiVersion, kind, name, namespace }: ResourceName): ResourceName {
  return { apiVersion, kind, name, namespace };
}

/** UTF-16 units of what a message quotes. */
const MAX_QUOTED = 4000;

/** Fills the holes of a message; a hole without data stays visible. */
function fill(text: string, data: MessageData): string {
  return text.replace(/\{\{(\w+)\}\}/g, (hole, name: string) =>
    Object.hasOwn(data, name) ? shortText(String(data[name]), MAX_QUOTED) : hole,
  );
}

function lesser(severity: Severity, other: Severity | undefined): Severity {
  return other !== undefined && WEIGHT[other] < WEIGHT[severity] ? other : severity;
}

/** List items by their names where they have one, so that inserting an item moves no fingerprint. */
function stablePath(cursor: Cursor): (string | number)[] {
  if (cursor.parent === undefined || cursor.segment === undefined) return [];
  const name = typeof cursor.segment === 'number' ? cursor.at('name').string : undefined;
  return [...stablePath(cursor.parent), name === undefined ? cursor.segment : `name=${name}`];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
