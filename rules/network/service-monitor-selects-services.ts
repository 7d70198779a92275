import type { Resource } from '../../src/bundle/resource.ts';
import { labelsOf, matchesSelector } from '../../src/kube/label-selector.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === 'monitoring.coreos.com' && kind === 'ServiceMonitor',
  meta: {
    summary: 'Require every ServiceMonitor to select Services of the input',
    why: 'A ServiceMonitor whose selector matches no Service scrapes nothing, and the alerts that rest on its metrics never fire.',
    help: 'Change the selector to labels of a Service, or the namespaceSelector to its namespace.',
    references: ['https://prometheus-operator.dev/docs/developer/getting-started/'],
    covers: ['kube-linter/dangling-servicemonitor'],
    severity: 'info',
    recommended: false,
    messages: {
      nothing: 'ServiceMonitor {{name}} selects no Service of the input.',
      none: 'ServiceMonitor {{name}} has neither selector nor namespaceSelector.',
    },
  },
  isSubject: ({ kind }) => kind === 'ServiceMonitor',
  check(monitor, { bundle, report }) {
    const spec = monitor.cursor.at('spec');
    const selector = spec.at('selector');
    const namespaces = spec.at('namespaceSelector');
    const isEmpty = (place: typeof selector): boolean => place.keys().length === 0;
    if (isEmpty(selector) && isEmpty(namespaces)) {
      report(selector, 'none', { name: monitor.name });
      return;
    }
    if (bundle.mayHold('Service')) return;
    const names = namespaces
      .at('matchNames')
      .items()
      .map((item) => item.string);
    const isAny = namespaces.at('any').boolean === true;
    const isIn = (service: Resource): boolean => {
      if (isAny) return true;
      if (names.length > 0) return service.namespace === undefined || names.includes(service.namespace);
      return bundle.sharesNamespace(monitor, service);
    };
    const isSelected = (service: Resource): boolean =>
      isIn(service) &&
      (isEmpty(selector) || matchesSelector(selector, labelsOf(service.cursor.at('metadata', 'labels'))));
    if (!bundle.ofKind('', 'Service').some(isSelected)) report(selector, 'nothing', { name: monitor.name });
  },
});
