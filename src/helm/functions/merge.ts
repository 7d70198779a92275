import { goTypeName } from '../go/print.ts';
import { Bytes, GoList, GoMap, isNil, type MapType } from '../value/value.ts';
import { NO_ORIGIN, OWN_ORIGIN, Taint } from '../value/origin.ts';
import { entryOf, Tracked, withTaint } from '../value/tracked.ts';
import { taintBetween } from '../value/decision.ts';
import { isEmpty } from './defaults.ts';
import { type Call, FunctionError, type HelmFunction, type TrackedParameter, traced } from '../value/function.ts';

const mergeLeft = mergeFunction(false);
const mergeOverwrite = mergeFunction(true);

/** Functions that merge maps into their first argument, as dario.cat/mergo 1.0.1 does. */
export const mergeFunctions: Readonly<Record<string, HelmFunction>> = {
  merge: mergeLeft,
  mustMerge: mergeLeft,
  mergeOverwrite,
  mustMergeOverwrite: mergeOverwrite,
};

function mergeFunction(overwrites: boolean): HelmFunction {
  return traced(['map', '...map'], (call, target, ...sources) => {
    const needsMap = target.value.isNil && sources.some((source) => !source.value.isNil);
    const map = needsMap ? new GoMap() : target.value.as('map[string]interface {}');
    const merged = new Tracked(map, Taint.union([target, ...sources].map(({ taint }) => taint)).origin);
    if (merged.taint !== target.taint) keepOrigins(new Tracked(map, target.origin));
    // Wherever the map is read, what is merged into it depends on what let it be merged here.
    const deciding = taintBetween(call.condition, undefined);
    for (const source of sources) {
      mergeInto(new Tracked(map, target.origin), withTaint(toTracked(source), deciding), overwrites, call);
    }
    return merged;
  });
}

/** What is in a map does not come from what is merged into it. */
function keepOrigins(map: Tracked<GoMap>): void {
  for (const key of map.value.keys()) {
    if (map.value.originOf(key) === undefined) map.value.set(key, map.value.get(key), ownEntryOf(map, key).origin);
  }
}

/** An entry with an origin that it keeps in other maps. */
function ownEntryOf(map: Tracked<GoMap>, key: string): Tracked {
  const entry = entryOf(map, key);
  return entry.origin === NO_ORIGIN ? new Tracked(entry.value, OWN_ORIGIN) : entry;
}

function toTracked({ value, origin }: TrackedParameter<'map'>): Tracked<GoMap> {
  return new Tracked(value, origin);
}

/**
 * Merges a source map into a target. Values are shared, not copied. Without overwriting, an entry is set when the target
 * has none or an empty one, but never to nil; with it always, also to nil, but for maps, which are merged.
 */
function mergeInto(target: Tracked<GoMap>, source: Tracked<GoMap>, overwrites: boolean, call: Call): void {
  for (const key of source.value.keys()) {
    const ours = entryOf(target, key);
    const theirs = ownEntryOf(source, key);
    if (isNil(theirs.value)) {
      if (overwrites) assignEntry(target.value, key, source.value.type, theirs);
      continue;
    }
    const bothAreMaps = ours.value instanceof GoMap && theirs.value instanceof GoMap;
    if (ours.value instanceof GoMap && theirs.value instanceof GoMap && !ours.value.isNil) {
      mergeInto(new Tracked(ours.value, ours.origin), new Tracked(theirs.value, theirs.origin), overwrites, call);
    }
    // What was just merged into an empty map counts: only if there was nothing to merge, the source's map is taken.
    const isUnset = isNil(ours.value) || isEmpty(ours.value);
    const isMissing = !target.value.has(key) && target.value.originOf(key) === undefined;
    const taint = isMissing ? Taint.none : ours.taint;
    if (isUnset && !overwrites) call.passOver?.(ours, theirs, { map: target.value, key });
    if (isUnset) assignEntry(target.value, key, source.value.type, withTaint(theirs, taint));
    else if (overwrites && !bothAreMaps) assignEntry(target.value, key, source.value.type, theirs);
  }
}

function assignEntry(target: GoMap, key: string, sourceType: MapType, { value, origin }: Tracked): void {
  const wanted = elementType(target.type);
  const isList = value instanceof GoList || value instanceof Bytes;
  if (isList && target.has(key) && (wanted === 'string' || wanted === 'bool')) {
    throw new FunctionError(`reflect: call of reflect.Value.IsNil on ${wanted} Value`);
  }
  const given = isList ? goTypeName(value) : elementType(sourceType);
  if (wanted !== 'interface {}' && wanted !== given) {
    throw new FunctionError(`reflect.Value.SetMapIndex: value of type ${given} is not assignable to type ${wanted}`);
  }
  target.set(key, value, origin);
}

function elementType(type: MapType): string {
  switch (type) {
    case 'map[string]interface {}':
    case 'common.Values':
      return 'interface {}';
    case 'map[string]string':
      return 'string';
    case 'map[string]bool':
      return 'bool';
    case 'engine.files':
      return '[]uint8';
  }
}
