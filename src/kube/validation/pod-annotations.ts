import type { Check, Field } from './field.ts';
import { relativePath } from './path.ts';
import { containersOf } from './pod-containers.ts';

/** Annotations of Pods that stood for fields before there were any. */

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const SECCOMP_OF_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_OF_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APPARMOR_OF_CONTAINER = 'container.apparmor.security.beta.kubernetes.io/';
const MIRROR = 'kubernetes.io/config.mirror';

/** @param object a Pod, or a template of Pods */
export const podAnnotations: Check = (object) => {
  const annotations = object.at('metadata', 'annotations');
  if (annotations.size === 0) return;
  const spec = object.at('spec');
  for (const [key, value] of annotations.entries()) {
    if (key === MIRROR && spec.at('nodeName').isEmpty)
      value.invalid('is set, but spec.nodeName is not', 'Remove the annotation');
    else if (key === DELETION_COST) checkInt32(value);
    else if (key === SECCOMP_OF_POD || key.startsWith(SECCOMP_OF_CONTAINER)) checkSeccomp(value);
    else if (key.startsWith(APPARMOR_OF_CONTAINER)) checkAppArmor(value, key.slice(APPARMOR_OF_CONTAINER.length), spec);
  }
  checkAgreement(SECCOMP_OF_POD, spec.at('securityContext', 'seccompProfile'), annotations);
  for (const container of containersOf(spec)) {
    const name = container.at('name').text;
    const context = container.at('securityContext');
    checkAgreement(`${SECCOMP_OF_CONTAINER}${name}`, context.at('seccompProfile'), annotations);
    const own = context.at('appArmorProfile');
    checkAgreement(
      `${APPARMOR_OF_CONTAINER}${name}`,
      own.isSet ? own : spec.at('securityContext', 'appArmorProfile'),
      annotations,
    );
  }
};

function checkInt32(value: Field): void {
  const isNumber = /^(?:0|-?[1-9]\d*|-0+\d*)$/.test(value.text) && Math.abs(Number(value.text)) < 2 ** 31;
  if (!isNumber) value.invalid('is not a whole number of 32 bits', 'Write a whole number, in quotes');
}

function checkSeccomp(value: Field): void {
  if (value.text.startsWith('localhost/')) relativePath(value);
  else if (!['runtime/default', 'docker/default', 'unconfined'].includes(value.text)) {
    value.invalid('is not a seccomp profile', 'Use securityContext.seccompProfile instead of the annotation');
  }
}

function checkAppArmor(value: Field, container: string, spec: Field): void {
  if (!containersOf(spec).some((each) => each.at('name').text === container)) {
    value.invalid('is about a container that the Pod does not have', 'Correct the name of the container in the key');
  }
  if (!['', 'runtime/default', 'unconfined'].includes(value.text) && !value.text.startsWith('localhost/')) {
    value.invalid('is not an AppArmor profile', 'Use securityContext.appArmorProfile instead of the annotation');
  }
}

const AS_ANNOTATION: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Unconfined: ['unconfined'],
    RuntimeDefault: ['runtime/default', 'docker/default'],
  }),
);

/** The annotation and the field that has replaced it must say the same. */
function checkAgreement(key: string, profile: Field, annotations: Field): void {
  const annotation = annotations.at(key);
  if (!annotation.isSet || !profile.isSet) return;
  const type = profile.at('type').text;
  const expected =
    type === 'Localhost' ? [`localhost/${profile.at('localhostProfile').text}`] : AS_ANNOTATION.get(type);
  if (expected !== undefined && !expected.includes(annotation.text)) {
    profile.at('type').forbidden(`beside the annotation ${key}, which says something else`, 'Remove the annotation');
  }
}
