import type { Bundle } from '../../src/bundle/bundle.ts';
import type { EnvironmentReference } from '../../src/bundle/environment.ts';
import type { Container } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob, matchesGlob } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';

interface Read {
  readonly container: Container;
  readonly reference: EnvironmentReference;
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
      missing: '{{workload}} does not read Secret {{secret}}, which is required.',
      partial: '{{workload}} reads {{found}} of Secret {{secret}}, but not {{missing}}.',
      misspelt: 'Container {{container}} reads Secret {{secret}}, which is not expected (did you mean {{expected}}?).',
      optional: 'Container {{container}} reads Secret {{secret}} as optional, but it is required.',
      notOptional: 'Container {{container}} reads Secret {{secret}} as required, but it is optional.',
      unlisted: 'Container {{container}} reads Secret {{secret}}; expected one of {{expected}}.',
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
      },
    },
  },
  secretKeys: ({ required, optional }) => [...required, ...optional].flatMap(({ keys }) => keys),
  check(workload, context) {
    const { required, optional, closed, allow } = context.options;
    const requiredNames = required.map((secret) => secret.name);
    const optionalNames = optional.map((secret) => secret.name);
    const listed = [...requiredNames, ...optionalNames];
    const reads = workload.containers.flatMap((container) => readSecrets(container, context.bundle));
    const misspelt = new Set<string>();

    for (const { container, reference } of reads) {
      const data = { container: container.name, secret: reference.name };
      const place = reference.reference;
      if (requiredNames.includes(reference.name)) {
        if (reference.isOptional) context.report(place.at('optional'), 'optional', data);
      } else if (optionalNames.includes(reference.name)) {
        if (!reference.isOptional) context.report(place.at('optional'), 'notOptional', data);
      } else if (!matchesAnyGlob(reference.name, allow)) {
        const expected = reference.provider === undefined ? nearMiss(reference.name, listed) : undefined;
        if (expected !== undefined) {
          misspelt.add(expected);
          context.report(place.at('name'), 'misspelt', { ...data, expected });
        } else if (closed) {
          context.report(place.at('name'), 'unlisted', { ...data, expected: listed.join(', ') });
        }
      }
    }

    // An init container is gone, and an ephemeral one not there yet, when the application needs the Secret.
    const running = workload.containers.filter(({ type }) => type === 'container' || type === 'sidecar');
    const reader = running.find((container) => container.cursor.at('envFrom').isSequence) ?? running.at(-1);
    if (reader === undefined) return;
    const subject = `${workload.resource.kind} ${workload.resource.name}`;
    for (const { name: secret, keys } of required) {
      if (misspelt.has(secret)) continue;
      const found = reads.flatMap(({ container, reference }) => {
        return reference.name === secret && running.includes(container) ? reference : [];
      });
      const [first] = found;
      if (first === undefined) {
        const data = { workload: subject, secret, container: reader.name };
        context.report(reader.cursor.at('envFrom'), 'missing', data);
      } else if (!found.some(({ via }) => via === 'envFrom')) {
        const read = [...new Set(found.flatMap(({ key }) => key ?? []))];
        const missing = keys.filter((wanted) => !read.some((key) => matchesGlob(key, wanted)));
        if (missing.length === 0) continue;
        const data = { workload: subject, secret, found: read.join(', '), missing: missing.join(', ') };
        context.report(first.reference.at('name'), 'partial', data);
      }
    }
  },
});

function readSecrets(container: Container, bundle: Bundle): Read[] {
  const references = bundle
    .environmentOf(container)
    .references.filter(({ kind, name }) => kind === 'Secret' && name !== '');
  return references.map((reference) => ({ container, reference }));
}
