import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require images to be pulled for every Pod',
    why: 'With another imagePullPolicy a node uses what it has: an old image of the same tag, or one that another team could pull and this one may not.',
    help: 'Add imagePullPolicy: Always to container {{container}}, or a digest to its image.',
    references: ['https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy'],
    covers: ['kube-score/container-image-pull-policy', 'polaris/pullPolicyNotAlways', 'checkov/CKV_K8S_15'],
    severity: 'info',
    recommended: false,
    messages: {
      other: 'Container {{container}} has imagePullPolicy: {{found}}.',
      missing: 'Container {{container}} has no imagePullPolicy: with the tag of its image, that is IfNotPresent.',
    },
  },
  check({ cursor, name }, { report }) {
    const image = cursor.at('image').string ?? '';
    const place = cursor.at('imagePullPolicy');
    const found = place.string ?? '';
    if (found === 'Always') return;
    if (found !== '') report(place, 'other', { container: name, found });
    // Without a tag, and with latest, it is Always.
    else if (!image.includes('@') && /:[^:/]+$/.test(image) && !image.endsWith(':latest'))
      report(place, 'missing', { container: name });
  },
});
