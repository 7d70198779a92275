import type { Cursor } from '../../../yaml/cursor.ts';
import { listOf, type Configuration, type Peer } from './configuration.ts';

const KUBERNETES = 'k8s';
/** Its checks of other components are called like these. */
const OF_KUBERNETES = new Set(['deprecated', 'removed']);

/** https://pluto.docs.fairwinds.com/advanced/ */
export const PLUTO: Peer = {
  title: 'Pluto',
  files: ['.pluto.yaml', '.pluto.yml', 'pluto.yaml', 'pluto.yml'],
  moreFiles: ['versions.yaml', 'versions.yml', '.pluto-versions.yaml'],
  read(files, all): Configuration {
    const roots = files.flatMap(({ root }) => root ?? []);
    const targets = new Map(roots.flatMap((root) => [...targetsOf(root)]));
    const components = new Set(roots.flatMap((root) => listOf(root.at('components'))));
    const own = roots.flatMap((root) => root.at('deprecated-versions').items());
    const names = [...all.keys()].filter((name) => {
      const component = OF_KUBERNETES.has(name) ? KUBERNETES : name;
      return components.size === 0 || components.has(component);
    });
    return {
      checks: names.map((name) => ({ name })),
      exemptions: [],
      kubeVersion: targets.get(KUBERNETES),
      left: own.map((entry) => {
        const what = `${entry.at('kind').text} of ${entry.at('version').text}`;
        return { what, why: 'chartlint does not take versions of your own.' };
      }),
    };
  },
  exemptionsOf: () => ({ exemptions: [] }),
};

/** `target-versions: { k8s: v1.32.0 }`, or a list of `k8s=v1.32.0`. */
function targetsOf(root: Cursor): Map<string, string> {
  const place = root.at('target-versions');
  const pairs = place.isMapping
    ? place.entries().map(([name, version]) => [name, version.text ?? ''] as const)
    : listOf(place).map((item) => [item.split('=')[0] ?? '', item.split('=')[1] ?? ''] as const);
  return new Map(pairs.map(([name, version]) => [name, version.replace(/^v/, '')]));
}
