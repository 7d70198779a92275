import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require the version of a chart to grow with every change',
    why: 'Repositories and registries keep one archive for each version: a changed chart of an old version is refused, or replaces what others have installed. With --changed-since, the version is compared with that of the commit from which changes are counted.',
    help: 'Raise the version in Chart.yaml above {{before}}.',
    references: ['https://helm.sh/docs/topics/charts/#charts-and-versioning', 'https://github.com/helm/chart-testing'],
    covers: ['chart-testing/check-version-increment'],
    severity: 'error',
    recommended: false,
    messages: {
      same: 'The chart has changed, but its version {{version}} is not higher than {{before}}.',
    },
  },
  needsVersionBefore: true,
  isSubject: ({ before }) => before !== undefined,
  check({ before, manifest }, { report }) {
    if (before === undefined || before.isRaised) return;
    const place = manifest.at('version');
    report(place, 'same', { version: place.text ?? '', before: before.version });
  },
});
