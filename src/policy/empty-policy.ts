import type { Policy } from './policy.ts';

/** A policy without principles: it replaces one that cannot be loaded, or is not written yet. */
export function emptyPolicy(name: string): Policy {
  return {
    name,
    file: undefined,
    release: {},
    environments: [],
    externals: [],
    schemas: [],
    unknownKinds: 'allow',
    podKinds: [],
    principles: [],
    disabled: [],
    ignores: [],
  };
}
