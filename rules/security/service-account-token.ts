import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require Pods that do not use the API to have no service account token',
    why: 'Every Pod has the token of its service account in a file, unless it says otherwise: whoever breaks into the Pod speaks to the API server with it.',
    help: 'Add automountServiceAccountToken: false to the spec of the Pod, or to its ServiceAccount.',
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
    ],
    covers: ['polaris/automountServiceAccountToken', 'checkov/CKV_K8S_38', 'trivy/KSV-0036'],
    severity: 'info',
    recommended: false,
    messages: {
      mounted: '{{pod}} gets the token of ServiceAccount {{account}}.',
    },
  },
  check({ resource, podSpec }, { bundle, report }) {
    const place = podSpec.at('automountServiceAccountToken');
    if (place.boolean === false) return;
    const account = podSpec.at('serviceAccountName').string || podSpec.at('serviceAccount').string || 'default';
    const own = place.exists && !place.isNull ? undefined : bundle.find('', 'ServiceAccount', account, resource);
    // The Pod decides where it says anything.
    if (own?.cursor.at('automountServiceAccountToken').boolean === false) return;
    report(place, 'mounted', { pod: podName(resource), account });
  },
});
