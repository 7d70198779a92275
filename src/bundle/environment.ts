import { looksSecret } from '../kube/secret-name.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { KeyProvider } from './provider.ts';
import type { Container } from './workload.ts';

/** A ConfigMap or Secret that a container reads, whole (`envFrom`) or by key (`env[].valueFrom`). */
export interface EnvironmentReference {
  readonly via: 'env' | 'envFrom';
  readonly kind: 'ConfigMap' | 'Secret';
  /** The object's name. */
  readonly name: string;
  /** The key, when `via` is `env`. */
  readonly key: string | undefined;
  /** What `envFrom` puts before each key. */
  readonly prefix: string;
  readonly isOptional: boolean;
  /** On the list item: `envFrom[i]` or `env[i]`. */
  readonly cursor: Cursor;
  /** On `configMapRef`, `secretRef`, `configMapKeyRef` or `secretKeyRef`. */
  readonly reference: Cursor;
  /** Undefined when the object is not in the input and not declared as an external. */
  readonly provider: KeyProvider | undefined;
}

/** One environment variable of a container. */
export interface Variable {
  readonly name: string;
  readonly origin: 'literal' | 'ConfigMap' | 'Secret' | 'field' | 'resource' | 'other';
  /** Where the container names it: `env[i]` or `envFrom[i]`. */
  readonly cursor: Cursor;
  /** What it comes from when `origin` is ConfigMap or Secret. */
  readonly reference: EnvironmentReference | undefined;
  /** The key inside that object. */
  readonly key: string | undefined;
  /** Where its value is written: `env[i].value`, or the key's value in the ConfigMap or Secret. */
  readonly place: Cursor | undefined;
  /** After `$(VAR)`; undefined when it is not known, and for everything that comes from a Secret. */
  readonly value: string | undefined;
  /** The variable of the same name that it hides. */
  readonly shadows: Variable | undefined;
}

/** What a container's process finds in its environment, as the kubelet builds it. */
export interface ContainerEnvironment {
  /** By name, in the order in which they are first set. */
  readonly variables: ReadonlyMap<string, Variable>;
  readonly references: readonly EnvironmentReference[];
  /** False when a source is not in the input, or its keys are not all known. */
  readonly isComplete: boolean;
}

/** Finds the object behind a name, from the place of the container that names it. */
export type FindProvider = (kind: 'ConfigMap' | 'Secret', name: string) => KeyProvider | undefined;

/**
 * Builds the environment of a container: `envFrom` in order, later over earlier, then `env` over all
 * (Kubernetes API reference, Container v1 core; kubelet, `makeEnvironmentVariables`).
 */
export function resolveEnvironment({ cursor }: Container, findProvider: FindProvider): ContainerEnvironment {
  const references = readWhole(cursor.at('envFrom'), findProvider);
  const items = readItems(cursor.at('env'), findProvider);
  for (const { reference } of items) if (reference !== undefined) references.push(reference);
  return new Environment(references, items);
}

class Environment implements ContainerEnvironment {
  readonly references: readonly EnvironmentReference[];
  readonly #items: readonly Item[];
  #variables: ReadonlyMap<string, Variable> | undefined;

  constructor(references: readonly EnvironmentReference[], items: readonly Item[]) {
    this.references = references;
    this.#items = items;
  }

