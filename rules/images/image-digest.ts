import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require images to have a digest',
    why: 'A tag may be moved to another image; a digest is the image itself.',
    help: 'Add the digest of the image: {{image}}@sha256:….',
    references: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
    covers: ['checkov/CKV_K8S_43'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: 'Container {{container}} has the image {{image}}, which has no digest.',
    },
  },
  check({ cursor, name }, { report }) {
    const place = cursor.at('image');
    const image = place.string ?? '';
    if (image !== '' && !image.includes('@')) report(place, 'missing', { container: name, image });
  },
});
