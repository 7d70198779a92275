import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === 'security.openshift.io' && kind === 'SecurityContextConstraints',
  meta: {
    summary: 'Disallow SecurityContextConstraints that allow privileged containers',
    why: 'A privileged container is root on its node. On OpenShift whoever may use such constraints may run one.',
    help: 'Change allowPrivilegedContainer to false.',
    references: [
      'https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html',
    ],
    covers: ['kube-linter/scc-deny-privileged-container'],
    severity: 'warning',
    recommended: false,
    messages: {
      privileged: 'SecurityContextConstraints {{name}} allow privileged containers.',
    },
  },
  check({ cursor, name }, { report }) {
    const place = cursor.at('allowPrivilegedContainer');
    if (place.boolean === true) report(place, 'privileged', { name });
  },
});
