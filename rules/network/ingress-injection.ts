import { defineRule } from '../../src/rule/rule.ts';

const ANNOTATIONS = /^nginx\.ingress\.kubernetes\.io\/(?:auth-url|auth-tls-match-cn|mirror-target|mirror-host)$/;
const BREAKING = /[\n\r;{}"'`#]/;
const NAMES: Readonly<Record<string, string | undefined>> = { '\n': 'a line break', '\r': 'a line break' };

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => (group === 'networking.k8s.io' || group === 'extensions') && kind === 'Ingress',
  meta: {
    summary: 'Disallow annotations that break out of the configuration of nginx',
    why: 'Some annotations of ingress-nginx were written into its configuration unchecked: a line break or a brace in them runs commands in the controller, which reads the Secrets of all namespaces (CVE-2025-1974 and others).',
    help: 'Write a plain URL or name, without quotes, braces, semicolons and line breaks.',
    references: ['https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/'],
    covers: ['trivy/KCV-0093'],
    severity: 'error',
    recommended: true,
    messages: {
      injection: 'Ingress {{name}} has the annotation {{annotation}} with {{found}}, which ends a directive of nginx.',
    },
  },
  check({ cursor, name }, { report }) {
    for (const [annotation, place] of cursor.at('metadata', 'annotations').entries()) {
      const found = ANNOTATIONS.test(annotation) ? BREAKING.exec(place.string ?? '')?.[0] : undefined;
      if (found !== undefined) report(place, 'injection', { name, annotation, found: NAMES[found] ?? found });
    }
  },
});
