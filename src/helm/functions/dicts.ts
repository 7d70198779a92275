import { goTypeName, textOf } from '../go/print.ts';
import { GoList, GoMap, isNil } from '../value/value.ts';
import { taintBetween } from '../value/decision.ts';
import { Taint } from '../value/origin.ts';
import { entryOf, Tracked, withTaint } from '../value/tracked.ts';
import { deepCopy } from './deep-copy.ts';
import { FunctionError, type HelmFunction, type TrackedParameter, traced } from '../value/function.ts';
import { listOf } from './items.ts';

type Dict = TrackedParameter<'map'>;

const PLAIN = 'map[string]interface {}';

/** Functions on maps. Entries bring their origins along, joined with the keys that named them. */
export const dictFunctions: Readonly<Record<string, HelmFunction>> = {
  dict: traced(['...any'], (_call, ...pairs) => dict(pairs)),
  get: traced(['map', 'string'], (_call, map, key) => {
    const found = map.value.has(key.value)
      ? entry(map, key.value)
      : new Tracked('', entry(map, key.value).taint.origin);
    return withTaint(found, key.taint.asChoice);
  }),
  set: traced(['map', 'string', 'any'], (call, map, key, value) => {
    if (map.value.isNil) throw new FunctionError('assignment to entry in nil map');
    // Wherever the map is read, its entry depends on what let it be set here.
    const taint = key.taint.with(taintBetween(call.condition, undefined));
    map.value.set(key.value, value.value, withTaint(value, taint).origin);
    return new Tracked(map.value.as(PLAIN), map.origin);
  }),
  unset: traced(['map', 'string'], (_call, map, key) => {
    map.value.deleteBy(key.value, key.taint.origin);
    return new Tracked(map.value.as(PLAIN), map.origin);
  }),
  hasKey: traced(['map', 'string'], (_call, map, key) => {
    // With another value in it, a key is still there.
    const taint = Taint.union([map.taint, entry(map, key.value).taint, key.taint]);
    return new Tracked(map.value.has(key.value), taint.asChoice.origin);
  }),
  pluck: traced(['string', '...map'], (_call, key, ...maps) => {
    const holders = maps.filter((map) => map.value.has(key.value));
    const items = holders.map((map) => entry(map, key.value));
    return listOf(items, Taint.union([key.taint.asChoice, ...maps.map((map) => map.taint)]));
  }),
  keys: traced(['...map'], (_call, ...maps) => {
    const items = maps.flatMap((map) => map.value.keys().map((key) => new Tracked(key, entry(map, key).taint.origin)));
    const list = new GoList(
      items.map((item) => item.value),
      '[]string',
      items.map((item) => item.origin),
    );
    return new Tracked(list, Taint.union(maps.map((map) => map.taint)).origin);
  }),
  values: traced(['map'], (_call, map) => {
    return listOf(
      map.value.keys().map((key) => entry(map, key)),
      map.taint,
    );
  }),
  pick: traced(['map', '...string'], (_call, map, ...keys) => {
    return selection(map, keys, new Set(keys.map((key) => key.value)));
  }),
  omit: traced(['map', '...string'], (_call, map, ...keys) => {
    const omitted = new Set(keys.map((key) => key.value));
    return selection(map, keys, new Set(map.value.keys().filter((key) => !omitted.has(key))));
  }),
  dig: traced(['...any'], (_call, ...path) => dig(path)),
  deepCopy: traced(['any'], (_call, value) => deepCopy(value)),
  mustDeepCopy: traced(['any'], (_call, value) => deepCopy(value)),
};

function entry({ value, origin }: Dict, key: string): Tracked {
  return entryOf(new Tracked(value, origin), key);
}

/** A map of keys and values in turn; a last key without a value has the empty text. */
function dict(pairs: readonly Tracked[]): Tracked {
  const map = new GoMap();
  for (let index = 0; index < pairs.length; index += 2) {
    const key = textOf(pairs[index] ?? new Tracked(null));
    const value = withTaint(pairs[index + 1] ?? new Tracked(''), key.taint);
    map.set(key.value, value.value, value.origin);
  }
  return new Tracked(map);
}

/** A new map with the entries of some keys, as far as there are any. */
function selection(map: Dict, named: readonly TrackedParameter<'string'>[], keys: ReadonlySet<string>): Tracked {
  const selected = new GoMap();
  for (const key of keys) {
    if (map.value.has(key)) selected.set(key, map.value.get(key), entry(map, key).origin);
  }
  return new Tracked(selected, Taint.union([map.taint, ...named.map((key) => key.taint.asChoice)]).origin);
}

/** The value at the end of a path of keys, or a default when a map on the way lacks the next one. */
function dig(path: readonly Tracked[]): Tracked {
  const map = path.at(-1);
  const fallback = path.at(-2);
  if (map === undefined || fallback === undefined || path.length < 3) {
    throw new FunctionError('dig needs at least three arguments');
  }
  let found: Tracked = new Tracked(plainMap(map), map.origin);
  const keys = path.slice(0, -2).map((key) => {
    if (typeof key.value !== 'string') throw conversionError(key, 'string');
    return key.value;
  });
  const taint = Taint.union(path.slice(0, -2).map((key) => key.taint)).asChoice;
  for (const key of keys) {
    const step = plainMap(found);
    const next = entryOf(new Tracked(step, found.origin), key);
    if (!step.has(key)) return withTaint(fallback, taint.with(next.taint));
    found = next;
  }
  return withTaint(found, taint);
}

function plainMap(map: Tracked): GoMap {
  if (map.value instanceof GoMap && map.value.type === PLAIN) return map.value;
  throw conversionError(map, PLAIN);
}

function conversionError({ value }: Tracked, wanted: string): FunctionError {
  const actual = isNil(value) ? 'nil' : goTypeName(value);
  return new FunctionError(`interface conversion: interface {} is ${actual}, not ${wanted}`);
}
