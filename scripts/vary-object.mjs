// Variations of an object, each with one change, for asking how an API server judges them.

/** What a value is replaced with. */
const VALUES = [null, true, 0, -1, 1.5, 99_999_999, '', 'text', 'a_b', '10s', [], [1], {}, { a: 'b' }, 'x'.repeat(300)];

/**
 * @param {unknown} value @param {(string | number)[]} [path]
 * @returns {Generator<(string | number)[]>} the places in it
 */
function* placesIn(value, path = []) {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    yield* placesIn(each, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/**
 * Every place removed, replaced with some values, and next to each an unknown field; list items twice.
 * @param {any} base
 * @returns {Generator<any>}
 */
export function* variationsOf(base) {
  let turn = 0;
  for (const path of placesIn(base)) {
    if (path[0] === 'apiVersion' || path[0] === 'kind' || (path[0] === 'metadata' && path.length === 1)) continue;
    yield change(base, path, (parent, key) => {
      if (Array.isArray(parent)) parent.splice(key, 1);
      else delete parent[key];
    });
    for (let times = 0; times < 5; times++) {
      const value = VALUES[turn++ % VALUES.length];
      yield change(base, path, (parent, key) => (parent[key] = structuredClone(value)));
    }
    yield change(base, path, (parent, key) => {
      if (Array.isArray(parent)) parent.push(structuredClone(parent[key]));
      else parent[`${key}s`] = parent[key];
    });
    yield change(base, path, (parent, key) => {
      if (typeof parent[key] === 'object' && parent[key] !== null && !Array.isArray(parent[key]))
        parent[key].extra = 'x';
      else if (typeof parent[key] === 'string') parent[key] += '-';
      else if (typeof parent[key] === 'number') parent[key] = String(parent[key]);
    });
  }
}

/** @param {any} base @param {(string | number)[]} path @param {(parent: any, key: any) => void} edit */
function change(base, path, edit) {
  const copy = structuredClone(base);
  let parent = copy;
  for (const step of path.slice(0, -1)) parent = parent[step];
  edit(parent, path.at(-1));
  return copy;
}
