import type { Field } from './field.ts';

/** Every container of a Pod's specification. */
export function containersOf(spec: Field): Field[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((name) => spec.at(name).items());
}
