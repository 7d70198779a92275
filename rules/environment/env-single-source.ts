import type { EnvironmentReference, Variable } from '../../src/bundle/environment.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { enumerate } from '../../src/text/enumerate.ts';

const NAMED_KEYS = 3;

/** Keys that a later `envFrom` sets again after an earlier one. */
interface Overlap {
  readonly later: EnvironmentReference;
  readonly earlier: EnvironmentReference;
  readonly first: Variable;
  readonly names: string[];
}

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require every variable of a container to come from one source',
    why:
      'In Kubernetes, the later source silently wins. Editing the other one has no effect, and a change in the ' +
      'order changes the configuration.',
    help: {
      duplicate: 'Remove one of the two entries for {{name}}.',
      override: 'Remove {{name}} from env, or from {{source}}.',
      overlap: 'Remove the shared keys from {{later}} or from {{earlier}}.',
    },
    references: [
      'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables',
      'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
    ],
    covers: ['kube-linter/duplicate-env-var', 'kube-score/environment-variable-key-duplication'],
    severity: 'error',
    recommended: true,
    messages: {
      duplicate: 'Container {{container}} sets {{name}} twice in env; the later entry hides the earlier.',
      override: 'Container {{container}} sets {{name}} in env, which hides {{name}} of {{source}}.',
      overlap: 'Container {{container}} gets {{names}} from both {{earlier}} and {{later}}.',
    },
    options: {
      type: 'object',
      properties: {
        forbid: {
          type: 'array',
          items: { type: 'string', enum: ['duplicate', 'override', 'overlap'] },
          default: ['duplicate', 'override', 'overlap'],
          description: 'What to report: two entries of env, env over envFrom, envFrom over envFrom.',
        },
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Names of variables that may have several sources, as globs.',
        },
      },
    },
  },
  check(container, context) {
    const { forbid, allow } = context.options;
    const overlaps = new Map<EnvironmentReference, Map<EnvironmentReference, Overlap>>();
    for (const variable of context.bundle.environmentOf(container).variables.values()) {
      const { name } = variable;
      if (matchesAnyGlob(name, allow)) continue;
      for (let later = variable; later.shadows !== undefined; later = later.shadows) {
        const earlier = later.shadows;
        if (isSameKey(later, earlier)) continue;
        const source = wholeSource(earlier);
        const laterSource = wholeSource(later);
        const data = { container: container.name, name };
        if (source === undefined) {
          if (!forbid.includes('duplicate')) continue;
          const related = [{ cursor: earlier.cursor.at('name'), message: `${name} is set here first.` }];
          context.report(later.cursor.at('name'), 'duplicate', data, { related, from: [earlier.cursor.at('name')] });
        } else if (laterSource !== undefined) {
          addOverlap(laterSource, source, earlier);
        } else if (forbid.includes('override')) {
          const related = [relatedTo(earlier, source)];
          context.report(later.cursor.at('name'), 'override', { ...data, source: titleOf(source) }, { related });
        }
      }
    }

    if (!forbid.includes('overlap')) return;
    for (const { later, earlier, first, names } of [...overlaps.values()].flatMap((found) => [...found.values()])) {
      const data = {
        container: container.name,
        names: enumerateSome(names),
        later: titleOf(later),
        earlier: titleOf(earlier),
      };
      context.report(later.reference.at('name'), 'overlap', data, { related: [relatedTo(first, earlier)] });
    }

    function addOverlap(later: EnvironmentReference, earlier: EnvironmentReference, first: Variable): void {
      const found = overlaps.get(later) ?? new Map<EnvironmentReference, Overlap>();
      overlaps.set(later, found);
      const overlap = found.get(earlier);
      if (overlap === undefined) found.set(earlier, { later, earlier, first, names: [first.name] });
      else overlap.names.push(first.name);
    }
  },
});

/** One key that is read in two ways is not a second source. */
function isSameKey(a: Variable, b: Variable): boolean {
  return (
    a.reference !== undefined &&
    a.key !== undefined &&
    a.key === b.key &&
    a.reference.kind === b.reference?.kind &&
    a.reference.name === b.reference.name &&
    (a.reference.via === 'envFrom' || b.reference.via === 'envFrom')
  );
}

/** The object that a variable comes from together with all its other keys. */
function wholeSource({ reference }: Variable): EnvironmentReference | undefined {
  return reference?.via === 'envFrom' ? reference : undefined;
}

function titleOf({ kind, name }: EnvironmentReference): string {
  return `${kind} ${name}`;
}

function relatedTo(
  { name, place }: Variable,
  source: EnvironmentReference,
): { cursor: Variable['cursor']; message: string } {
  return { cursor: place?.onKey ?? source.reference.at('name'), message: `${titleOf(source)} sets ${name} here.` };
}

function enumerateSome(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_KEYS);
  const rest = names.length - shown.length;
  return enumerate(rest > 0 ? [...shown, `${rest} more`] : shown);
}
