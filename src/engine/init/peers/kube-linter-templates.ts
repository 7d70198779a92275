import type { Cursor } from '../../../yaml/cursor.ts';
import { listOf } from './configuration.ts';
import type { PeerCheck } from './peer-check.ts';

type Uses = PeerCheck['uses'];
type Read = (params: Cursor) => object | undefined;

/** Templates with params, and the rule that asks the same; undefined where these params cannot be said. */
const TEMPLATES: Readonly<Record<string, readonly [rule: string, read: Read]>> = {
  'required-label': ['label-required', keyAndValue],
  'required-annotation': ['annotation-required', keyAndValue],
  'forbidden-annotation': ['annotation-forbidden', forbiddenKey],
  'minimum-replicas': ['minimum-replicas', number('minReplicas', 'min')],
  'hpa-minimum-replicas': ['hpa-minimum-replicas', number('minReplicas', 'min')],
  'anti-affinity': ['anti-affinity', number('minReplicas', 'minReplicas')],
  'forbidden-service-types': ['service-type', list('forbiddenServiceTypes', 'types')],
  'priority-class-name': ['priority-class-accepted', list('acceptedPriorityClassNames', 'accepted')],
  'verify-container-capabilities': ['dangerous-capabilities', capabilities],
  'host-mounts': ['sensitive-host-mounts', directories],
  'cpu-requirements': ['resources-required', requirements('cpu', 'Millis')],
  'memory-requirements': ['resources-required', requirements('memory', 'MB')],
  'dnsconfig-options': ['dns-options', dnsOption],
};

/** Templates without params, and the built-in check that is made of each. */
const PLAIN: Readonly<Record<string, string>> = {
  privileged: 'privileged-container',
  'read-only-root-fs': 'no-read-only-root-fs',
  'run-as-non-root': 'run-as-non-root',
  'host-ipc': 'host-ipc',
  'host-network': 'host-network',
  'host-pid': 'host-pid',
  'liveness-probe': 'no-liveness-probe',
  'readiness-probe': 'no-readiness-probe',
  'privilege-escalation-container': 'privilege-escalation-container',
  'privileged-ports': 'privileged-ports',
  'use-namespace': 'use-namespace',
  'wildcard-in-rules': 'wildcard-in-rules',
  'writable-host-mount': 'writable-host-mount',
  'read-secret-from-env-var': 'read-secret-from-env-var',
  'non-isolated-pod': 'non-isolated-pod',
  'no-node-affinity': 'no-node-affinity',
  'duplicate-env-var': 'duplicate-env-var',
  'dangling-service': 'dangling-service',
  'pdb-max-unavailable': 'pdb-max-unavailable',
  'pdb-min-available': 'pdb-min-available',
};

/** What a check of one's own asks, and the built-in check of a template without params. */
export function customCheck(template: string, params: Cursor): Uses | undefined {
  const found = TEMPLATES[template];
  if (found === undefined) return undefined;
  const [rule, read] = found;
  const options = read(params);
  return options === undefined ? undefined : [{ rule, with: options }];
}

/** The built-in check of a template that takes no params. */
export function plainTemplate(template: string): string | undefined {
  return PLAIN[template];
}

function keyAndValue(params: Cursor): { readonly key: string; readonly value: string } | undefined {
  const key = globOf(params.at('key').text);
  const value = params.at('value').exists ? globOf(params.at('value').text) : '*';
  return key === undefined || value === undefined ? undefined : { key, value };
}

function forbiddenKey(params: Cursor): object | undefined {
  const found = keyAndValue(params);
  return found && { keys: [found.key], value: found.value };
}

function number(from: string, to: string): Read {
  return (params) => {
    const value = params.at(from).number;
    return value === undefined ? {} : { [to]: value };
  };
}

function list(from: string, to: string): Read {
  return (params) => ({ [to]: listOf(params.at(from)) });
}

function capabilities(params: Cursor): object | undefined {
  const forbidden = listOf(params.at('forbiddenCapabilities'));
  return params.at('exceptions').items().length > 0 ? undefined : { capabilities: forbidden };
}

function directories(params: Cursor): object | undefined {
  const paths = listOf(params.at('dirs')).map(globOf);
  return paths.every((path) => path !== undefined) ? { paths } : undefined;
}

function dnsOption(params: Cursor): object {
  return {
    name: params.at('key').text ?? params.at('Key').text ?? '',
    value: params.at('value').text ?? params.at('Value').text ?? '',
  };
}

/** That a request or limit is there: the only range that a rule of ours asks for. */
function requirements(resource: string, unit: string): Read {
  return (params) => {
    const lower = params.at(`lowerBound${unit}`).number ?? 0;
    const upper = params.at(`upperBound${unit}`).number;
    if (lower !== 0 || upper !== 0) return undefined;
    const type = params.at('requirementsType').text;
    const types = type === 'any' ? ['request', 'limit'] : [type];
    return { require: types.map((each) => `${each}s.${resource}`) };
  };
}

/** A regular expression that a glob can say: a text, with `.*` and `.+`, and maybe anchors. */
function globOf(expression: string | undefined): string | undefined {
  if (expression === undefined) return undefined;
  const inner = expression.replace(/^\^/, '').replace(/\$$/, '');
  const parts = inner.split(/\.[*+]/).map((part) => part.replace(/\\([./-])/g, '$1'));
  // An unescaped dot in a key such as example.com/owner means a dot.
  return parts.every((part) => /^[\w./ @:-]*$/.test(part)) ? parts.join('*') : undefined;
}
