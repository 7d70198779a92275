import type { Bundle } from '../../src/bundle/bundle.ts';
import { mountedVolumes } from '../../src/bundle/mount.ts';
import { volumesOf, type Container, type Workload } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob, matchesGlob } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

/** A place where a workload names a Secret. */
interface Read {
  /** Who names it, and how: `Container app reads`. */
  readonly reader: string;
  /** Undefined for a volume that no container mounts. */
  readonly container: Container | undefined;
  /** The volume, when it is one. */
  readonly volume: string | undefined;
  readonly name: string;
  readonly namePlace: Cursor;
  readonly optionalPlace: Cursor;
  readonly isOptional: boolean;
  /** It is in the input, or may be among what could not be read. */
  readonly isKnown: boolean;
  /** Undefined when all keys are read. */
  readonly keys: readonly string[] | undefined;
}

const SECRETS = {
  type: 'array',
  default: [],
  items: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', description: 'The name of the Secret.' },
      keys: {
        type: 'array',
        items: { type: 'string' },
        default: [],
        description: 'Keys, as globs, that must each be read if the Secret is not read as a whole with envFrom.',
      },
    },
  },
} as const;

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require a workload to read certain Secrets into its environment',
    why:
      'Without a required Secret the application starts and fails later, or runs without its credentials. A required ' +
      'Secret marked optional hides that it is missing; an optional one that is not marked so keeps the Pod from starting.',
    help: {
      missing: 'Add a secretRef that names {{secret}} to envFrom of container {{container}}.',
      partial: 'Read all of Secret {{secret}} with envFrom, or add an env entry with a secretKeyRef for {{missing}}.',
      misspelt: 'Change {{secret}} to {{expected}}.',
      optional: 'Remove `optional: true` from the reference to {{secret}}.',
      notOptional: 'Add `optional: true` to the reference to {{secret}}.',
      unlisted: 'Read the key from one of the listed Secrets, or remove the reference to {{secret}}.',
    },
    references: [
      'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-secret-must-exist',
      'https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      missing: '{{workload}} does not read Secret {{secret}}, which is required{{hint}}.',
      partial: '{{workload}} reads {{found}} of Secret {{secret}}, but not {{missing}}.',
      misspelt: '{{reader}} Secret {{secret}}, which is not expected (did you mean {{expected}}?).',
      optional: '{{reader}} Secret {{secret}} as optional, but it is required.',
      notOptional: '{{reader}} Secret {{secret}} as required, but it is optional.',
      unlisted: '{{reader}} Secret {{secret}}; expected one of {{expected}}.',
    },
    options: {
      type: 'object',
      properties: {
        required: { ...SECRETS, description: 'Secrets that must be read, never as optional.' },
        optional: { ...SECRETS, description: 'Secrets that may be read, but only as optional.' },
        closed: { type: 'boolean', default: false, description: 'Whether to disallow all other Secrets.' },
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Names of other Secrets that may be read, as globs.',
        },
        volumes: {
          type: 'boolean',
          default: false,
          description: 'Whether a required Secret may be mounted as a volume in place of read into the environment.',
        },
      },
    },
  },
  secretKeys: ({ required, optional }) => [...required, ...optional].flatMap(({ keys }) => keys),
  check(workload, context) {
    const { required, optional, closed, allow, volumes } = context.options;
    const requiredNames = required.map((secret) => secret.name);
    const optionalNames = optional.map((secret) => secret.name);
    const listed = [...requiredNames, ...optionalNames];
    const mounted = readMountedSecrets(workload, context.bundle);
    const inEnvironment = workload.containers.flatMap((container) => readSecrets(container, context.bundle));
    const misspelt = new Set<string>();

    for (const { reader, name: secret, namePlace, optionalPlace, isOptional, isKnown } of [
      ...inEnvironment,
      ...mounted,
    ]) {
      const data = { reader, secret };
      if (requiredNames.includes(secret)) {
        if (isOptional) context.report(optionalPlace, 'optional', data);
      } else if (optionalNames.includes(secret)) {
        if (!isOptional) context.report(optionalPlace, 'notOptional', data);
      } else if (!matchesAnyGlob(secret, allow)) {
        const expected = isKnown ? undefined : nearMiss(secret, listed);
        if (expected !== undefined) {
          misspelt.add(expected);
          context.report(namePlace, 'misspelt', { ...data, expected });
        } else if (closed) {
          context.report(namePlace, 'unlisted', { ...data, expected: listed.join(', ') });
        }
      }
    }

    // An init container is gone, and an ephemeral one not there yet, when the application needs the Secret.
    const running = workload.containers.filter(({ type }) => type === 'container' || type === 'sidecar');
    const reader = running.find((container) => container.cursor.at('envFrom').isSequence) ?? running.at(-1);
    if (reader === undefined) return;
    const subject = `${workload.resource.kind} ${workload.resource.name}`;
    const counted = volumes ? [...inEnvironment, ...mounted] : inEnvironment;
    for (const { name: secret, keys } of required) {
      if (misspelt.has(secret)) continue;
      const found = counted.filter(({ name, container }) => {
        return name === secret && container !== undefined && running.includes(container);
      });
      const [first] = found;
      if (first === undefined) {
        const volume = mounted.find(({ name }) => name === secret)?.volume;
        const hint = volume === undefined || volumes ? '' : `: volume ${volume} does not put it into the environment`;
        const data = { workload: subject, secret, container: reader.name, hint };
        context.report(reader.cursor.at('envFrom'), 'missing', data);
      } else if (found.every((read) => read.keys !== undefined)) {
        const read = [...new Set(found.flatMap((each) => each.keys ?? []))];
        const missing = keys.filter((wanted) => !read.some((key) => matchesGlob(key, wanted)));
        if (missing.length === 0) continue;
        const data = { workload: subject, secret, found: read.join(', '), missing: missing.join(', ') };
        context.report(first.namePlace, 'partial', data);
      }
    }
  },
});

