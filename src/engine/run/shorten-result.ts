import { MAX_NAME, shorten } from '../../text/shorten.ts';
import type { PathSegment } from '../../yaml/cursor.ts';
import type { Finding, PrincipleResult, ResourceName, Result, RunError } from '../result.ts';
import { shortText } from '../findings/short-text.ts';

/** UTF-16 units of a message. */
const MAX_MESSAGE = 10_000;

/** The longest path on Linux. */
const MAX_PATH = 4096;

type Shortened = Pick<Result, 'findings' | 'errors' | 'principles' | 'environments' | 'policy' | 'policies'>;

/**
 * What a run found, without names and messages that are longer than people read: a report has a line for each, in every
 * format. What tells findings apart is made of the whole texts.
 */
export function shortenResult<T extends Shortened>(result: T): T {
  return {
    ...result,
    findings: result.findings.map(shortenFinding),
    errors: result.errors.map(shortenError),
    principles: result.principles.map(shortenPrinciple),
    environments: result.environments.map(name),
    policy: { ...result.policy, name: name(result.policy.name) },
    policies: result.policies.map((policy) => ({ ...policy, name: name(policy.name) })),
  };
}

function shortenFinding(finding: Finding): Finding {
  const { message, help, title, clause, resource, path, field, values, related, environments, suppressed } = finding;
  return {
    ...finding,
    message: shortText(message, MAX_MESSAGE),
    help: shortText(help, MAX_MESSAGE),
    ...(title === undefined ? {} : { title: name(title) }),
    clause: clause === undefined ? undefined : name(clause),
    principle: name(finding.principle),
    resource: resource && shortenResource(resource),
    path: path.map(segment),
    field: field?.map(segment),
    values: values.map((value) => (value.key.length > MAX_NAME ? { ...value, key: name(value.key) } : value)),
    related: related.map((place) => ({ ...place, message: shortText(place.message, MAX_MESSAGE) })),
    environments: environments.map(name),
    suppressed: suppressed && { ...suppressed, reason: shortText(suppressed.reason, MAX_NAME) },
  };
}

function shortenResource(resource: ResourceName): ResourceName {
  const { apiVersion, kind, namespace } = resource;
  return {
    ...resource,
    apiVersion: name(apiVersion),
    kind: name(kind),
    name: name(resource.name),
    namespace: namespace === undefined ? undefined : name(namespace),
  };
}

function shortenError(error: RunError): RunError {
  const { message, help } = error;
  return {
    ...error,
    location: error.location && shortenPlace(error.location),
    message: shortText(message, MAX_MESSAGE),
    help: help === undefined ? undefined : shortText(help, MAX_MESSAGE),
  };
}

function shortenPlace<T extends { readonly file: string }>(place: T): T {
  return place.file.length > MAX_PATH ? { ...place, file: shorten(place.file, MAX_PATH) } : place;
}

function shortenPrinciple(principle: PrincipleResult): PrincipleResult {
  const { id, clause, title } = principle;
  return { ...principle, id: name(id), clause: clause === undefined ? undefined : name(clause), title: name(title) };
}

function segment(part: PathSegment): PathSegment {
  return typeof part === 'string' ? name(part) : part;
}

function name(text: string): string {
  return shorten(text, MAX_NAME);
}
