import { isHelmFunction, type HelmFunction } from '../value/function.ts';
import { goTypeName } from '../go/print.ts';
import { GoMap, isObject, type Value } from '../value/value.ts';
import { zeroOf } from '../value/zero.ts';
import { inside, missingOrigin, Tracked } from '../value/tracked.ts';
import { methodOf } from './methods.ts';

/** An item of a list or map of `interface {}` values, as `range` gives it: Go still sees it as an interface. */
export class Element extends Tracked {}

/** As Go takes the value out of an interface: what was a nil in one is no value at all. */
export function concrete(tracked: Tracked): Tracked {
  const { value, origin } = tracked;
  if (value === null) return new Tracked(undefined, origin);
  return tracked instanceof Element ? new Tracked(value, origin) : tracked;
}

/** Whether Go sees what a container holds as interfaces, rather than as values of one type. */
export function holdsInterfaces(type: string): boolean {
  return type === 'map[string]interface {}' || type === 'common.Values' || type === '[]interface {}';
}

/** The type that Go's error messages name: the static one. */
export function staticType(value: Value, isInterface: boolean): string {
  return isInterface || value === null ? 'interface {}' : goTypeName(value);
}

/** A method of a value, which Go looks for before it looks for a key. */
export function findMethod(
  value: Value,
  name: string,
  methods: (receiver: Value, name: string) => HelmFunction | undefined,
): HelmFunction | undefined {
  if (value instanceof GoMap && value.type === 'map[string]interface {}') return undefined;
  if (!isObject(value)) return methods(value, name) ?? methodOf(value, name);
  const method = value.methods.get(name);
  return isHelmFunction(method) ? method : undefined;
}

/** The entry of a map; the zero value of its type when it is missing. */
export function fieldOf(map: GoMap, name: string, container: Tracked): Tracked {
  const value = map.get(name);
  if (value !== undefined) return inside(container, value, map.originOf(name));
  return inside(container, zeroOf(map.type), map.originOf(name) ?? missingOrigin(container.origin, name));
}
