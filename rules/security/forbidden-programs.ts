import { podName } from '../../src/bundle/workload.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Disallow programs that open a cluster to everybody',
    why: 'The dashboard with its old defaults and Tiller, the server of Helm 2, have the rights of an administrator and ask nobody who they are.',
    help: {
      dashboard: 'Remove the dashboard, or reach it through an authenticating proxy only.',
      tiller: 'Remove Tiller: Helm needs no server since version 3.',
      gitSync: 'Remove GITSYNC_GIT: whoever sets it runs commands in the container.',
    },
    references: [
      'https://helm.sh/docs/topics/v2_v3_migration/',
      'https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/',
    ],
    covers: ['checkov/CKV_K8S_33', 'checkov/CKV_K8S_34', 'checkov/CKV_K8S_45', 'checkov/CKV_K8S_159', 'trivy/KSV-0102'],
    severity: 'warning',
    recommended: false,
    messages: {
      dashboard: '{{pod}} runs the Kubernetes dashboard.',
      tiller: '{{pod}} runs Tiller, the server of Helm 2.',
      gitSync: 'Container {{container}} sets GITSYNC_GIT.',
    },
  },
  check({ containers, resource, template }, { report }) {
    const pod = podName(resource);
    const labels = template.at('metadata', 'labels');
    const image = (pattern: RegExp): Cursor | undefined =>
      containers.map(({ cursor }) => cursor.at('image')).find(({ string }) => pattern.test(string ?? ''));
    const label = (names: readonly string[], value: string): Cursor | undefined =>
      names.map((name) => labels.at(name)).find(({ string }) => string === value);
    const dashboard = image(/kubernetes-dashboard|kubernetesui/) ?? label(['app', 'k8s-app'], 'kubernetes-dashboard');
    if (dashboard !== undefined) report(dashboard, 'dashboard', { pod });
    const isTiller = label(['app'], 'helm') !== undefined && label(['name'], 'tiller') !== undefined;
    const tiller = image(/(?:^|[/:-])tiller(?:$|[:@-])/) ?? (isTiller ? labels.at('name') : undefined);
    if (tiller !== undefined) report(tiller, 'tiller', { pod });
    for (const { cursor, name: container } of containers) {
      const place = cursor
        .at('env')
        .items()
        .map((item) => item.at('name'))
        .find(({ string }) => string === 'GITSYNC_GIT');
      if (place !== undefined) report(place, 'gitSync', { container });
    }
  },
});
