import { allSecurityContexts, podSecurityContexts } from '../../src/bundle/security-context.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Forbid the group root',
    why: 'Files of the node and of the image that the group root may read or write are open to a program in that group, whoever its user is.',
    help: 'Use a group of the program, such as the number of its runAsUser.',
    references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    covers: ['trivy/KSV-0116'],
    severity: 'warning',
    recommended: false,
    messages: {
      runAsGroup: '{{holder}} runs in the group root: it has runAsGroup: 0.',
      fsGroup: 'The files of volumes belong to the group root, and the containers are in it: the Pod has fsGroup: 0.',
      supplemental: 'The containers are in the group root: it stands in supplementalGroups of the Pod.',
    },
  },
  check(workload, { report }) {
    const own = workload.containers.map(({ cursor }) => cursor.at('securityContext', 'runAsGroup'));
    const isOverridden = own.length > 0 && own.every((place) => place.number !== undefined);
    const [pod] = podSecurityContexts(workload);
    for (const { holder, cursor } of allSecurityContexts(workload)) {
      const place = cursor.at('runAsGroup');
      const hasNoEffect = cursor.node === pod?.node && isOverridden;
      if (place.number === 0 && !hasNoEffect) report(place, 'runAsGroup', { holder });
    }
    for (const context of podSecurityContexts(workload)) {
      if (context.at('fsGroup').number === 0) report(context.at('fsGroup'), 'fsGroup');
      for (const group of context.at('supplementalGroups').items()) {
        if (group.number === 0) report(group, 'supplemental');
      }
    }
  },
});
