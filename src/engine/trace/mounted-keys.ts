import type { Bundle } from '../../bundle/bundle.ts';
import type { KeyProvider } from '../../bundle/provider.ts';
import { volumesOf, type Container } from '../../bundle/workload.ts';
import { isInside, normalizePath } from '../../text/path.ts';
import type { Cursor } from '../../yaml/cursor.ts';

/** A key of a ConfigMap that a container finds as a file. */
export interface MountedKey {
  /** The key's value, in the ConfigMap. */
  readonly value: Cursor;
  /** Of the file, in the container. */
  readonly path: string;
  /** On `volumeMounts[i]`. */
  readonly mount: Cursor;
}

/** The files that a container has from ConfigMaps: `volumes[].configMap`, and those in `projected` (Kubernetes, "Volumes"). */
export function* readMountedKeys(bundle: Bundle, container: Container): Generator<MountedKey> {
  const volumes = volumesOf(container.workload);
  for (const mount of container.cursor.at('volumeMounts').items()) {
    const folder = normalizePath(mount.at('mountPath').string ?? '');
    const volume = volumes.find((each) => each.at('name').text === mount.at('name').text);
    if (folder === undefined || volume === undefined) continue;
    const part = normalizePath(`/${mount.at('subPath').string ?? ''}`) ?? '/';
    for (const { value, path } of filesOf(volume, bundle, container)) {
      if (!isInside(path, part)) continue;
      const rest = part === '/' ? path : path.slice(part.length);
      yield { value, path: normalizePath(folder + rest) ?? folder, mount };
    }
  }
}

/** The files of a volume, by their paths in it. */
function* filesOf(volume: Cursor, bundle: Bundle, { workload }: Container): Generator<{ value: Cursor; path: string }> {
  const projected = volume.at('projected', 'sources').items();
  for (const source of [volume, ...projected].map((each) => each.at('configMap'))) {
    const provider = bundle.findProvider('ConfigMap', source.at('name').string ?? '', workload.resource);
    if (provider === undefined) continue;
    for (const [key, path] of pathsOf(source, provider)) {
      const value = provider.keys.get(key);
      const normal = normalizePath(`/${path}`);
      if (value !== undefined && normal !== undefined) yield { value, path: normal };
    }
  }
}

/** The keys that are mounted, each with its path: those of `items`, else all. */
function pathsOf(source: Cursor, { keys }: KeyProvider): [key: string, path: string][] {
  const items = source.at('items').items();
  if (items.length === 0) return [...keys.keys()].map((key) => [key, key]);
  return items.map((item) => [item.at('key').string ?? '', item.at('path').string ?? '']);
}
