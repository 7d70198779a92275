import type { Cursor } from '../../src/yaml/cursor.ts';
import { defineRule } from '../../src/rule/rule.ts';

/** A scheme and a host. */
const URL_START = /^[a-z][a-z\d+.-]*:\/\/[^\s/?#]+/i;
const EMAIL = /^[^\s@<>]+@[^\s@<>]+$/;

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require the fields of Chart.yaml to be valid',
    why: 'The command `helm lint` and repositories refuse a chart whose maintainers, sources or icon cannot be read, and Helm passes over `type` and `dependencies` of a chart of apiVersion v1.',
    help: {
      invalid: 'Change it to {{expected}}.',
      missing: 'Add it.',
      tooOld: 'Change apiVersion to v2, or {{remedy}}.',
    },
    references: [
      'https://helm.sh/docs/topics/charts/#the-chartyaml-file',
      'https://helm.sh/docs/topics/charts/#the-apiversion-field',
    ],
    covers: [
      'helm-lint/chart-maintainers-valid',
      'helm-lint/chart-sources-valid',
      'helm-lint/chart-icon-valid',
      'helm-lint/chart-type-v2',
      'helm-lint/chart-dependencies-v2',
      'helm-lint/chart-api-version',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      invalid: '{{field}} of the chart is {{found}}; expected {{expected}}.',
      missing: '{{field}} of the chart is missing.',
      tooOld: 'The chart has {{field}}, which Helm reads only with apiVersion: v2.',
    },
  },
  check({ manifest }, { report }) {
    const url = 'an absolute URL';
    const checkUrl = (place: Cursor, field: string): void => {
      const found = place.text;
      if (found === undefined || URL_START.test(found)) return;
      report(place, 'invalid', { field, found: found === '' ? 'empty' : found, expected: url });
    };
    const apiVersion = manifest.at('apiVersion');
    if (!apiVersion.exists) report(apiVersion, 'missing', { field: 'apiVersion' });
    for (const [index, maintainer] of manifest.at('maintainers').items().entries()) {
      const field = `maintainers[${index}]`;
      const name = maintainer.at('name');
      if (!maintainer.isMapping)
        report(maintainer, 'invalid', { field, found: maintainer.text || 'empty', expected: 'a mapping with a name' });
      else if (!name.exists || name.text === '') report(name, 'missing', { field: `The name of ${field}` });
      const email = maintainer.at('email');
      if (email.text && !EMAIL.test(email.text))
        report(email, 'invalid', {
          field: `${field}.email`,
          found: email.text,
          expected: 'an address such as team@example.com',
        });
      if (maintainer.at('url').text) checkUrl(maintainer.at('url'), `${field}.url`);
    }
    for (const [index, source] of manifest.at('sources').items().entries()) checkUrl(source, `sources[${index}]`);
    const icon = manifest.at('icon');
    if (icon.text) checkUrl(icon, 'icon');
    if (apiVersion.text !== 'v1') return;
    const type = manifest.at('type');
    const dependencies = manifest.at('dependencies');
    if (type.exists) report(type, 'tooOld', { field: 'a type', remedy: 'remove type' });
    if (dependencies.items().length > 0)
      report(dependencies, 'tooOld', { field: 'dependencies', remedy: 'move them to requirements.yaml' });
  },
});
