import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from '../../src/index.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pod-security-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A Pod that the Restricted standard allows in every version, with some fields changed. */
function pod(
  spec: object,
  securityContext: object = {},
  { annotations = {}, container = {} }: { annotations?: object; container?: object } = {},
): object {
  const good = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    capabilities: { drop: ['ALL'] },
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'observer', annotations },
    spec: {
      containers: [{ name: 'observer', ...container, securityContext: { ...good, ...securityContext } }],
      ...spec,
    },
  };
}

/** The minor versions from 24 to 37 in which a policy has nothing to say against a Pod: `24-26, 31-37`. */
async function allowedIn(level: 'baseline' | 'restricted', object: object): Promise<string> {
  const file = join(folder, 'pod.json');
  writeFileSync(file, JSON.stringify(object));
  const allowed: number[] = [];
  for (let minor = 24; minor <= 37; minor++) {
    const request = {
      inputs: [file],
      policy: `pod-security-${level}`,
      kubeVersion: `1.${minor}`,
      workingDirectory: folder,
    };
    const { findings, errors } = await lint(request);
    expect(errors).toEqual([]);
    expect(findings.filter(({ severity }) => severity !== 'error')).toEqual([]);
    if (findings.length === 0) allowed.push(minor);
  }
  const starts = allowed.filter((minor) => !allowed.includes(minor - 1));
  const ends = allowed.filter((minor) => !allowed.includes(minor + 1));
  return starts.map((start, index) => `${start}-${ends[index]}`).join(', ');
}

const ALWAYS = '24-37';
const NEVER = '';
const windows = { os: { name: 'windows' } };
const withSysctl = (name: string): object => pod({ securityContext: { sysctls: [{ name, value: '1' }] } });
const withProbe = (host: string): object =>
  pod({}, {}, { container: { livenessProbe: { httpGet: { host, port: 80 } } } });
const withAnnotation = (value: string): object => {
  return pod({}, { seccompProfile: null }, { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': value } });
};

/** In which versions Pod Security admission allows a Pod, by the Baseline and by the Restricted standard. */
const CASES: readonly (readonly [what: string, pod: object, baseline: string, restricted: string])[] = [
  ['a hardened Pod', pod({}), ALWAYS, ALWAYS],
  ['a Pod that says nothing', { ...pod({}), spec: { containers: [{ name: 'observer' }] } }, ALWAYS, NEVER],
  ['hostNetwork', pod({ hostNetwork: true }), NEVER, NEVER],
  ['a hostPort', pod({}, {}, { container: { ports: [{ containerPort: 1, hostPort: 1 }] } }), NEVER, NEVER],
  ['an empty hostPath', pod({ volumes: [{ name: 'a', hostPath: {} }] }), NEVER, NEVER],
  ['a volume without a type', pod({ volumes: [{ name: 'a' }] }), ALWAYS, ALWAYS],
  ['an NFS volume', pod({ volumes: [{ name: 'a', nfs: { server: 'a', path: '/' } }] }), ALWAYS, NEVER],
  ['an image volume', pod({ volumes: [{ name: 'a', image: { reference: 'a' } }] }), ALWAYS, ALWAYS],
  ['a probe with a host', withProbe('10.0.0.1'), '24-33', '24-33'],
  ['a probe with an empty host', withProbe(''), ALWAYS, ALWAYS],
  ['container_engine_t', pod({}, { seLinuxOptions: { type: 'container_engine_t' } }), '31-37', '31-37'],
  ['ip_local_reserved_ports', withSysctl('net.ipv4.ip_local_reserved_ports'), '27-37', '27-37'],
  ['tcp_keepalive_time', withSysctl('net.ipv4.tcp_keepalive_time'), '29-37', '29-37'],
  ['tcp_rmem', withSysctl('net.ipv4.tcp_rmem'), '32-37', '32-37'],
  ['tcp_notsent_lowat', withSysctl('net.ipv4.tcp_notsent_lowat'), '37-37', '37-37'],
  ['a sysctl named as a member of an object', withSysctl('constructor'), NEVER, NEVER],
  ['procMount in a user namespace', pod({ hostUsers: false }, { procMount: 'Unmasked' }), '35-37', NEVER],
  ['root in a user namespace', pod({ hostUsers: false }, { runAsUser: 0, runAsNonRoot: false }), ALWAYS, '35-37'],
  ['a false runAsNonRoot that is overridden', pod({ securityContext: { runAsNonRoot: false } }), ALWAYS, NEVER],
  ['a runAsUser that is not root', pod({}, { runAsUser: 1000, runAsNonRoot: null }), ALWAYS, NEVER],
  ['a Windows Pod without a seccomp profile', pod(windows, { seccompProfile: null }), ALWAYS, '25-37'],
  ['a Windows Pod that switches off seccomp', pod(windows, { seccompProfile: { type: 'Unconfined' } }), NEVER, '25-37'],
  ['a Windows Pod that adds a capability', pod(windows, { capabilities: { add: ['BPF'] } }), NEVER, '25-37'],
  ['a Windows Pod that may gain privileges', pod(windows, { allowPrivilegeEscalation: null }), ALWAYS, '25-37'],
  ['a Windows Pod that may run as root', pod(windows, { runAsNonRoot: null }), ALWAYS, NEVER],
  ['ALL in small letters', pod({}, { capabilities: { drop: ['all'] } }), ALWAYS, NEVER],
  ['NET_BIND_SERVICE', pod({}, { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }), ALWAYS, ALWAYS],
  ['CHOWN', pod({}, { capabilities: { drop: ['ALL'], add: ['CHOWN'] } }), ALWAYS, NEVER],
  ['an annotation that switches off seccomp', withAnnotation('unconfined'), '27-37', NEVER],
  ['an annotation that sets a seccomp profile', withAnnotation('runtime/default'), ALWAYS, '24-26'],
];

describe('the Baseline standard allows', () => {
  it.each(CASES)('%s', async (_, object, baseline) => {
    expect(await allowedIn('baseline', object)).toBe(baseline);
  });
});

describe('the Restricted standard allows', () => {
  it.each(CASES)('%s', async (_, object, __, restricted) => {
    expect(await allowedIn('restricted', object)).toBe(restricted);
  });
});

it('each environment of a chart has the version of Kubernetes that it says', async () => {
  const chart = join(folder, 'chart');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: observer\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), '{}\n');
  writeFileSync(join(chart, 'templates/pod.yaml'), JSON.stringify(withProbe('10.0.0.1')));
  writeFileSync(
    join(chart, 'chartlint.yaml'),
    `version: 1
name: observer
extends: [pod-security-baseline]
release: { kubeVersion: "1.33" }
environments:
  old: { values: [values.yaml] }
  new: { values: [values.yaml], kubeVersion: "1.34" }
`,
  );
  const { findings, errors } = await lint({ inputs: [chart], workingDirectory: folder });
  expect(errors).toEqual([]);
  expect(findings.map(({ rule, environments }) => [rule, environments])).toEqual([['probe-hosts', ['new']]]);
});
