import { checkFormat, checkKey, each, fields, is } from './checks.ts';
import type { Check, Field } from './field.ts';
import { bytesOf, DNS_LABEL, LABEL_VALUE, QUALIFIED_NAME, type Format } from './formats.ts';

/** Of all annotations of an object, keys and values, in bytes. */
const LARGEST_ANNOTATIONS = 262_144;

/** Finalizers that need no domain. */
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Labels, and whatever else selects by them: keys are qualified names, values label values. */
export const labels: Check = (map) => {
  const { node } = map;
  if (node?.kind !== 'mapping') return;
  for (const { key, value } of node.entries) {
    const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
    if (!QUALIFIED_NAME.test(key)) checkKey(map.child(key, value), KEY_OF_LABEL, key);
    else if (!LABEL_VALUE.test(text)) checkFormat(map.child(key, value), LABEL_VALUE);
  }
};

const KEY_OF_LABEL: Format = { ...QUALIFIED_NAME, name: 'a key of a label' };
const KEY_OF_ANNOTATION: Format = { ...QUALIFIED_NAME, name: 'a key of an annotation' };

const annotations: Check = (map) => {
  const { node } = map;
  if (node?.kind !== 'mapping') return;
  let size = 0;
  for (const { key, value } of node.entries) {
    const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
    size += key.length + text.length;
    checkKey(map.child(key, value), KEY_OF_ANNOTATION, key.toLowerCase());
  }
  // A character has three bytes at most in UTF-8, so most objects need not be measured.
  if (size * 3 > LARGEST_ANNOTATIONS && bytesOfMap(map) > LARGEST_ANNOTATIONS)
    map.tooLong(LARGEST_ANNOTATIONS, 'bytes');
};

/** The bytes of all keys and texts of a map. */
export function bytesOfMap(map: Field): number {
  return map.entries().reduce((sum, [key, value]) => sum + bytesOf(key) + bytesOf(value.text), 0);
}

const qualifiedFinalizer: Check = (field) => {
  checkFormat(field, { ...QUALIFIED_NAME, name: 'a name of a finalizer' });
};

const kubernetesFinalizer: Check = (field) => {
  const { text } = field;
  if (!QUALIFIED_NAME.test(text)) qualifiedFinalizer(field);
  else if (!text.includes('/') && !STANDARD_FINALIZERS.includes(text)) {
    field.invalid('is not a known finalizer', 'Put a domain before it, as in example.com/my-finalizer');
  }
};

const ownerReference = fields({}, (reference) => {
  for (const name of ['apiVersion', 'kind', 'name', 'uid']) {
    const field = reference.at(name);
    if (field.isEmpty) field.invalid(field.isSet ? 'is empty' : 'is missing', `Add ${name}`);
  }
  if (reference.at('kind').text === 'Event' && reference.at('apiVersion').text === 'v1') {
    reference.invalid('names an Event as the owner', 'Name an object that is not an Event');
  }
});

const ownerReferences: Check = (list) => {
  each(ownerReference)(list);
  const controllers = list.items().filter((reference) => reference.at('controller').isTrue);
  controllers[1]?.at('controller').invalid('is true a second time', 'Leave one reference with controller: true');
};

/** The kinds whose `generation` the API server sets, whatever the manifest says; that of others it takes over. */
const NUMBERED_BY_SERVER =
  /^(?:CronJob|CustomResourceDefinition|DaemonSet|Deployment|DeviceClass|EndpointSlice|FlowSchema|Ingress(?:Class)?|Job|MutatingAdmissionPolicy(?:Binding)?|\w+WebhookConfiguration|NetworkPolicy|Pod|PodDisruptionBudget|PodTemplate|PriorityClass|PriorityLevelConfiguration|ReplicaSet|ReplicationController|ResourceSlice|StatefulSet|ValidatingAdmissionPolicy(?:Binding)?)$/;

interface MetadataOptions {
  /** The form of the object's name. */
  readonly name: Format;
  /** Whether finalizers without a domain must be known ones: so for the kinds of the older groups. */
  readonly knownFinalizers?: boolean;
  /** Whether an object without a name gets one from the API server. */
  readonly needsName?: boolean;
  /** Whether the form of the name holds for a prefix of it, too. */
  readonly checksPrefix?: boolean;
}

/** `metadata` of an object. The namespace of a cluster-wide object is dropped in silence by the API server. */
export function metadata({
  name: format,
  knownFinalizers = true,
  needsName = true,
  checksPrefix = true,
}: MetadataOptions): Check {
  const check = fields({
    name: is(format),
    generateName: checksPrefix ? prefixOf(format) : madeNameOf(format),
    labels,
    annotations,
    ownerReferences,
    finalizers: each(knownFinalizers ? kubernetesFinalizer : qualifiedFinalizer),
  });
  return (object) => {
    const meta = object.at('metadata');
    check(meta);
    if (object.validation.isNamespaced) is(DNS_LABEL)(meta.at('namespace'));
    const generation = meta.at('generation');
    if ((generation.number ?? 0) < 0 && !NUMBERED_BY_SERVER.test(object.at('kind').text)) {
      generation.invalid('is less than 0', 'Remove generation: the API server counts it');
    }
    if (needsName && meta.at('name').isEmpty && meta.at('generateName').isEmpty) meta.at('name').required();
  };
}

/** A prefix of names of a form: a dash at its end is followed by letters and digits. */
function prefixOf(format: Format): Check {
  return (field) => {
    const { text } = field;
    if (text === '') return;
    checkFormat(field, format, text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
  };
}

/** A prefix that only the name that is made with it has to be right. The API server cuts it off and adds five characters. */
function madeNameOf(format: Format): Check {
  return (field) => {
    const hasName = field.parent?.at('name').isEmpty === false;
    if (field.text !== '' && !hasName) checkFormat(field.as('name'), format, `${field.text.slice(0, 58)}00000`);
  };
}

/** `metadata` of the Pods that a workload makes. */
export const templateMetadata = fields({ labels, annotations });
