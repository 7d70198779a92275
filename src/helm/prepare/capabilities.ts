import { plain, traced, type HelmFunction } from '../value/function.ts';
import { Taint } from '../value/origin.ts';
import { Tracked } from '../value/tracked.ts';
import { GoList, type GoObject, type Value } from '../value/value.ts';
import { API_VERSIONS } from './api-versions.ts';
import type { KubeVersion } from './kube-version.ts';

/** `version.BuildInfo` of the Helm that is rebuilt here. */
const BUILD = [
  ['Version', 'version', 'v4.1.4'],
  ['GitCommit', 'git_commit', '05fa37973dc9e42b76e1d2883494c87174b6074f'],
  ['GitTreeState', 'git_tree_state', 'clean'],
  ['GoVersion', 'go_version', 'go1.25.9'],
  ['KubeClientVersion', 'kube_client_version', 'v1.35'],
] as const;

/** `.Capabilities`. */
export function makeCapabilities(kubeVersion: KubeVersion, apiVersions: readonly string[]): GoObject {
  const fields = new Map<string, Value>([
    ['KubeVersion', makeKubeVersion(kubeVersion)],
    ['APIVersions', new GoList([...API_VERSIONS, ...apiVersions], 'common.VersionSet')],
    ['HelmVersion', makeBuildInfo()],
  ]);
  const capabilities: GoObject = {
    typeName: '*common.Capabilities',
    kind: 'ptr',
    fields,
    methods: new Map([['Copy', plain([], () => capabilities)]]),
  };
  return capabilities;
}

function makeKubeVersion({ version, normalized, major, minor }: KubeVersion): GoObject {
  return {
    typeName: 'common.KubeVersion',
    kind: 'struct',
    fields: new Map([
      ['Version', version],
      ['Major', major],
      ['Minor', minor],
    ]),
    allFields: new Map([
      ['Version', version],
      ['normalizedVersion', normalized],
      ['Major', major],
      ['Minor', minor],
    ]),
    methods: new Map([
      ['String', plain([], () => normalized)],
      ['GitVersion', plain([], () => version)],
    ]),
    toText: () => normalized,
    isTextOfPointer: true,
  };
}

function makeBuildInfo(): GoObject {
  return {
    typeName: 'version.BuildInfo',
    kind: 'struct',
    fields: new Map(BUILD.map(([name, , value]) => [name, value])),
    methods: new Map(),
    toJson: () => ({
      typeName: 'version.BuildInfo',
      kind: 'struct',
      fields: new Map(BUILD.map(([, name, value]) => [name, value])),
      methods: new Map(),
    }),
  };
}

/** The methods of `.Capabilities.APIVersions`; undefined for any other name. */
export function versionSetMethod(versions: GoList, name: string): HelmFunction | undefined {
  if (name !== 'Has') return undefined;
  // On a cluster it may be another answer.
  return traced(['string'], (_call, version) => {
    return new Tracked(versions.items.includes(version.value), version.taint.with(Taint.cluster).origin);
  });
}
