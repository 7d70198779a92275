import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require the Service of every StatefulSet to be a headless one of the input',
    why: 'The Pods of a StatefulSet have names in DNS only below a headless Service: without it, members of a cluster do not find each other.',
    help: {
      missing: 'Add a Service of that name with clusterIP: None, or change serviceName.',
      misspelt: 'Change {{service}} to {{suggestion}}.',
      notHeadless: 'Add clusterIP: None to the Service, or name another one.',
      selector: 'Change the selector of the Service to labels of the Pods.',
    },
    references: ['https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id'],
    covers: ['kube-score/statefulset-has-servicename'],
    severity: 'warning',
    recommended: true,
    messages: {
      missing: 'StatefulSet {{name}} has the serviceName {{service}}, but the input has no such Service.',
      misspelt:
        'StatefulSet {{name}} has the serviceName {{service}}, but the input has no such Service (did you mean {{suggestion}}?).',
      notHeadless: 'StatefulSet {{name}} has the serviceName {{service}}, but that Service is not headless.',
      selector: 'StatefulSet {{name}} has the serviceName {{service}}, but that Service does not select its Pods.',
    },
    options: {
      type: 'object',
      properties: {
        nearMissOnly: {
          type: 'boolean',
          default: false,
          description: 'Report only a Service that is spelt alike, or that does not select the Pods.',
        },
      },
    },
  },
  isSubject: ({ resource: { group, kind } }) => group === 'apps' && kind === 'StatefulSet',
  check(workload, { bundle, options, report }) {
    const { resource } = workload;
    const place = resource.cursor.at('spec', 'serviceName');
    const service = place.string ?? '';
    // Since Kubernetes 1.34 it may be left out.
    if (service === '') return;
    const data = { name: resource.name, service };
    const found = bundle.find('', 'Service', service, resource);
    if (found === undefined) {
      if (bundle.mayHold('Service', service)) return;
      const suggestion = bundle.kindredOf('', 'Service', service, resource);
      if (suggestion !== undefined) report(place, 'misspelt', { ...data, suggestion });
      else if (!options.nearMissOnly) report(place, 'missing', data);
      return;
    }
    const related = [{ cursor: found.cursor.at('metadata', 'name'), message: 'The Service is here.' }];
    if (found.cursor.at('spec', 'clusterIP').string !== 'None') {
      if (!options.nearMissOnly) report(place, 'notHeadless', data, { related });
    } else if (found.cursor.at('spec', 'selector').keys().length > 0 && !bundle.workloadsOf(found).includes(workload)) {
      report(place, 'selector', data, { related });
    }
  },
});
