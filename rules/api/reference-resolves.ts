import type { Bundle } from '../../src/bundle/bundle.ts';
import { danglingMounts, volumeNames } from '../../src/bundle/mount.ts';
import type { KeyProvider } from '../../src/bundle/provider.ts';
import type { Resource } from '../../src/bundle/resource.ts';
import { volumesOf, type Workload } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { Candidates, nearMiss } from '../../src/text/near-miss.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

type ProviderKind = 'ConfigMap' | 'Secret';

/** What a Pod names: an object, and perhaps one of its keys. */
interface Reference {
  readonly kind: ProviderKind | 'PersistentVolumeClaim' | 'ServiceAccount';
  readonly name: Cursor;
  readonly keys: readonly Cursor[];
  readonly isOptional: boolean;
}

export default defineRule({
  scope: 'bundle',
  selects: 'workload',
  meta: {
    summary: 'Require the ConfigMaps, Secrets and keys that a Pod references to exist',
    why:
      'A Pod that refers to a ConfigMap, Secret or key that does not exist never starts, or starts without the setting ' +
      'when the reference is optional. An object that is simply not in the input may already be in the cluster.',
    help: {
      missing: 'Add {{kind}} {{name}} to the input, or correct the name.',
      misspelt: 'Change {{name}} to {{suggestion}}.',
      missingKey: 'Add {{key}} to {{kind}} {{name}}, or correct the key.',
      misspeltKey: 'Change {{key}} to {{suggestion}}.',
      noVolume: 'Add a volume named {{volume}}, or correct the name.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/',
      'https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret',
    ],
    covers: ['kube-linter/env-value-from'],
    severity: 'error',
    recommended: true,
    messages: {
      missing: '{{kind}} {{name}} is not in the input.',
      misspelt: '{{kind}} {{name}} is not in the input (did you mean {{suggestion}}?).',
      missingKey: '{{kind}} {{name}} has no key {{key}}.',
      misspeltKey: '{{kind}} {{name}} has no key {{key}} (did you mean {{suggestion}}?).',
      noVolume: 'Container {{container}} mounts {{volume}}, but the Pod has no volume with this name{{hint}}.',
    },
    options: {
      type: 'object',
      properties: {
        closed: {
          type: 'array',
          description: 'Objects that must be in the input (or among the externals of the policy).',
          items: {
            type: 'object',
            properties: {
              kind: { type: 'string', enum: ['ConfigMap', 'Secret'], description: 'Their kind.' },
              names: {
                type: 'array',
                items: { type: 'string' },
                default: ['*'],
                description: 'Their names, as globs.',
              },
            },
            required: ['kind'],
          },
          default: [],
        },
        claims: {
          type: 'boolean',
          default: true,
          description: 'Whether to check the names of PersistentVolumeClaims as well.',
        },
      },
    },
    yieldsTo: ['secret-refs-required', 'pvc-names', 'image-pull-secrets'],
  },
  check({ bundle, selected }, { options, report }) {
    const suggest = suggester(bundle);
    for (const workload of selected) {
      const from = workload.resource;
      for (const { container, place } of danglingMounts(workload)) {
        const volume = place.string ?? '';
        const suggestion = nearMiss(volume, volumeNames(workload));
        const hint = suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
        report(place, 'noVolume', { container: container.name, volume, hint });
      }
      for (const reference of referencesOf(workload)) {
        if (reference.kind === 'PersistentVolumeClaim' && !options.claims) continue;
        const { kind, isOptional } = reference;
        const name = reference.name.string ?? '';
        // A workflow fills in its parameters: `{{inputs.parameters.secret}}`.
        if (name === '' || name.includes('{{')) continue;
        const provider = isProvided(kind) ? bundle.findProvider(kind, name, from) : undefined;
        if (provider !== undefined) {
          // The one that is meant may be the one that could not be read.
          if (!isOptional && !bundle.isShown(kind, name)) checkKeys(provider, reference.keys);
          continue;
        }
        if (bundle.mayHold(kind, name)) continue;
        if (!isProvided(kind) && bundle.find('', kind, name, from) !== undefined) continue;
        const isClosed =
          !isOptional && options.closed.some((part) => part.kind === kind && matchesAnyGlob(name, part.names));
        const suggestion = suggest(kind, name, from);
        if (suggestion !== undefined && (isClosed || !isOtherWord(name, suggestion))) {
          report(reference.name, 'misspelt', { kind, name, suggestion });
        } else if (isClosed) {
          report(reference.name, 'missing', { kind, name });
        }
      }
    }

    function checkKeys(provider: KeyProvider, keys: readonly Cursor[]): void {
      if (keys.length === 0 || !knowsKeys(provider)) return;
      const { kind, name } = provider;
      for (const place of keys) {
        const key = place.string ?? '';
        if (key === '' || provider.keys.has(key)) continue;
        const suggestion = nearMiss(key, provider.keys.keys());
        const object = provider.resource === undefined ? [] : [provider.resource.cursor];
        const related = object.map((cursor) => ({ cursor, message: `${kind} ${name} is here.` }));
        if (suggestion === undefined) report(place, 'missingKey', { kind, name, key }, { related });
        else report(place, 'misspeltKey', { kind, name, key, suggestion }, { related });
      }
    }
  },
});

