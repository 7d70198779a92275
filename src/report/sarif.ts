import type { Finding, Result, RunError } from '../engine/result.ts';
import { redactText } from '../kube/redact.ts';
import type { Severity } from '../rule/rule.ts';
import type { Location } from '../text/source.ts';
import { ERROR_KINDS, errorText } from './finding-text.ts';
import { jsonText } from './json.ts';
import { sarifRules, type SarifRule } from './sarif-rule.ts';
import { artifactLocation, SOURCE_ROOT } from './sarif-uri.ts';

/** The name by which GitHub and editors know the schema. */
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): one run, with all rules of the policy.
 * @param version chartlint's own
 */
export function reportSarif(result: Result, version: string): string {
  const { policy, principles, findings, errors } = result;
  const rules = sarifRules(result);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const run = {
    tool: { driver: { name: 'chartlint', version, rules, notifications: NOTIFICATIONS } },
    invocations: [{ executionSuccessful: errors.length === 0, toolExecutionNotifications: errors.map(toNotification) }],
    originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The working directory of the run.' } } },
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) => toResult(finding, indexes)),
    properties: {
      policy: policy.name,
      principles: principles.map(({ id, clause, title, status }) => ({ id, clause, title, status })),
    },
  };
  return jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
}

const NOTIFICATIONS = Object.entries(ERROR_KINDS).map(([id, text]) => ({
  id,
  shortDescription: { text },
  fullDescription: { text: 'The run is incomplete: part of the input was not checked.' },
  help: { text: 'Correct what the message names, and run chartlint again.' },
}));

function toResult(finding: Finding, indexes: ReadonlyMap<SarifRule['id'], number>): object {
  const { rule, severity, message, help, location, resource, fingerprint, suppressed } = finding;
  return {
    ruleId: rule,
    ruleIndex: indexes.get(rule),
    level: LEVELS[severity],
    message: toMessage(help === '' ? message : `${message} ${help}`),
    locations: [
      {
        ...toLocation(location),
        logicalLocations: resource && [
          { name: resource.name, fullyQualifiedName: `${resource.kind}/${resource.name}`, kind: 'object' },
        ],
      },
    ],
    relatedLocations: relatedLocations(finding),
    partialFingerprints: { 'chartlint/v1': fingerprint },
    // An empty list says that nothing suppresses it (3.27.23); all results need one, or none.
    suppressions: suppressed === undefined ? [] : [toSuppression(suppressed)],
    properties: {
      principle: finding.principle,
      clause: finding.clause,
      messageId: finding.messageId,
      environments: finding.environments,
      chart: finding.chart,
      path: finding.field ?? finding.path,
    },
  };
}

function toSuppression({ by, reason }: NonNullable<Finding['suppressed']>): object {
  const kind = by === 'comment' || by === 'annotation' ? 'inSource' : 'external';
  return { kind, status: 'accepted', justification: redactText(reason), properties: { by } };
}

/** Other places that explain the finding, and where the values come from. The schema allows none twice. */
function relatedLocations({ related, values }: Finding): object[] {
  const locations = [
    ...related.map(({ message, location }) => ({ ...toLocation(location), message: toMessage(message) })),
    ...values.map(({ key, file, line, column }) => ({
      physicalLocation: {
        artifactLocation: artifactLocation(file),
        region: { startLine: line, startColumn: column },
      },
      message: toMessage(`set here: ${key}`),
    })),
  ];
  return [...new Map(locations.map((location) => [JSON.stringify(location), location])).values()];
}

function toNotification(error: RunError): object {
  const { kind, location } = error;
  return {
    descriptor: { id: kind },
    level: 'error',
    message: toMessage(errorText(error)),
    locations: location === undefined ? [] : [toLocation(location)],
  };
}

/** SARIF's regions are as ours: 1-based, end-exclusive. */
function toLocation({ file, line, column, endLine, endColumn }: Location) {
  return {
    physicalLocation: {
      artifactLocation: artifactLocation(file),
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

/** Braces are for placeholders (3.11.5), and `[text](place)` is a link (3.11.6). */
function toMessage(text: string): { readonly text: string } {
  return { text: redactText(text).replace(/[{}]/g, '$&$&').replaceAll('](', '] (') };
}
