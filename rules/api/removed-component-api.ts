import { defineRule } from '../../src/rule/rule.ts';

/** What components have removed, from their release notes. */
const REMOVED: readonly {
  readonly component: string;
  readonly since: string;
  readonly versions: readonly string[];
  readonly kinds?: readonly string[];
  readonly replacement: string;
}[] = [
  {
    component: 'cert-manager',
    since: '0.11',
    versions: ['certmanager.k8s.io/v1alpha1'],
    replacement: 'cert-manager.io/v1',
  },
  {
    component: 'cert-manager',
    since: '1.6',
    versions: ['cert-manager.io/v1alpha2', 'cert-manager.io/v1alpha3', 'cert-manager.io/v1beta1'],
    replacement: 'cert-manager.io/v1',
  },
  {
    component: 'cert-manager',
    since: '1.6',
    versions: ['acme.cert-manager.io/v1alpha2', 'acme.cert-manager.io/v1alpha3', 'acme.cert-manager.io/v1beta1'],
    replacement: 'acme.cert-manager.io/v1',
  },
  {
    component: 'Istio',
    since: '1.6',
    versions: ['rbac.istio.io/v1alpha1'],
    replacement: 'security.istio.io/v1 AuthorizationPolicy',
  },
  {
    component: 'Istio',
    since: '1.6',
    versions: ['authentication.istio.io/v1alpha1'],
    replacement: 'security.istio.io/v1 PeerAuthentication',
  },
];

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Forbid API versions that a component of the cluster has removed',
    why: 'Custom resources have versions of their own: when the controller no longer serves one, the release can be neither installed nor upgraded.',
    help: 'Use {{replacement}}.',
    references: ['https://cert-manager.io/docs/releases/upgrading/', 'https://istio.io/latest/docs/'],
    covers: ['pluto/cert-manager', 'pluto/istio'],
    severity: 'warning',
    recommended: true,
    messages: {
      removed: '{{kind}} of {{apiVersion}} was removed in {{component}} {{since}}; use {{replacement}}.',
    },
  },
  check({ apiVersion, cursor, kind }, { report }) {
    const removal = REMOVED.find(
      ({ versions, kinds }) => versions.includes(apiVersion) && (kinds === undefined || kinds.includes(kind)),
    );
    if (removal === undefined) return;
    const { component, since, replacement } = removal;
    report(cursor.at('apiVersion'), 'removed', { kind, apiVersion, component, since, replacement });
  },
});
