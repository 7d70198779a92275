import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => (group === 'networking.k8s.io' || group === 'extensions') && kind === 'Ingress',
  meta: {
    summary: 'Disallow snippets of configuration in Ingresses',
    why: 'What a snippet annotation says is written into the configuration of ingress-nginx as it is: whoever may write an Ingress reads the Secrets of the whole cluster with it (CVE-2021-25742).',
    help: 'Use the annotation that is made for it, or have a person who runs the controller write the configuration.',
    references: [
      'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#configuration-snippet',
    ],
    covers: ['checkov/CKV_K8S_152', 'checkov/CKV_K8S_153', 'checkov/CKV_K8S_154'],
    severity: 'warning',
    recommended: false,
    messages: {
      snippet: 'Ingress {{name}} has the annotation {{annotation}}, whose text goes into the configuration of nginx.',
    },
  },
  check({ cursor, name }, { report }) {
    for (const [annotation, place] of cursor.at('metadata', 'annotations').entries()) {
      if (annotation.includes('snippet')) report(place.onKey, 'snippet', { name, annotation });
    }
  },
});
