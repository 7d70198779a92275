export interface Structures { check(apiVersion: string, kind: string, value: unknown): [] }
export async function loadStructures(_kinds: Iterable<{ apiVersion: string; kind: string }>): Promise<Structures> { return { check: () => [] }; }
