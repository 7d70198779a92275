import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Forbid API versions that are deprecated',
    why:
      'A deprecated API version is still served, and is removed in a later version of Kubernetes. After that upgrade of ' +
      'the cluster, the release can be neither installed nor upgraded. An API version that is already removed is for schema-valid.',
    help: {
      replaced: 'Use {{replacement}}.',
      unreplaced: 'Plan to do without {{kind}}.',
    },
    references: [
      'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
      'https://kubernetes.io/docs/reference/using-api/deprecation-policy/',
    ],
    covers: [
      'pluto/deprecated',
      'helm-lint/deprecated-api',

      'trivy/KSV-0107',
    ],
    severity: 'warning',
    recommended: true,
    messages: {
      replaced:
        '{{kind}} of {{apiVersion}} is deprecated since Kubernetes 1.{{since}}{{removal}}; use {{replacement}}.',
      unreplaced: '{{kind}} of {{apiVersion}} is deprecated since Kubernetes 1.{{since}}{{removal}}.',
    },
  },
  needsVerdicts: true,
  check({ apiVersion, kind, cursor }, { verdicts, report }) {
    const deprecation = verdicts?.deprecationOf(apiVersion, kind);
    if (deprecation === undefined) return;
    const { since, removed, replacement } = deprecation;
    const removal = removed === undefined ? '' : ` and removed in 1.${removed}`;
    const place = cursor.at('apiVersion');
    const said = { apiVersion, kind, since: String(since), removal };
    if (replacement === undefined) report(place, 'unreplaced', said);
    else report(place, 'replaced', { ...said, replacement });
  },
});
