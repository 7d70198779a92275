import { checkFormat, each, fields, strictlyOneOf, userId } from './checks.ts';
import type { Check, Field } from './field.ts';
import { bytesOf, DNS_SUBDOMAIN, SYSCTL } from './formats.ts';
import { relativePath } from './path.ts';

const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined'];

/** The type of a seccomp or AppArmor profile, and a file that goes with Localhost alone. */
function checkProfile(profile: Field, what: string): boolean {
  const type = profile.at('type');
  const file = profile.at('localhostProfile');
  if (type.isEmpty) type.required();
  else if (!PROFILES.includes(type.text)) type.notSupported(PROFILES);
  if (type.text === 'Localhost') {
    if (!file.isSet) file.required('when the type is Localhost');
    return file.isSet;
  }
  if (file.isSet && (PROFILES.includes(type.text) || what === 'seccomp')) {
    file.invalid('is set, but the type is not Localhost', 'Remove localhostProfile, or write type: Localhost');
  }
  return false;
}

const seccompProfile: Check = (profile) => {
  if (checkProfile(profile, 'seccomp')) relativePath(profile.at('localhostProfile'));
};

const LONGEST_APPARMOR_PROFILE = 4095;

const appArmorProfile: Check = (profile) => {
  if (!checkProfile(profile, 'AppArmor')) return;
  const file = profile.at('localhostProfile');
  if (file.text.trim() !== file.text) file.invalid('has spaces around it', 'Remove the spaces');
  else if (file.text === '') file.required('when the type is Localhost');
  if (bytesOf(file.text) > LONGEST_APPARMOR_PROFILE) file.tooLong(LONGEST_APPARMOR_PROFILE);
};

const LARGEST_GMSA = 64 * 1024;
const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const DOMAIN = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** A Windows user, with or without a domain. */
function isWindowsUser(text: string): boolean {
  const parts = text.split('\\');
  const user = parts.at(-1) ?? '';
  const domain = parts.length === 2 ? parts[0] : undefined;
  if (parts.length > 2 || /\p{Cc}/u.test(text)) return false;
  if (domain !== undefined && (domain.length >= 256 || !(NETBIOS.test(domain) || DOMAIN.test(domain)))) return false;
  return user !== '' && user.length <= 104 && !/^[. ]+$/.test(user) && !/["/\\:;|=,+*?<>@[\]]/.test(user);
}

const windowsOptions = fields({
  gmsaCredentialSpecName(field) {
    checkFormat(field, DNS_SUBDOMAIN);
  },
  gmsaCredentialSpec(field) {
    if (field.text === '') field.invalid('is empty', 'Remove the field, or write the specification');
    else if (bytesOf(field.text) > LARGEST_GMSA) field.invalid('is larger than 64 KiB', 'Use a shorter specification');
  },
  runAsUserName(field) {
    if (!isWindowsUser(field.text))
      field.invalid('is not a name of a Windows user', 'Write a user, or a domain, "\\" and a user');
  },
});

/** Of a container. Whether `privileged` is allowed is for the cluster to say. */
export const securityContext = fields(
  {
    runAsUser: userId,
    runAsGroup: userId,
    seccompProfile,
    appArmorProfile,
    windowsOptions,
    procMount(field) {
      if (field.api.has('procMount')) strictlyOneOf('Default', 'Unmasked')(field);
    },
  },
  (context) => {
    const escalation = context.at('allowPrivilegeEscalation');
    if (!escalation.isFalse) return;
    if (context.at('privileged').isTrue) {
      escalation.invalid('is false, but the container is privileged', 'Remove allowPrivilegeEscalation, or privileged');
    }
    if (context.at('capabilities', 'add').texts().includes('CAP_SYS_ADMIN')) {
      escalation.invalid('is false, but CAP_SYS_ADMIN is added', 'Remove allowPrivilegeEscalation, or the capability');
    }
  },
);

/** Checks that `procMount: Unmasked` comes with a user namespace. */
export function checkProcMount(container: Field, hasHostUsers: boolean): void {
  if (!container.says('securityContext')) return;
  const mount = container.at('securityContext', 'procMount');
  if (hasHostUsers && mount.text === 'Unmasked' && mount.api.has('procMount')) {
    mount.invalid('is Unmasked, which needs a user namespace', 'Add hostUsers: false to the Pod, or write Default');
  }
}

/** What belongs to the IPC namespace. */
const OF_IPC = /^(?:kernel\.(?:sem|shmall|shmmax|shmmni|shm_rmid_forced|shm|msgmax|msgmnb|msgmni|msg)$|fs\.mqueue\.)/;

const sysctls: Check = (list) => {
  const seen = new Set<string>();
  const spec = list.parent?.parent;
  for (const item of list.items()) {
    const name = item.at('name');
    const { text } = name;
    if (text === '') name.required();
    else if (!SYSCTL.test(text)) checkFormat(name, SYSCTL);
    else if (seen.has(text)) name.duplicate(`the sysctl ${text}`);
    seen.add(text);
    const [namespace] = text.replaceAll('/', '.').split('.');
    if (namespace === 'net' && spec?.at('hostNetwork').isTrue === true) {
      name.invalid('belongs to the node, because hostNetwork is true', 'Remove the sysctl, or hostNetwork');
    }
    if (OF_IPC.test(text.replaceAll('/', '.')) && spec?.at('hostIPC').isTrue === true) {
      name.invalid('belongs to the node, because hostIPC is true', 'Remove the sysctl, or hostIPC');
    }
  }
};

/** Of a Pod. */
export const podSecurityContext = fields({
  fsGroup: userId,
  runAsUser: userId,
  runAsGroup: userId,
  supplementalGroups: each(userId),
  sysctls,
  fsGroupChangePolicy: strictlyOneOf('Always', 'OnRootMismatch'),
  seccompProfile,
  appArmorProfile,
  windowsOptions,
  supplementalGroupsPolicy(field) {
    if (field.api.has('supplementalGroupsPolicy')) strictlyOneOf('Merge', 'Strict')(field);
  },
  seLinuxChangePolicy(field) {
    if (field.api.has('seLinuxChangePolicy')) strictlyOneOf('MountOption', 'Recursive')(field);
  },
});