function isProvided(kind: Reference['kind']): kind is ProviderKind {
  return kind === 'ConfigMap' || kind === 'Secret';
}

/** An object without keys, and a service account's token, are filled in by a controller. */
function knowsKeys({ hasAllKeys, keys, resource }: KeyProvider): boolean {
  const type = resource?.cursor.at('type').string;
  return hasAllKeys && keys.size > 0 && type !== 'kubernetes.io/service-account-token';
}

function* referencesOf(workload: Workload): Generator<Reference> {
  const { podSpec, containers } = workload;
  for (const { cursor } of containers) {
    for (const item of cursor.at('envFrom').items()) yield* read(item, IN_ENV_FROM);
    for (const item of cursor.at('env').items()) yield* read(item.at('valueFrom'), IN_ENV);
  }
  for (const volume of volumesOf(workload)) {
    yield* read(volume, IN_VOLUME);
    for (const source of volume.at('projected', 'sources').items()) yield* read(source, IN_PROJECTED);
  }
  for (const item of podSpec.at('imagePullSecrets').items()) yield makeReference('Secret', item, item.at('name'), []);
  yield makeReference('ServiceAccount', podSpec, podSpec.at('serviceAccountName'), []);
}

/** A field that names an object: where the name is below it, and where the keys are. */
type Form = readonly [
  field: string,
  kind: Reference['kind'],
  nameField: string,
  keysOf: (source: Cursor) => readonly Cursor[],
];

const noKeys = (): Cursor[] => [];
const ownKey = (source: Cursor): Cursor[] => [source.at('key')];
const itemKeys = (source: Cursor): Cursor[] => {
  return source
    .at('items')
    .items()
    .map((item) => item.at('key'));
};

const IN_ENV_FROM: readonly Form[] = [
  ['configMapRef', 'ConfigMap', 'name', noKeys],
  ['secretRef', 'Secret', 'name', noKeys],
];
const IN_ENV: readonly Form[] = [
  ['configMapKeyRef', 'ConfigMap', 'name', ownKey],
  ['secretKeyRef', 'Secret', 'name', ownKey],
];
const IN_VOLUME: readonly Form[] = [
  ['configMap', 'ConfigMap', 'name', itemKeys],
  ['secret', 'Secret', 'secretName', itemKeys],
  ['persistentVolumeClaim', 'PersistentVolumeClaim', 'claimName', noKeys],
];
const IN_PROJECTED: readonly Form[] = [
  ['configMap', 'ConfigMap', 'name', itemKeys],
  ['secret', 'Secret', 'name', itemKeys],
];

/** An item of a list names one object; of several, which the API server refuses, the first is read. */
function read(item: Cursor, forms: readonly Form[]): Reference[] {
  for (const [field, kind, nameField, keysOf] of forms) {
    const source = item.at(field);
    const name = source.at(nameField);
    if (name.string !== undefined) return [makeReference(kind, source, name, keysOf(source))];
  }
  return [];
}

function makeReference(kind: Reference['kind'], source: Cursor, name: Cursor, keys: readonly Cursor[]): Reference {
  return { kind, name, keys, isOptional: source.at('optional').boolean === true };
}

/** Finds what a name that resolves to nothing was meant to be. */
function suggester(bundle: Bundle): (kind: Reference['kind'], name: string, from: Resource) => string | undefined {
  const candidates = new Map<Reference['kind'], Candidates>();
  return (kind, name, from) => {
    let known = candidates.get(kind);
    if (known === undefined) {
      const names = isProvided(kind)
        ? bundle.providerNames(kind)
        : bundle.ofKind('', kind).map((resource) => resource.name);
      candidates.set(kind, (known = new Candidates(names)));
    }
    const suggestion = known.nearest(name);
    if (suggestion === undefined || suggestion === '') return undefined;
    const found = isProvided(kind)
      ? bundle.findProvider(kind, suggestion, from)
      : bundle.find('', kind, suggestion, from);
    return found === undefined ? undefined : suggestion;
  };
}

/** Names that differ in one short part by its letters, such as `app-config` and `api-config`, mean two objects. */
function isOtherWord(name: string, suggestion: string): boolean {
  const parts = name.split(/[-._]/);
  const others = suggestion.split(/[-._]/);
  if (parts.length !== others.length) return false;
  return parts.some((part, index) => {
    const other = others[index] ?? '';
    return part !== other && part.length <= 4 && part.length === other.length && !isSwap(part, other);
  });
}

function isSwap(a: string, b: string): boolean {
  return [...a].toSorted().join('') === [...b].toSorted().join('');
}
