import { requireHeap } from '../memory/require-heap.ts';
import { minorOf, NEWEST_MINOR } from '../kube/api-kinds.ts';
import { POD_KINDS, type PodKind } from '../kube/pod-kinds.ts';
import { isGlob, matchesGlob } from '../text/glob.ts';
import { nearMiss } from '../text/near-miss.ts';
import type { SourceText } from '../text/source.ts';
import type { Cursor } from '../yaml/cursor.ts';
import { resolveEnvironment, type ContainerEnvironment, type EnvironmentReference } from './environment.ts';
import { readProvider, type External, type KeyProvider } from './provider.ts';
import { findOwned } from './owners.ts';
import type { Resource } from './resource.ts';
import { workloadsLabelled } from './selected.ts';
import type { Unread } from './unread.ts';
import { readWorkload, type Container, type Workload } from './workload.ts';

const REMEMBERED_ENVIRONMENTS = 16;
const SECRET_MAKERS = ['SealedSecret', 'ExternalSecret'];

export interface BundleOptions {
  /** The namespace of objects that name none; undefined when it is not known. */
  readonly namespace?: string | undefined;
  readonly externals?: readonly External[];
  /** Kinds of custom resources that hold a Pod. */
  readonly podKinds?: readonly PodKind[];
  /** What stands in the input and could not be read. */
  readonly unread?: readonly Unread[];
  /** The version of Kubernetes that the objects are for, such as `1.33`. */
  readonly kubeVersion?: string | undefined;
}

/**
 * All resources of one environment, indexed. Built once per run; every rule reads it and none changes it.
 * An object without a namespace, where the release's namespace is not known, may be in any.
 */
export class Bundle {
  readonly resources: readonly Resource[];
  /** Without those that another workload of the input made. */
  readonly workloads: readonly Workload[];
  readonly configMaps: readonly KeyProvider[];
  /** Everything that provides a Secret: Secrets, SealedSecrets and ExternalSecrets. */
  readonly secrets: readonly KeyProvider[];
  /** What stands in the input and could not be read: nothing that it may be is missing. */
  readonly unread: readonly Unread[];
  /**
   * The minor version of Kubernetes 1 that the objects are for: 33 of `1.33`. The newest one that is known, where none was
   * chosen or it cannot be read.
   */
  readonly kubeMinor: number;
  readonly #owned: ReadonlySet<Resource>;
  readonly #podKinds = new Set<string>();
  readonly #workloadKinds: ReadonlyMap<string, PodKind>;
  readonly #namespace: string | undefined;
  readonly #externals: readonly External[];
  readonly #byRoot = new Map<Cursor, Resource>();
  readonly #byKind = new Map<string, Resource[]>();
  /** By kind, then by name; of the kinds that a rule has looked into. */
  readonly #byName = new Map<string, Map<string, Resource[]>>();
  readonly #providers = { ConfigMap: new Map<string, KeyProvider[]>(), Secret: new Map<string, KeyProvider[]>() };
  #environments = new Map<Container, ContainerEnvironment>();
  #references: Map<Resource, EnvironmentReference[]> | undefined;

