import { enumerate } from '../../src/text/enumerate.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) =>
    (kind === 'Ingress' && (group === 'networking.k8s.io' || group === 'extensions')) ||
    (group === '' && kind === 'Service'),
  meta: {
    summary: 'Require the backends of every Ingress to be Services of the input',
    why: 'An Ingress whose backend is not there, or does not have the port, answers every request with 503.',
    help: {
      service: 'Change the name to that of a Service of the chart, or add the Service.',
      misspelt: 'Change {{service}} to {{suggestion}}.',
      port: 'Change the port to {{expected}}.',
    },
    references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource'],
    covers: ['kube-linter/dangling-ingress', 'kube-score/ingress-targets-service'],
    severity: 'warning',
    recommended: true,
    messages: {
      service: 'Ingress {{name}} leads to Service {{service}}, which is not in the input.',
      misspelt:
        'Ingress {{name}} leads to Service {{service}}, which is not in the input (did you mean {{suggestion}}?).',
      port: 'Ingress {{name}} leads to port {{port}} of Service {{service}}, which does not have it.',
    },
    options: {
      type: 'object',
      properties: {
        nearMissOnly: {
          type: 'boolean',
          default: false,
          description: 'Report only what the input has something for that is spelt alike.',
        },
      },
    },
  },
  isSubject: ({ kind }) => kind === 'Ingress',
  check(ingress, { bundle, options, report }) {
    const { name } = ingress;
    const reported = new Set<string>();
    for (const backend of backendsOf(ingress.cursor.at('spec'))) {
      const service = backend.service.string ?? '';
      if (service === '') {
        if (!options.nearMissOnly && backend.service.parent?.isMapping === true)
          report(backend.service, 'service', { name, service: 'without a name' });
        continue;
      }
      const key = `${service}:${backend.port.text ?? ''}`;
      if (reported.has(key)) continue;
      reported.add(key);
      const found = bundle.find('', 'Service', service, ingress);
      if (found === undefined) {
        if (bundle.mayHold('Service', service)) continue;
        const suggestion = bundle.kindredOf('', 'Service', service, ingress);
        if (suggestion !== undefined) report(backend.service, 'misspelt', { name, service, suggestion });
        else if (!options.nearMissOnly) report(backend.service, 'service', { name, service });
        continue;
      }
      const port = backend.port.number ?? backend.port.string;
      const ports = found.cursor.at('spec', 'ports').items();
      if (port === undefined || port === '' || ports.length === 0) continue;
      // A Service of type ExternalName needs no ports: the Ingress controller asks the one that it is given.
      if (found.cursor.at('spec', 'type').string === 'ExternalName') continue;
      const has = ports.some((item) => item.at('port').number === port || item.at('name').string === port);
      // An old Ingress has the number as a text, too.
      if (has || (backend.isOld && ports.some((item) => String(item.at('port').number) === port))) continue;
      const expected = enumerate(
        ports.map((item) => item.at('name').string || (item.at('port').text ?? '')),
        'or',
      );
      const related = [{ cursor: found.cursor.at('spec', 'ports'), message: 'These are the ports of the Service.' }];
      report(backend.port, 'port', { name, service, port, expected }, { related });
    }
  },
});

interface Backend {
  readonly service: Cursor;
  readonly port: Cursor;
  /** Whether it is of a version before networking.k8s.io/v1. */
  readonly isOld: boolean;
}

/** Where an Ingress leads, but for backends that are resources of their own. */
function backendsOf(spec: Cursor): Backend[] {
  const paths = spec
    .at('rules')
    .items()
    .flatMap((rule) => rule.at('http', 'paths').items());
  const holders = [spec.at('defaultBackend'), spec.at('backend'), ...paths.map((path) => path.at('backend'))];
  return holders.flatMap((backend): Backend[] => {
    if (!backend.isMapping || backend.at('resource').exists) return [];
    if (backend.at('serviceName').exists || backend.at('servicePort').exists) {
      return [{ service: backend.at('serviceName'), port: backend.at('servicePort'), isOld: true }];
    }
    const service = backend.at('service');
    const port = service.at('port', 'name').exists ? service.at('port', 'name') : service.at('port', 'number');
    return [{ service: service.at('name'), port, isOld: false }];
  });
}
