import type { ValueOrigin } from '../engine/data-flow.ts';
import type {
  Finding,
  PrincipleResult,
  RelatedLocation,
  Result,
  RunError,
  SkippedFile,
  Summary,
} from '../engine/result.ts';
import type { PolicyName } from '../policy/policy.ts';
import { redactText } from '../kube/redact.ts';
import type { Location } from '../text/source.ts';

/** What a terminal obeys or hides, and JSON does not escape by itself. In valid JSON it stands in strings alone. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A line with it is a command to GitHub Actions, Azure Pipelines or TeamCity; in valid JSON it stands in strings alone. */
const COMMAND = /#(?=#[a-z]*\[)/gi;

/** A byte of a file that is not UTF-8: `\x97` says more of it than the half of a surrogate pair that stands for it. */
const BYTE = /(?<!\\)((?:\\\\)*)\\udc([89a-f][0-9a-f])/g;

/** What `--format json` prints, as an object (`schema/report.schema.json`); what is absent there is undefined here. */
export interface Report {
  readonly version: 1;
  readonly tool: { readonly name: 'chartlint'; readonly version: string };
  readonly policy: ReportedPolicy;
  readonly policies: readonly ReportedPolicy[];
  readonly environments: readonly string[];
  readonly summary: Summary;
  readonly principles: readonly PrincipleResult[];
  readonly findings: readonly ReportedFinding[];
  readonly errors: readonly RunError[];
  readonly skipped: readonly SkippedFile[] | undefined;
}

interface ReportedPolicy {
  readonly name: string;
  readonly file: string | null;
}

type ReportedFinding = Omit<Finding, 'template' | 'field' | 'formerFingerprints'>;

/**
 * The report for programs, as text.
 * @param version chartlint's own
 */
export function reportJson(result: Result, version: string): string {
  return jsonText(makeReport(result, version));
}

/** JSON for a file or a terminal: what a terminal obeys or hides is escaped, and bytes are shown as `\x97`. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)
    .replace(BYTE, String.raw`$1\\x$2`)
    .replace(UNSAFE, escapeUnits)
    .replace(COMMAND, escapeUnits)}\n`;
}

/**
 * The report for programs, as an object.
 * @param version chartlint's own
 */
export function makeReport(result: Result, version: string): Report {
  const { errors, warnings, infos, suppressed, resources, files } = result.summary;
  // Each part is written out, so that the report has the contract's keys in the contract's order and no others.
  return {
    version: 1,
    tool: { name: 'chartlint', version },
    policy: toPolicy(result.policy),
    policies: result.policies.map(toPolicy),
    environments: result.environments,
    summary: { errors, warnings, infos, suppressed, resources, files },
    principles: result.principles.map(toPrinciple),
    findings: result.findings.map(toFinding),
    errors: result.errors.map(toError),
    skipped: result.skipped?.map(({ file, reason }) => ({ file, reason })),
  };
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

function toPolicy({ name, file }: PolicyName): ReportedPolicy {
  return { name, file: file ?? null };
}

function toPrinciple({ id, clause, title, status, findings }: PrincipleResult): PrincipleResult {
  return { id, clause, title, status, findings };
}

function toFinding(finding: Finding): ReportedFinding {
  const { resource, suppressed } = finding;
  return {
    principle: finding.principle,
    clause: finding.clause,
    rule: finding.rule,
    messageId: finding.messageId,
    cause: finding.cause,
    message: redactText(finding.message),
    help: redactText(finding.help),
    severity: finding.severity,
    environments: finding.environments,
    chart: finding.chart,
    resource: resource && {
      apiVersion: resource.apiVersion,
      kind: resource.kind,
      name: resource.name,
      namespace: resource.namespace,
    },
    path: finding.field ?? finding.path,
    location: toLocation(finding.location),
    rendered: toLocation(finding.rendered),
    values: finding.values.map(toValue),
    related: finding.related.map(toRelated),
    fingerprint: finding.fingerprint,
    suppressed: suppressed && { by: suppressed.by, reason: redactText(suppressed.reason) },
  };
}

function toLocation({ file, line, column, endLine, endColumn }: Location): Location {
  return { file, line, column, endLine, endColumn };
}

function toValue({ key, file, line, column }: ValueOrigin): ValueOrigin {
  return { key, file, line, column };
}

function toRelated({ message, location }: RelatedLocation): RelatedLocation {
  return { message: redactText(message), location: toLocation(location) };
}

function toError({ kind, message, help, location }: RunError): RunError {
  return {
    kind,
    message: redactText(message),
    help: help && redactText(help),
    location: location && toLocation(location),
  };
}
