import { POD_KINDS, type PodKind } from '../kube/pod-kinds.ts';

/** Kinds that the bundle indexes besides those that hold a Pod: what workloads refer to, and what selects them. */
const INDEXED_KINDS: readonly { readonly group: string; readonly kind: string }[] = [
  { group: '', kind: 'ConfigMap' },
  { group: '', kind: 'Secret' },
  { group: 'bitnami.com', kind: 'SealedSecret' },
  { group: 'external-secrets.io', kind: 'ExternalSecret' },
  { group: '', kind: 'Service' },
  { group: '', kind: 'ServiceAccount' },
  { group: '', kind: 'PersistentVolumeClaim' },
];

/** A test for the kinds that the bundle needs, whatever the rules look at. */
export function modelKindTest(podKinds: readonly PodKind[]): (group: string, kind: string) => boolean {
  const needed = new Set([...INDEXED_KINDS, ...POD_KINDS, ...podKinds].map(({ group, kind }) => `${group}/${kind}`));
  return (group, kind) => needed.has(`${group}/${kind}`);
}
