import { looksSecret } from './secret-name.ts';

/** Whether the name of a key says that its value is a secret. */
export type IsSecretName = (name: string) => boolean;

/** Keys whose values name or describe a secret, and are not one: `secretKeyRef: {name, key}`. */
export const DESCRIBING_KEYS: ReadonlySet<string> = new Set([
  ...['name', 'key', 'namespace', 'optional', 'secretName', 'items', 'path', 'mode', 'defaultMode', 'apiVersion'],
  ...['kind', 'group', 'type', 'property', 'version', 'audience', 'expirationSeconds', 'enabled', 'create'],
]);

/** Whether what stands at the end of a path of keys is a secret: under a key that names one, it is unless it describes it. */
export function isSecretPath(path: readonly (string | number)[], isSecretName: IsSecretName = looksSecret): boolean {
  const last = path.at(-1);
  if (typeof last === 'string' && DESCRIBING_KEYS.has(last)) return false;
  return path.some((part) => typeof part === 'string' && isSecretName(part));
}
