import type { Cursor } from '../yaml/cursor.ts';
import type { Resource } from './resource.ts';

/** An object outside the input, declared in a policy's `externals`. */
export interface External {
  readonly kind: string;
  /** A glob. */
  readonly name: string;
  readonly namespace?: string | undefined;
  /** Undefined when the policy does not say which keys it has. */
  readonly keys?: readonly string[] | undefined;
}

/** Each key with the place of its value; without a place when only its name is known. A `ReadonlyMap` is one. */
interface Keys extends Iterable<[key: string, place: Cursor | undefined]> {
  readonly size: number;
  has(key: string): boolean;
  get(key: string): Cursor | undefined;
  keys(): Iterable<string>;
}

/** What gives a container its ConfigMap or Secret, whichever form it has in the input. */
export interface KeyProvider {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly form: 'ConfigMap' | 'Secret' | 'SealedSecret' | 'ExternalSecret' | 'external';
  readonly name: string;
  readonly namespace: string | undefined;
  /** Undefined for an external. */
  readonly resource: Resource | undefined;
  readonly keys: Keys;
  /** False when it may hold more keys than these, as an ExternalSecret with `dataFrom` may. */
  readonly hasAllKeys: boolean;
}

/** Reads the ConfigMap or Secret that an object provides; undefined for objects that provide none. */
export function readProvider(resource: Resource): KeyProvider | undefined {
  const { cursor, group, kind } = resource;
  if (group === '' && kind === 'ConfigMap') {
    return provider(resource, 'ConfigMap', new MappingKeys(cursor.at('data'), cursor.at('binaryData')));
  }
  if (group === '' && kind === 'Secret') {
    return provider(resource, 'Secret', new MappingKeys(cursor.at('data'), cursor.at('stringData')));
  }
  if (group === 'bitnami.com' && kind === 'SealedSecret') {
    const template = cursor.at('spec', 'template');
    const keys = new MappingKeys(cursor.at('spec', 'encryptedData'), template.at('data'));
    const name = template.at('metadata', 'name').string ?? resource.name;
    // In `spec.data`, the form before `encryptedData`, all keys are one ciphertext.
    const hasAllKeys = cursor.at('spec', 'data').string === undefined;
    return { ...provider(resource, 'SealedSecret', keys), name, hasAllKeys };
  }
  if (group === 'external-secrets.io' && kind === 'ExternalSecret') return readExternalSecret(resource);
  return undefined;
}

/** The Secret that External Secrets Operator writes (external-secrets.io API, `ExternalSecretSpec`). */
function readExternalSecret(resource: Resource): KeyProvider {
  const spec = resource.cursor.at('spec');
  const target = spec.at('target');
  const template = target.at('template');
  const keys = new Map<string, Cursor | undefined>();
  for (const item of spec.at('data').items()) {
    const key = item.at('secretKey');
    if (key.string !== undefined) keys.set(key.string, key);
  }
  // With Merge the Secret is made by someone else, who gives it keys of their own.
  let hasAllKeys = spec.at('dataFrom').items().length === 0 && target.at('creationPolicy').string !== 'Merge';
  const templated = new MappingKeys(template.at('data'));
  // With template data and the default merge policy, the template alone decides the keys.
  if (templated.size > 0 && template.at('mergePolicy').string !== 'Merge') {
    keys.clear();
    hasAllKeys = true;
  }
  for (const [key, place] of templated) keys.set(key, place);
  if (template.at('templateFrom').items().length > 0) hasAllKeys = false;
  const name = target.at('name').string ?? resource.name;
  return { ...provider(resource, 'ExternalSecret', keys), name, hasAllKeys };
}

function provider(resource: Resource, form: KeyProvider['form'], keys: KeyProvider['keys']): KeyProvider {
  const { name, namespace } = resource;
  return {
    kind: form === 'ConfigMap' ? 'ConfigMap' : 'Secret',
    form,
    name,
    namespace,
    resource,
    keys,
    hasAllKeys: true,
  };
}

/** The keys of mappings; of a key that several have, the last one counts. Most are never asked for, so none is kept. */
class MappingKeys implements Keys {
  readonly #mappings: readonly Cursor[];

  constructor(...mappings: readonly Cursor[]) {
    this.#mappings = mappings.filter((mapping) => mapping.isMapping);
  }

  get size(): number {
    return this.keys().length;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  get(key: string): Cursor | undefined {
    return this.#mappings.map((mapping) => mapping.at(key)).findLast((place) => place.exists);
  }

  keys(): string[] {
    const [first, second] = this.#mappings;
    if (second === undefined) return first?.keys() ?? [];
    return [...new Set(this.#mappings.flatMap((mapping) => mapping.keys()))];
  }

  [Symbol.iterator](): Iterator<[string, Cursor]> {
    const [first, second] = this.#mappings;
    if (second === undefined) return (first?.entries() ?? [])[Symbol.iterator]();
    return new Map(this.#mappings.flatMap((mapping) => mapping.entries()))[Symbol.iterator]();
  }
}
