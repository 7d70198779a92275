import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => (group === 'networking.k8s.io' || group === 'extensions') && kind === 'Ingress',
  meta: {
    summary: 'Require every Ingress to use TLS',
    why: 'Without TLS everybody on the way reads and changes the traffic, passwords and session cookies included.',
    help: 'Add tls to the spec of the Ingress, with the hosts and the name of a Secret.',
    references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#tls'],
    covers: ['polaris/tlsSettingsMissing'],
    severity: 'warning',
    recommended: false,
    messages: {
      missing: 'Ingress {{name}} has no tls.',
    },
  },
  check({ cursor, name }, { report }) {
    const place = cursor.at('spec', 'tls');
    if (!place.exists || place.isNull) report(place, 'missing', { name });
  },
});
