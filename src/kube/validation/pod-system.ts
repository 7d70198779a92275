import type { Check, Field } from './field.ts';
import { containersOf } from './pod-containers.ts';

/** What a Pod may say depends on the operating system of its nodes. */

const ONLY_LINUX = {
  pod: ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'resources'],
  podSecurityContext: [
    'appArmorProfile',
    'fsGroup',
    'fsGroupChangePolicy',
    'runAsGroup',
    'runAsUser',
    'seLinuxChangePolicy',
    'seLinuxOptions',
    'seccompProfile',
    'supplementalGroups',
    'supplementalGroupsPolicy',
    'sysctls',
  ],
  securityContext: [
    'allowPrivilegeEscalation',
    'appArmorProfile',
    'capabilities',
    'privileged',
    'procMount',
    'readOnlyRootFilesystem',
    'runAsGroup',
    'runAsUser',
    'seLinuxOptions',
    'seccompProfile',
  ],
};

function forbid(object: Field, names: readonly string[], system: string): void {
  for (const name of names) {
    const field = object.at(name);
    // These three are booleans of which only true says something.
    const isSaid =
      ['hostPID', 'hostIPC'].includes(name) || field.node?.kind === 'sequence' ? !field.isEmpty : field.isSet;
    if (isSaid) field.forbidden(`in a Pod for ${system}`);
  }
}

export const checkOperatingSystem: Check = (pod) => {
  const os = pod.at('os');
  if (!os.isSet) return;
  const name = os.at('name');
  const context = pod.at('securityContext');
  if (name.isEmpty) name.required();
  else if (name.text === 'linux') {
    for (const each of [context, ...containersOf(pod).map((container) => container.at('securityContext'))]) {
      forbid(each, ['windowsOptions'], 'Linux');
    }
  } else if (name.text === 'windows') {
    forbid(pod, ONLY_LINUX.pod, 'Windows');
    forbid(context, ONLY_LINUX.podSecurityContext, 'Windows');
    for (const container of containersOf(pod))
      forbid(container.at('securityContext'), ONLY_LINUX.securityContext, 'Windows');
  } else name.notSupported(['linux', 'windows']);
};

/** Whether a Pod or a container says something for Windows. */
export function isAboutWindows(object: Field): boolean {
  return object.says('securityContext') && object.at('securityContext').says('windowsOptions');
}

/** Either all containers of a Pod are host processes of Windows, or none. */
export function checkHostProcesses(pod: Field): void {
  const ofPod = pod.at('securityContext', 'windowsOptions', 'hostProcess');
  const containers = containersOf(pod);
  const ofContainers = containers.map((container) => container.at('securityContext', 'windowsOptions', 'hostProcess'));
  const hostProcesses = ofContainers.filter((each) => (each.isSet ? each.isTrue : ofPod.isTrue));
  for (const each of ofContainers) {
    if (ofPod.isSet && each.isSet && ofPod.isTrue !== each.isTrue) {
      each.invalid('differs from that of the Pod', 'Write the same in both, or remove one');
    }
  }
  if (hostProcesses.length === 0) return;
  if (hostProcesses.length !== containers.length) {
    pod.invalid(
      'has containers that are host processes beside others that are not',
      'Write hostProcess: true once, for the Pod',
    );
  }
  if (!pod.at('hostNetwork').isTrue)
    pod.at('hostNetwork').invalid('is not true, but the containers are host processes', 'Add hostNetwork: true');
}
