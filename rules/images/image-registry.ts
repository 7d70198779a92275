import { enumerate } from '../../src/text/enumerate.ts';
import { matchesGlob } from '../../src/text/glob.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require images to come from known registries',
    why: 'An image from a registry that nobody has looked at is a program that nobody has looked at.',
    help: 'Use an image from {{expected}}.',
    references: ['https://kubernetes.io/docs/concepts/containers/images/'],
    covers: ['trivy/KSV-0125', 'trivy/KSV-0032', 'trivy/KSV-0033', 'trivy/KSV-0034', 'trivy/KSV-0035'],
    severity: 'warning',
    recommended: false,
    messages: {
      other: 'Container {{container}} has the image {{image}}, which comes from {{registry}}.',
    },
    options: {
      type: 'object',
      properties: {
        registries: {
          type: 'array',
          items: { type: 'string' },
          minItems: 1,
          description: 'Hosts as globs, or paths of registries that images may come from.',
        },
      },
      required: ['registries'],
    },
  },
  check({ cursor, name }, { options, report }) {
    const place = cursor.at('image');
    const image = place.string ?? '';
    if (image === '') return;
    const registry = registryOf(image);
    const path = image.startsWith(`${registry}/`) ? image : `${registry}/${image}`;
    if (options.registries.some((allowed) => matchesGlob(registry, allowed) || path.startsWith(`${allowed}/`))) return;
    report(place, 'other', { container: name, image, registry, expected: enumerate(options.registries, 'or') });
  },
});

/** Where an image comes from: what is before the first slash, if it can be a host, else Docker Hub. */
function registryOf(image: string): string {
  const first = image.includes('/') ? image.slice(0, image.indexOf('/')) : '';
  return /[.:]|^localhost$/.test(first) ? first : 'docker.io';
}
