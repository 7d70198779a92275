import { matchesAnyGlob } from '../../src/text/glob.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require images to have a tag that stays the same',
    why: 'An image without a tag is that of the tag latest, which is another one after each push: two Pods of one release run different programs, and a rollback brings back nothing.',
    help: {
      missing: 'Add the tag of a version to {{image}}, or a digest.',
      forbidden: 'Change the tag of {{image}} to that of a version, or add a digest.',
    },
    references: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
    covers: [
      'kube-linter/latest-tag',
      'kube-score/container-image-tag',
      'polaris/tagNotSpecified',
      'checkov/CKV_K8S_14',
      'trivy/KSV-0013',
    ],
    severity: 'warning',
    recommended: false,
    messages: {
      missing: 'Container {{container}} has the image {{image}}, which has no tag.',
      forbidden: 'Container {{container}} has the image {{image}}, with the tag {{tag}}.',
    },
    options: {
      type: 'object',
      properties: {
        tags: {
          type: 'array',
          items: { type: 'string' },
          default: ['latest'],
          description: 'Tags that no image may have, as globs.',
        },
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Images that may have any tag, as globs.',
        },
      },
    },
  },
  check({ cursor, name }, { options, report }) {
    const place = cursor.at('image');
    const image = place.string;
    if (image === undefined || image === '' || image.includes('@')) return;
    if (matchesAnyGlob(image, options.allow)) return;
    // A colon before the last slash belongs to the port of a registry.
    const tag = /:([^:/]*)$/.exec(image)?.[1] ?? '';
    if (tag === '') report(place, 'missing', { container: name, image });
    else if (matchesAnyGlob(tag, options.tags)) report(place, 'forbidden', { container: name, image, tag });
  },
});
