import { defineRule } from '../../src/rule/rule.ts';

/** Semantic Versioning 2.0.0: no leading zeros, and labels of letters, digits and hyphens. */
const STRICT =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/;
/** What Helm takes for a version besides. */
const LOOSE = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?((?:[-+].*)?)$/;

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require the version of a chart to be a Semantic Version',
    why: 'The commands `helm package`, `helm push` and the tags of registries need the three numbers of Semantic Versioning. Written without quotes, 1.10 is the number 1.1.',
    help: {
      number: 'Quote it, with three numbers: "{{found}}.0".',
      loose: 'Write {{suggestion}}.',
    },
    references: ['https://helm.sh/docs/topics/charts/#charts-and-versioning', 'https://semver.org/'],
    covers: ['helm-lint/chart-version', 'helm-lint/chart-version-strict'],
    severity: 'warning',
    recommended: false,
    messages: {
      number: 'The version of the chart is the number {{found}}; expected a text.',
      loose: 'The version of the chart is {{found}}, which is not a complete Semantic Version.',
    },
  },
  check({ manifest }, { report }) {
    const place = manifest.at('version');
    const found = place.text ?? '';
    if (!place.exists || found === '') return;
    if (place.string === undefined) {
      report(place, 'number', { found });
      return;
    }
    if (STRICT.test(found)) return;
    // Helm refuses to load anything else.
    const [, major = '', minor = '0', patch = '0', rest = ''] = LOOSE.exec(found) ?? [];
    if (major !== '')
      report(place, 'loose', {
        found,
        suggestion: [major, minor, patch].map((part) => String(Number(part))).join('.') + rest,
      });
  },
});
