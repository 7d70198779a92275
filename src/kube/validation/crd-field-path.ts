import type { Field } from './field.ts';

/** Checks that a path such as `.spec.items['a.b']` leads to a field of a schema. Source: ValidFieldPath in k8s.io/apiextensions-apiserver. */
export function checkFieldPath(path: Field, schema: Field): void {
  if (path.isEmpty) return;
  const steps = stepsOf(path.text);
  if (steps === undefined) {
    path.invalid('is not a path', "Write a path such as .spec.size or .labels['a.b']");
    return;
  }
  let here = schema;
  for (const step of steps) {
    if (here.says('properties')) {
      if (!here.at('properties').has(step)) {
        path.invalid(`leads to ${step}, which is not a field of the schema`, 'Write the path of a field of the schema');
        return;
      }
      here = here.at('properties', step);
    } else if (here.at('additionalProperties').node?.kind === 'mapping') here = here.at('additionalProperties');
    else {
      if (!here.says('additionalProperties'))
        path.invalid(`leads to ${step}, which is not a field of the schema`, 'Write the path of a field of the schema');
      return;
    }
  }
}

/** Undefined for what is not a path. */
function stepsOf(path: string): string[] | undefined {
  const steps: string[] = [];
  let rest = path;
  while (rest !== '') {
    const [all, name, quoted] = /^(?:\.([^.[\]']+)|\['((?:[^'\\]|\\.)*)'\])/.exec(rest) ?? [];
    if (all === undefined) return undefined;
    steps.push(name ?? (quoted ?? '').replaceAll(/\\(.)/g, '$1'));
    rest = rest.slice(all.length);
  }
  return steps;
}
