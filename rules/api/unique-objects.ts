import type { Resource } from '../../src/bundle/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'bundle',
  selects: 'resource',
  meta: {
    summary: 'Require every object of a release to have a name of its own',
    why:
      'Of two objects with the same kind, name and namespace, only the last one remains in the cluster: helm and kubectl ' +
      'install both, one over the other, without a word. An object with generateName alone cannot be installed by Helm: ' +
      '"resource name may not be empty". Hooks are not compared with others: they come and go at different times. The ' +
      'namespace of an object that is not in one, such as a ClusterRole, is ignored.',
    help: {
      twice: 'Remove one of the two, or give it another name.',
      unnamed: 'Write metadata.name in place of generateName, for example with the revision of the release in it.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
      'https://helm.sh/docs/topics/charts_hooks/',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      twice: '{{kind}} {{name}} is twice in the release: the later copy overwrites this one.',
      unnamed: '{{kind}} has generateName, but no name: Helm cannot install it.',
    },
  },
  needsVerdicts: true,
  check({ bundle, selected }, { verdicts, report }) {
    const last = new Map<string, Resource>();
    for (const resource of selected.toReversed()) {
      const { apiVersion, kind, name, cursor } = resource;
      // Only what Helm has rendered is one release: files side by side may belong to several.
      if (resource.template === undefined) continue;
      const metadata = cursor.at('metadata');
      if (name === '') {
        const generateName = metadata.at('generateName');
        if (generateName.exists) report(generateName, 'unnamed', { kind });
        continue;
      }
      if (metadata.at('annotations', 'helm.sh/hook').exists) continue;
      const isInNone = verdicts?.isNamespaced(apiVersion, kind) === false;
      const namespace = isInNone ? '' : (resource.namespace ?? bundle.namespace ?? '');
      const key = JSON.stringify([resource.group, kind, namespace, name]);
      const kept = last.get(key);
      if (kept === undefined) {
        last.set(key, resource);
        continue;
      }
      const related = [{ cursor: kept.cursor.at('metadata', 'name'), message: 'The copy that remains is here.' }];
      report(metadata.at('name'), 'twice', { kind, name }, { related });
    }
  },
});
