import { all, checkFormat, each, fields, is, mustBe, required, withFeature } from './checks.ts';
import type { Check, Field } from './field.ts';
import {
  CONFIG_KEY,
  DNS_LABEL,
  DNS_SUBDOMAIN,
  ENVIRONMENT_NAME,
  QUALIFIED_NAME,
  RELAXED_ENVIRONMENT_NAME,
} from './formats.ts';
import { withoutBacksteps } from './path.ts';
import { nanosOf, quantityOf } from './quantity.ts';

const variableName: Check = (field) => {
  const format = field.api.has('relaxedEnvironmentNames') ? RELAXED_ENVIRONMENT_NAME : ENVIRONMENT_NAME;
  if (field.text !== '') checkFormat(field, format);
};

const keyRef = fields({ key: required(is(CONFIG_KEY)) }, (reference) => {
  const name = reference.at('name');
  if (name.isEmpty) name.invalid(name.isSet ? 'is empty' : 'is missing', 'Name the object that holds the key');
  else checkFormat(name, DNS_SUBDOMAIN);
});

const fileKeyRef = fields({
  key: required(is(RELAXED_ENVIRONMENT_NAME)),
  volumeName: required(is(DNS_LABEL)),
  path: required(withoutBacksteps),
});

const OF_OBJECT = ['metadata.name', 'metadata.namespace', 'metadata.uid'];
const OF_CONTAINER = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [`limits.${name}`, `requests.${name}`]);

/** What variables can take from the Pod. */
const ENVIRONMENT_PATHS = [
  ...OF_OBJECT,
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** What files of a downward API volume can hold of the Pod. */
export const FILE_PATHS = [...OF_OBJECT, 'metadata.labels', 'metadata.annotations'];

/** `fieldRef`: a field of the Pod, or one of its labels or annotations. */
export function fieldRef(allowed: readonly string[]): Check {
  return (reference) => {
    const version = reference.at('apiVersion');
    const path = reference.at('fieldPath');
    if (path.isEmpty) path.required();
    if (!version.isEmpty && version.text !== 'v1') version.invalid('is not v1', 'Write v1, or remove the field');
    const [, map, key] = /^(.+?)\['(.*)'\]$/s.exec(path.text) ?? [];
    if (map === undefined || key === undefined) {
      if (
        !path.isEmpty &&
        !allowed.includes(path.text) &&
        !(path.text === 'spec.host' && allowed === ENVIRONMENT_PATHS)
      ) {
        path.invalid(
          `is not one of ${allowed.join(', ')}`,
          "Write one of these, or metadata.labels['key'] or metadata.annotations['key']",
        );
      }
    } else if (map !== 'metadata.labels' && map !== 'metadata.annotations') {
      path.invalid(
        'picks an entry of what is not a map',
        "Write metadata.labels['key'] or metadata.annotations['key']",
      );
    } else if (!QUALIFIED_NAME.test(map === 'metadata.labels' ? key : key.toLowerCase())) {
      path.invalid('names a key that no label or annotation can have', `Use ${QUALIFIED_NAME.rule}`);
    }
  };
}

const CPU_DIVISORS = new Set(['1m', '1'].map(nanosOf));
const MEMORY_DIVISORS = new Set(
  ['1', ...[...'kMGTPE'].flatMap((unit) => [`1${unit}`, `1${unit.toUpperCase()}i`])].map(nanosOf),
);

/** `resourceFieldRef`: a limit or request of a container. */
export function resourceFieldRef({ needsContainer }: { readonly needsContainer: boolean }): Check {
  return (reference) => {
    const resource = reference.at('resource');
    const name = resource.text;
    if (needsContainer && reference.at('containerName').isEmpty) reference.at('containerName').required();
    else if (name === '') resource.required();
    else if (!OF_CONTAINER.includes(name) && !/^(?:limits|requests)\.hugepages-/.test(name))
      resource.notSupported(OF_CONTAINER);
    const divisor = reference.at('divisor');
    const nanos = quantityOf(divisor);
    if (nanos === undefined || nanos === 0n) return;
    if (name.endsWith('.cpu')) {
      if (!CPU_DIVISORS.has(nanos)) divisor.invalid('is neither 1 nor 1m', 'Write 1 or 1m');
    } else if (!MEMORY_DIVISORS.has(nanos) && /^(?:limits|requests)\./.test(name)) {
      divisor.invalid('is not one unit', 'Write 1, or 1 with a unit, as in 1Mi');
    }
  };
}

const SOURCES = {
  fieldRef: fieldRef(ENVIRONMENT_PATHS),
  resourceFieldRef: resourceFieldRef({ needsContainer: false }),
  configMapKeyRef: keyRef,
  secretKeyRef: keyRef,
  fileKeyRef: withFeature('envFiles', fileKeyRef),
};

const valueFrom = fields(SOURCES, (source) => {
  const known = Object.keys(SOURCES).filter((name) => name !== 'fileKeyRef' || source.api.has('envFiles'));
  const given = known.filter((name) => source.at(name).isSet);
  if (given.length === 0) source.invalid('has no source', `Add one of ${known.join(', ')}`);
  else if (source.parent?.at('value').text !== '') source.invalid('is set beside value', 'Remove value or valueFrom');
  else if (given.length > 1) source.invalid('has more than one source', `Leave one of ${given.join(', ')}`);
});

export const env = each(fields({ name: required(variableName), valueFrom }));

const source = fields({ name: required(mustBe(DNS_SUBDOMAIN)) });

const oneSource: Check = (entry) => {
  const given = ['configMapRef', 'secretRef'].filter((name) => entry.at(name).isSet);
  if (given.length === 0) entry.invalid('has no source', 'Add configMapRef or secretRef');
  else if (given.length > 1) entry.invalid('has more than one source', 'Leave configMapRef or secretRef, in two items');
};

export const envFrom = each(all(fields({ prefix: variableName, configMapRef: source, secretRef: source }), oneSource));

/** Checks that variables from files read volumes that can be written. */
export function checkFileReferences(container: Field, volumes: ReadonlyMap<string, Field>): void {
  for (const variable of container.at('env').items()) {
    if (!variable.says('valueFrom')) continue;
    const reference = variable.at('valueFrom', 'fileKeyRef');
    const name = reference.at('volumeName');
    if (!reference.isSet || name.isEmpty) continue;
    const volume = volumes.get(name.text);
    if (volume === undefined) name.notFound('is not a volume of the Pod', 'Add the volume, or correct the name');
    else if (!volume.at('emptyDir').isSet)
      name.invalid('is not a volume of the type emptyDir', 'Use a volume with emptyDir');
  }
}