  constructor(resources: readonly Resource[], options: BundleOptions = {}) {
    this.resources = resources;
    this.unread = options.unread ?? [];
    this.kubeMinor = minorOf(options.kubeVersion ?? '') ?? NEWEST_MINOR;
    this.#namespace = options.namespace;
    this.#externals = options.externals ?? [];
    const podKinds = new Map<string, PodKind>();
    for (const podKind of [...POD_KINDS, ...(options.podKinds ?? [])]) {
      podKinds.set(pairKey(podKind.group, podKind.kind), podKind);
      this.#podKinds.add(podKind.kind);
    }
    this.#workloadKinds = podKinds;
    const workloads: Workload[] = [];
    const providers: KeyProvider[] = [];
    for (const resource of resources) {
      requireHeap();
      const kind = pairKey(resource.group, resource.kind);
      this.#byRoot.set(resource.cursor, resource);
      append(this.#byKind, kind, resource);
      const podKind = podKinds.get(kind);
      const workload = podKind === undefined ? undefined : readWorkload(resource, podKind);
      if (workload !== undefined) workloads.push(workload);
      const provider = readProvider(resource);
      if (provider !== undefined) {
        providers.push(provider);
        append(this.#providers[provider.kind], provider.name, provider);
      }
    }
    this.#owned = findOwned(resources, ({ group, kind }) => podKinds.has(pairKey(group, kind)));
    this.workloads =
      this.#owned.size === 0 ? workloads : workloads.filter(({ resource }) => !this.#owned.has(resource));
    this.configMaps = providers.filter((provider) => provider.kind === 'ConfigMap');
    this.secrets = providers.filter((provider) => provider.kind === 'Secret');
  }

  /** The namespace of objects that name none; undefined when it is not known. */
  get namespace(): string | undefined {
    return this.#namespace;
  }

  /** Whether another object of the input made an object: then rules look at that one, yet this one may be referred to. */
  isOwned(resource: Resource): boolean {
    return this.#owned.has(resource);
  }

  /** Whether the objects of a kind hold a Pod. */
  isWorkloadKind(group: string, kind: string): boolean {
    return this.#workloadKinds.has(pairKey(group, kind));
  }

  /** The resource that a cursor is in. */
  resourceOf(cursor: Cursor): Resource | undefined {
    return this.#byRoot.get(cursor.root);
  }

  /** The namespace of an object; undefined when it is not known. */
  namespaceOf({ namespace }: Resource): string | undefined {
    return namespace ?? this.#namespace;
  }

  /** All resources of a kind; the core group is the empty string. */
  ofKind(group: string, kind: string): readonly Resource[] {
    return this.#byKind.get(pairKey(group, kind)) ?? [];
  }

  /** The resource of this name that an object in the same place would reach. */
  find(group: string, kind: string, name: string, from: Resource): Resource | undefined {
    const key = pairKey(group, kind);
    let byName = this.#byName.get(key);
    if (byName === undefined) {
      byName = new Map();
      for (const resource of this.ofKind(group, kind)) append(byName, resource.name, resource);
      this.#byName.set(key, byName);
    }
    return this.#nearest(byName.get(name) ?? [], from, (resource) => resource.source);
  }

  /** The name of an object of a kind, in reach of another object, that is spelt like one that there is not. */
  kindredOf(group: string, kind: string, name: string, from: Resource): string | undefined {
    const others = this.ofKind(group, kind).filter((other) => this.sharesNamespace(other, from));
    return nearMiss(
      name,
      others.map((other) => other.name),
    );
  }

  /** The ConfigMap or Secret of this name that an object would reach; externals come last. */
  findProvider(kind: 'ConfigMap' | 'Secret', name: string, from: Resource): KeyProvider | undefined {
    const found = this.#providers[kind].get(name) ?? [];
    return this.#nearest(found, from, (provider) => provider.resource?.source) ?? this.#findExternal(kind, name, from);
  }

  /**
   * Whether an object of a kind, and of a name where one is given, may be among what could not be read: then it is not
   * known whether there is one.
   */
  mayHold(kind: string, name?: string): boolean {
    return this.unread.some((unread) => {
      if (unread.kind === undefined) return true;
      // What makes a Secret may be called otherwise.
      if (kind === 'Secret' && SECRET_MAKERS.includes(unread.kind)) return true;
      return unread.kind === kind && (name === undefined || unread.name === undefined || unread.name === name);
    });
  }

  /** Whether something that could not be read says that it is this very object. */
  isShown(kind: string, name: string): boolean {
    return this.unread.some((unread) => unread.kind === kind && unread.name === name);
  }

  /** Whether a workload may be among what could not be read. */
  mayHoldWorkload(): boolean {
    return this.unread.some(({ kind }) => kind === undefined || this.#podKinds.has(kind));
  }

  /** The names of all ConfigMaps or Secrets that are known, those outside the input included. */
  providerNames(kind: 'ConfigMap' | 'Secret'): string[] {
    const inside = kind === 'ConfigMap' ? this.configMaps : this.secrets;
    const outside = this.#externals.filter((external) => external.kind === kind && !isGlob(external.name));
    return [...new Set([...inside, ...outside].map(({ name }) => name))];
  }

  /** What a container's process finds in its environment. */
  environmentOf(container: Container): ContainerEnvironment {
    let environment = this.#environments.get(container);
    if (environment === undefined) {
      const from = container.workload.resource;
      environment = resolveEnvironment(container, (kind, name) => this.findProvider(kind, name, from));
      // Rules ask for the same few containers one after the other; all of them would take much memory. What a cleared
      // map has held stays in memory until V8 goes through the whole heap, so it is a new one.
      if (this.#environments.size >= REMEMBERED_ENVIRONMENTS) this.#environments = new Map();
      this.#environments.set(container, environment);
    }
    return environment;
  }

  /** Where containers read a ConfigMap or Secret into their environment. */
  referencesTo(provider: KeyProvider): readonly EnvironmentReference[] {
    if (this.#references === undefined) {
      this.#references = new Map();
      for (const container of this.workloads.flatMap((workload) => workload.containers)) {
        for (const reference of this.environmentOf(container).references) {
          const resource = reference.provider?.resource;
          if (resource !== undefined) append(this.#references, resource, reference);
        }
      }
    }
    return (provider.resource && this.#references.get(provider.resource)) ?? [];
  }

  /** The workloads whose Pods a Service selects; none for a Service without a selector. */
  workloadsOf(service: Resource): Workload[] {
    return workloadsLabelled(service.cursor.at('spec', 'selector'), service, this);
  }

  /** Whether two objects are, or may be, in the same namespace. */
  sharesNamespace(a: { namespace: string | undefined }, b: { namespace: string | undefined }): boolean {
    const left = a.namespace ?? this.#namespace;
    const right = b.namespace ?? this.#namespace;
    return left === undefined || right === undefined || left === right;
  }

  /**
   * Of several in reach, the one from the same file, since two environments may be linted side by side; and then the one
   * that names the same namespace.
   */
  #nearest<T extends { namespace: string | undefined }>(
    found: readonly T[],
    from: Resource,
    sourceOf: (item: T) => SourceText | undefined,
  ): T | undefined {
    let best: T | undefined;
    let bestRank = -1;
    for (const item of found) {
      if (!this.sharesNamespace(item, from)) continue;
      const rank = (sourceOf(item) === from.source ? 2 : 0) + (item.namespace === from.namespace ? 1 : 0);
      if (rank === 3) return item;
      if (rank > bestRank) [best, bestRank] = [item, rank];
    }
    return best;
  }

  #findExternal(kind: 'ConfigMap' | 'Secret', name: string, from: Resource): KeyProvider | undefined {
    const external = this.#externals.find(
      (candidate) =>
        candidate.kind === kind &&
        matchesGlob(name, candidate.name) &&
        (candidate.namespace === undefined || this.sharesNamespace({ namespace: candidate.namespace }, from)),
    );
    if (external === undefined) return undefined;
    return {
      kind,
      form: 'external',
      name,
      namespace: external.namespace,
      resource: undefined,
      keys: new Map((external.keys ?? []).map((key) => [key, undefined])),
      hasAllKeys: external.keys !== undefined,
    };
  }
}

function pairKey(first: string, second: string): string {
  return `${first}\0${second}`;
}

function append<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const values = index.get(key);
  if (values === undefined) index.set(key, [value]);
  else values.push(value);
}
