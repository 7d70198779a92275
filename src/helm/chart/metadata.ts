import type { Range } from '../../text/source.ts';
import { decodeYaml } from '../codec/yaml-decode.ts';
import type { Node } from '../../yaml/node.ts';
import { YamlError } from '../codec/yaml-error.ts';
import { plainValue } from '../values/plain-value.ts';
import type { Value } from '../value/value.ts';
import type { ChartFile } from './chart-file.ts';
import { ChartError } from './chart-error.ts';
import { StructDecoder, type FieldDecoder, type Place } from '../codec/decode-struct.ts';

export interface Maintainer {
  name: string;
  email: string;
  url: string;
}

/** One entry of `dependencies`. Helm changes it while it works out what is enabled. */
export interface Dependency {
  /** The chart's name; from when its chart has been found: the alias, when there is one. */
  name: string;
  version: string;
  repository: string;
  condition: string;
  tags: string[];
  enabled: boolean;
  importValues: readonly Value[];
  alias: string;
}

/** What Chart.yaml says. */
export interface Metadata {
  name: string;
  home: string;
  sources: string[];
  version: string;
  description: string;
  keywords: string[];
  /** Undefined stands for null, which `validateMetadata` refuses. */
  maintainers: (Maintainer | undefined)[];
  icon: string;
  apiVersion: string;
  condition: string;
  tags: string;
  appVersion: string;
  deprecated: boolean;
  annotations: ReadonlyMap<string, string> | undefined;
  kubeVersion: string;
  /** Undefined when there are none, which is not the same as an empty list: see `enableDependencies`. */
  dependencies: (Dependency | undefined)[] | undefined;
  type: string;
}

export function blankMetadata(): Metadata {
  return {
    name: '',
    home: '',
    sources: [],
    version: '',
    description: '',
    keywords: [],
    maintainers: [],
    icon: '',
    apiVersion: '',
    condition: '',
    tags: '',
    appVersion: '',
    deprecated: false,
    annotations: undefined,
    kubeVersion: '',
    dependencies: undefined,
    type: '',
  };
}

type Strings<T> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T];

/**
 * Reads Chart.yaml, or requirements.yaml, into metadata.
 * @param only the lower-case name of the one field to read: Helm looks at the apiVersion first, by a type of its own
 * @throws ChartError `cannot load Chart.yaml: …`
 */
export function decodeMetadata(file: ChartFile, into: Metadata, only?: 'apiversion'): void {
  const decoder = new StructDecoder();
  const root = readRoot(file);
  if (root === undefined) return;
  const fields = metadataFields(decoder, into);
  if (only === undefined) decoder.struct(root, undefined, 'Metadata', 'v2.Metadata', fields);
  else decoder.struct(root, undefined, 'chartBase', 'loader.chartBase', { [only]: fields[only] ?? ignore });
  if (decoder.error !== undefined) throw cannotLoad(file, decoder.error.message, decoder.error.range);
}

/** What Chart.lock says: which versions were chosen, and the digest of what they were chosen for. */
export interface Lock {
  digest: string;
  dependencies: readonly (Dependency | undefined)[];
}

/**
 * Reads Chart.lock, or requirements.lock. Helm reads it whenever it loads a chart, though it renders without it.
 * @throws ChartError `cannot load Chart.lock: …`
 */
export function readLock(file: ChartFile): Lock {
  const decoder = new StructDecoder();
  const root = readRoot(file);
  const digest = { digest: '' };
  const lock: Lock = { digest: '', dependencies: [] };
  if (root === undefined) return lock;
  decoder.struct(root, undefined, 'Lock', 'v2.Lock', {
    digest: stringFields(decoder, digest)('digest'),
    dependencies: (node, place) => void (lock.dependencies = readDependencies(decoder, node, place, []) ?? []),
  });
  if (decoder.error !== undefined) throw cannotLoad(file, decoder.error.message, decoder.error.range);
  return { ...lock, ...digest };
}

function readRoot(file: ChartFile): Node | undefined {
  try {
    return decodeYaml(file.source.text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw cannotLoad(file, `error converting YAML to JSON: ${error.message}`, error.range, error.help);
  }
}

function cannotLoad(file: ChartFile, message: string, range: Range, help?: string): ChartError {
  return new ChartError(`cannot load ${file.name}: ${message}`, file.source.locate(range), false, { help });
}

function ignore(): void {}

function metadataFields(decoder: StructDecoder, into: Metadata): Record<string, FieldDecoder> {
  const text = stringFields(decoder, into);
  return {
    name: text('name'),
    home: text('home'),
    version: text('version'),
    description: text('description'),
    icon: text('icon'),
    apiversion: text('apiVersion'),
    condition: text('condition'),
    tags: text('tags'),
    appversion: text('appVersion'),
    kubeversion: text('kubeVersion'),
    type: text('type'),
    sources: (node, place) => void (into.sources = decoder.strings(node, place) ?? []),
    keywords: (node, place) => void (into.keywords = decoder.strings(node, place) ?? []),
    deprecated: (node, place) => void (into.deprecated = decoder.boolean(node, place, into.deprecated)),
    annotations: (node, place) => void (into.annotations = decoder.stringMap(node, place)),
    maintainers: (node, place) => {
      const items = decoder.list(node, place, '[]*v2.Maintainer', (item) => {
        if (isNull(item)) return undefined;
        const maintainer = { name: '', email: '', url: '' };
        const field = stringFields(decoder, maintainer);
        const fields = { name: field('name'), email: field('email'), url: field('url') };
        decoder.struct(item, place, 'Maintainer', 'v2.Maintainer', fields);
        return maintainer;
      });
      into.maintainers = items ?? [];
    },
    dependencies: (node, place) => {
      into.dependencies = readDependencies(decoder, node, place, into.dependencies ?? []);
    },
  };
}

/** encoding/json decodes into the structs that a list holds already: requirements.yaml after Chart.yaml. */
function readDependencies(
  decoder: StructDecoder,
  node: Node,
  place: Place,
  before: readonly (Dependency | undefined)[],
): (Dependency | undefined)[] | undefined {
  return decoder.list(node, place, '[]*v2.Dependency', (item, index) => {
    if (isNull(item)) return undefined;
    const dependency = before[index] ?? blankDependency();
    decoder.struct(item, place, 'Dependency', 'v2.Dependency', dependencyFields(decoder, dependency));
    return dependency;
  });
}

function dependencyFields(decoder: StructDecoder, into: Dependency): Record<string, FieldDecoder> {
  const text = stringFields(decoder, into);
  return {
    name: text('name'),
    version: text('version'),
    repository: text('repository'),
    condition: text('condition'),
    alias: text('alias'),
    tags: (node, place) => void (into.tags = decoder.strings(node, place) ?? []),
    enabled: (node, place) => void (into.enabled = decoder.boolean(node, place, into.enabled)),
    'import-values': (node, place) => {
      into.importValues = decoder.list(node, place, '[]interface {}', plainValue) ?? [];
    },
  };
}

/** Makes decoders for the fields of a struct that are strings. */
function stringFields<T extends Record<Strings<T>, string>>(
  decoder: StructDecoder,
  into: T,
): (field: Strings<T>) => FieldDecoder {
  const target: Record<Strings<T>, string> = into;
  return (field) => (node, place) => {
    target[field] = decoder.string(node, place, target[field]);
  };
}

function blankDependency(): Dependency {
  const names = { name: '', version: '', repository: '', condition: '', alias: '' };
  return { ...names, tags: [], enabled: false, importValues: [] };
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}
