/** The capabilities that a container may add by the Baseline standard (Kubernetes, "Pod Security Standards"). */
export const BASELINE_CAPABILITIES: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** What a container has when it neither adds nor drops any: containerd's and CRI-O's defaults are among these. */
export const DEFAULT_CAPABILITIES: readonly string[] = [...BASELINE_CAPABILITIES, 'NET_RAW'];

/** A capability as container runtimes understand it: `cap_net_raw` is NET_RAW. */
export function capabilityName(written: string): string {
  return written.toUpperCase().replace(/^CAP_/, '');
}
