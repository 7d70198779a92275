import type { Bundle } from '../../src/bundle/bundle.ts';
import type { Container } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

/** `$$` is an escaped `$`; a name is what an environment variable may be called. */
const REFERENCE = /\$\$|\$\(([A-Za-z_][\w.-]*)\)/g;
const UPPER_CASE = /^[A-Z_][A-Z0-9_]*$/;

/** A flag behind which a script stands: `sh -c`, `bash -ec`, `perl -e`, `pwsh -Command`. */
const SCRIPT_FLAG = /^(?:-[a-z]*c|-e|-Command|--command)$/;

/** What the kubelet sets for the API server and for each Service (Kubernetes, "Service", environment variables). */
const OF_SERVICE = /_SERVICE_(?:HOST|PORT(?:_\w+)?)$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;

/** What controllers add to the containers of their Pods. */
const BY_CONTROLLER: Readonly<Record<string, RegExp>> = {
  batch: /^JOB_COMPLETION_INDEX$/,
  'serving.knative.dev': /^(?:PORT|K_\w+)$/,
  'argoproj.io': /^ARGO_\w+$/,
};

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require every $(VAR) of a container to refer to a variable that is set before it',
    why:
      'Kubernetes replaces $(VAR) in env, command and args by a variable of the same container: one of envFrom, or of an ' +
      'entry further up in env. Any other stays as it is written, and the application gets the text `$(VAR)`. The ' +
      'variables of the image, and HOSTNAME, do not count.',
    help: {
      undefined: 'Add {{variable}} to env of container {{container}}, correct the name, or write `$$({{variable}})`.',
      later: 'Move the entry {{variable}} above {{name}} in env.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
      'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      undefined:
        '$({{variable}}) in {{field}} of container {{container}} is not replaced: no such variable is set{{hint}}.',
      later:
        '$({{variable}}) in variable {{name}} of container {{container}} is not replaced: it is set only further down.',
    },
    options: {
      type: 'object',
      properties: {
        anyCase: {
          type: 'boolean',
          default: false,
          description: 'Whether to look at names with small letters as well, which are often commands of a shell.',
        },
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Names of variables that something else sets or replaces, as globs.',
        },
      },
    },
  },
  isSubject(container, _options, bundle) {
    return knowsEnvFrom(container, bundle);
  },
  check(container, { bundle, options, report }) {
    if (!mayRefer(container)) return;
    const items = container.cursor.at('env').items();
    const own = new Set(items.flatMap((item) => item.at('name').text || []));
    const before = namesOfEnvFrom(container, bundle);
    const all = new Set([...before, ...own]);
    const isSetElsewhere = elsewhereTest(container, bundle);

    for (const item of items) {
      const name = item.at('name').text ?? '';
      const value = item.at('value');
      if (!item.at('valueFrom').isMapping && value.string?.includes('\n') === false) {
        for (const variable of unresolvedIn(value, before)) {
          if (own.has(variable) && variable !== name) {
            report(value, 'later', { variable, name, container: container.name });
          } else {
            reportUndefined(value, variable, `variable ${name}`);
          }
        }
      }
      if (name !== '') before.add(name);
    }
    let previous = '';
    for (const [field, item] of [...itemsOf(container, 'command'), ...itemsOf(container, 'args')]) {
      const text = item.text ?? '';
      const isScript = text.includes('\n') || SCRIPT_FLAG.test(previous);
      // Options may stand between the flag and its script.
      if (!SCRIPT_FLAG.test(previous) || !text.startsWith('-')) previous = text;
      if (isScript) continue;
      for (const variable of unresolvedIn(item, all)) reportUndefined(item, variable, field);
    }

    function reportUndefined(place: Cursor, variable: string, field: string): void {
      const suggestion = nearMiss(variable, all);
      const hint = suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
      report(place, 'undefined', { variable, field, container: container.name, hint });
    }

    function unresolvedIn({ text = '' }: Cursor, known: ReadonlySet<string>): Set<string> {
      const names = [...text.matchAll(REFERENCE)].flatMap(([, name]) => name ?? []);
      return new Set(
        names.filter((name) => {
          if (known.has(name) || isSetElsewhere(name) || matchesAnyGlob(name, options.allow)) return false;
          return options.anyCase || UPPER_CASE.test(name);
        }),
      );
    }
  },
});

/** Most containers refer to nothing; of values that aliases bring in from elsewhere nothing is known without a look. */
function mayRefer({ cursor: { document, node } }: Container): boolean {
  if (node === undefined) return false;
  const text = document.source.text.slice(node.start, node.end);
  return text.includes('$(') || text.includes('*');
}

function knowsEnvFrom({ cursor, workload }: Container, bundle: Bundle): boolean {
  return cursor
    .at('envFrom')
    .items()
    .every((item) => {
      return (['ConfigMap', 'Secret'] as const).every((kind) => {
        const reference = item.at(kind === 'ConfigMap' ? 'configMapRef' : 'secretRef');
        if (!reference.exists) return true;
        const provider = bundle.findProvider(kind, reference.at('name').string ?? '', workload.resource);
        // What has no keys yet is filled in by a controller.
        return provider?.hasAllKeys === true && provider.keys.size > 0;
      });
    });
}

function namesOfEnvFrom(container: Container, bundle: Bundle): Set<string> {
  const names = new Set<string>();
  for (const { via, prefix, provider } of bundle.environmentOf(container).references) {
    if (via !== 'envFrom') continue;
    for (const [key, place] of provider?.keys ?? []) {
      // The kubelet leaves out binary data.
      if (place?.parent?.segment !== 'binaryData') names.add(prefix + key);
    }
  }
  return names;
}

/** Whether the kubelet or a controller sets a variable. */
function elsewhereTest({ workload }: Container, bundle: Bundle): (name: string) => boolean {
  const { group } = workload.resource;
  const hasServices = workload.podSpec.at('enableServiceLinks').boolean !== false;
  const ports = new Set(
    bundle.ofKind('', 'Service').map(({ name }) => `${name.toUpperCase().replaceAll('-', '_')}_PORT`),
  );
  return (name) =>
    name.startsWith('KUBERNETES_') ||
    BY_CONTROLLER[group]?.test(name) === true ||
    (hasServices && (OF_SERVICE.test(name) || ports.has(name)));
}

function itemsOf({ cursor }: Container, field: 'command' | 'args'): [field: string, item: Cursor][] {
  return cursor
    .at(field)
    .items()
    .map((item) => [field, item]);
}