  /** Made when they are asked for: most rules want the references alone. */
  get variables(): ReadonlyMap<string, Variable> {
    return (this.#variables ??= setVariables(this.references, this.#items));
  }

  get isComplete(): boolean {
    return this.references.every(({ via, provider }) => {
      return provider !== undefined && (via === 'env' || provider.hasAllKeys);
    });
  }
}

/** One of `env` with the key that it reads. */
interface Item {
  readonly name: string;
  readonly cursor: Cursor;
  readonly reference: EnvironmentReference | undefined;
}

const ENV_FROM_FIELDS = [
  ['configMapRef', 'ConfigMap'],
  ['secretRef', 'Secret'],
] as const;

const KEY_REF_FIELDS = [
  ['configMapKeyRef', 'ConfigMap'],
  ['secretKeyRef', 'Secret'],
] as const;

function readWhole(envFrom: Cursor, findProvider: FindProvider): EnvironmentReference[] {
  const references: EnvironmentReference[] = [];
  for (const cursor of envFrom.items()) {
    for (const [field, kind] of ENV_FROM_FIELDS) {
      const reference = cursor.at(field);
      const name = reference.at('name').string;
      if (name === undefined || name === '') continue;
      references.push({
        via: 'envFrom',
        kind,
        name,
        key: undefined,
        prefix: cursor.at('prefix').string ?? '',
        isOptional: reference.at('optional').boolean === true,
        cursor,
        reference,
        provider: findProvider(kind, name),
      });
    }
  }
  return references;
}

function readItems(env: Cursor, findProvider: FindProvider): Item[] {
  const items: Item[] = [];
  for (const cursor of env.items()) {
    const name = cursor.at('name').text;
    if (name === undefined || name === '') continue;
    items.push({ name, cursor, reference: readKeyReference(cursor, findProvider) });
  }
  return items;
}

function readKeyReference(cursor: Cursor, findProvider: FindProvider): EnvironmentReference | undefined {
  const valueFrom = cursor.at('valueFrom');
  for (const [field, kind] of KEY_REF_FIELDS) {
    const reference = valueFrom.at(field);
    if (!reference.exists) continue;
    const name = reference.at('name').string ?? '';
    return {
      via: 'env',
      kind,
      name,
      key: reference.at('key').string,
      prefix: '',
      isOptional: reference.at('optional').boolean === true,
      cursor,
      reference,
      provider: name === '' ? undefined : findProvider(kind, name),
    };
  }
  return undefined;
}

function setVariables(
  references: readonly EnvironmentReference[],
  items: readonly Item[],
): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const reference of references) {
    if (reference.via !== 'envFrom') continue;
    for (const [key, place] of reference.provider?.keys ?? []) {
      // The kubelet leaves out binary data.
      if (place?.parent?.segment === 'binaryData') continue;
      const name = reference.prefix + key;
      variables.set(name, fromKey(name, reference, key, place, variables.get(name)));
    }
  }
  for (const item of items) variables.set(item.name, readItem(item, variables));
  return variables;
}

function readItem({ name, cursor, reference }: Item, earlier: ReadonlyMap<string, Variable>): Variable {
  const shadows = earlier.get(name);
  if (reference !== undefined) {
    const { key, provider } = reference;
    return fromKey(name, reference, key, key === undefined ? undefined : provider?.keys.get(key), shadows);
  }
  const valueFrom = cursor.at('valueFrom');
  if (!valueFrom.isMapping) {
    const place = cursor.at('value');
    const value = expandReferences(place.text ?? '', earlier);
    return { name, origin: 'literal', cursor, reference, key: undefined, place, value, shadows };
  }
  const origin = valueFrom.at('fieldRef').exists
    ? 'field'
    : valueFrom.at('resourceFieldRef').exists
      ? 'resource'
      : 'other';
  return { name, origin, cursor, reference, key: undefined, place: undefined, value: undefined, shadows };
}

function fromKey(
  name: string,
  reference: EnvironmentReference,
  key: string | undefined,
  place: Cursor | undefined,
  shadows: Variable | undefined,
): Variable {
  const { kind, cursor } = reference;
  const value = kind === 'ConfigMap' ? place?.text : undefined;
  return { name, origin: kind, cursor, reference, key, place, value, shadows };
}

/**
 * Replaces `$(NAME)` by what is known of earlier variables and `$$` by `$`; a name that is not set stays as written.
 * Returns undefined when a value that is not known flows in. Source: Kubernetes, `third_party/forked/golang/expansion`.
 */
function expandReferences(text: string, earlier: ReadonlyMap<string, Variable>): string | undefined {
  if (!text.includes('$')) return text;
  let isKnown = true;
  const expanded = text.replace(/\$\$|\$\(([^()]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$';
    const variable = earlier.get(name);
    if (variable === undefined) return whole;
    // What a message may show must not hold a secret, not even one that is written out.
    if (variable.value === undefined || looksSecret(name)) isKnown = false;
    return variable.value ?? '';
  });
  return isKnown ? expanded : undefined;
}