/** A workflow fills in its parameters: `{{inputs.parameters.secret}}`. */
function isName(name: string): boolean {
  return name !== '' && !name.includes('{{');
}

function readSecrets(container: Container, bundle: Bundle): Read[] {
  const references = bundle
    .environmentOf(container)
    .references.filter(({ kind, name }) => kind === 'Secret' && isName(name));
  return references.map(({ via, name, key, reference, isOptional, provider }) => ({
    reader: `Container ${container.name} reads`,
    container,
    volume: undefined,
    name,
    namePlace: reference.at('name'),
    optionalPlace: reference.at('optional'),
    isOptional,
    isKnown: provider !== undefined || bundle.mayHold('Secret', name),
    keys: via === 'envFrom' ? undefined : [key ?? ''].filter((each) => each !== ''),
  }));
}

/** The Secrets of a Pod's volumes, for each container that mounts them (Kubernetes, "Volumes", `secret` and `projected`). */
function readMountedSecrets(workload: Workload, bundle: Bundle): Read[] {
  return volumesOf(workload).flatMap((item) => {
    const volume = item.at('name').text ?? '';
    const whole = { source: item.at('secret'), namePlace: item.at('secret', 'secretName') };
    const projected = item.at('projected', 'sources').items();
    const parts = projected.map((each) => ({ source: each.at('secret'), namePlace: each.at('secret', 'name') }));
    return [whole, ...parts].flatMap(({ source, namePlace }): Read[] => {
      const name = namePlace.string ?? '';
      if (!isName(name)) return [];
      const container = mountersOf(workload, volume)[0];
      const items = source.at('items').items();
      return [
        {
          reader: container === undefined ? `Volume ${volume} contains` : `Container ${container.name} mounts`,
          container,
          volume,
          name,
          namePlace,
          optionalPlace: source.at('optional'),
          isOptional: source.at('optional').boolean === true,
          isKnown:
            bundle.findProvider('Secret', name, workload.resource) !== undefined || bundle.mayHold('Secret', name),
          keys: items.length === 0 ? undefined : items.flatMap((each) => each.at('key').string ?? []),
        },
      ];
    });
  });
}

/** The containers that mount a volume, those that keep running first. */
function mountersOf({ containers }: Workload, volume: string): Container[] {
  const all = containers.filter((container) => mountedVolumes(container).some(({ text }) => text === volume));
  const isRunning = ({ type }: Container): boolean => type === 'container' || type === 'sidecar';
  return [...all.filter(isRunning), ...all.filter((container) => !isRunning(container))];
}
