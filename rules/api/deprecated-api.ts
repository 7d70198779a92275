import { isChosenByCluster } from '../../src/bundle/chosen-by-cluster.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Forbid API versions that are deprecated or removed',
    why:
      'A deprecated API version is still served, and is removed in a later version of Kubernetes. After that upgrade of ' +
      'the cluster, the release can be neither installed nor upgraded.',
    help: {
      replaced: 'Use {{replacement}}.',
      unreplaced: 'Plan to do without {{kind}}.',
      removed: 'Use {{replacement}}.',
      removedUnreplaced: 'Remove the {{kind}}: nothing replaces it.',
    },
    references: [
      'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
      'https://kubernetes.io/docs/reference/using-api/deprecation-policy/',
    ],
    covers: [
      'kube-linter/no-extensions-v1beta',
      'kube-score/stable-version',
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
      removed: '{{kind}} of {{apiVersion}} was removed in Kubernetes 1.{{removed}}; use {{replacement}}.',
      removedUnreplaced: '{{kind}} of {{apiVersion}} was removed in Kubernetes 1.{{removed}}.',
    },
    yieldsTo: ['schema-valid'],
  },
  needsVerdicts: true,
  check({ apiVersion, kind, cursor }, { verdicts, report }) {
    const deprecation = verdicts?.deprecationOf(apiVersion, kind);
    if (deprecation === undefined) return;
    const { since, removed, isServed, replacement } = deprecation;
    const place = cursor.at('apiVersion');
    if (!isServed) {
      // On a cluster, the template may choose another API version.
      if (isChosenByCluster(place)) return;
      const said = { apiVersion, kind, removed: String(removed) };
      if (replacement === undefined) report(place, 'removedUnreplaced', said);
      else report(place, 'removed', { ...said, replacement });
      return;
    }
    const removal = removed === undefined ? '' : ` and removed in 1.${removed}`;
    const said = { apiVersion, kind, since: String(since), removal };
    if (replacement === undefined) report(place, 'unreplaced', said);
    else report(place, 'replaced', { ...said, replacement });
  },
});
