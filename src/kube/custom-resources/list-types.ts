import { entryOf, type Node } from '../../yaml/node.ts';
import { canonical } from './canonical.ts';
import type { Issues } from './issues.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';
import { isNull } from './value-type.ts';

/** Checks that nothing stands twice in lists that are sets or maps. Source: package listtype in k8s.io/apiextensions-apiserver. */
export function checkListTypes(node: Node, schema: Schema | undefined, place: Place, issues: Issues): void {
  if (schema === undefined) return;
  if (node.kind === 'mapping') {
    for (const { key, value } of node.entries) checkListTypes(value, schema.field(key), place.at(key), issues);
  } else if (node.kind === 'sequence') {
    if (schema.listType === 'set') checkUnique(node.items.map(canonical), place, issues, 'the same item');
    else if (schema.listType === 'map') checkMap(node.items, schema.listMapKeys, place, issues);
    for (const [index, item] of node.items.entries()) checkListTypes(item, schema.items, place.at(index), issues);
  }
}

function checkMap(items: readonly Node[], keys: readonly string[], place: Place, issues: Issues): void {
  const wrong = items.findIndex((item) => item.kind !== 'mapping' && !isNull(item));
  if (wrong >= 0)
    return issues.type(place.at(wrong), ['object'], items[wrong]?.kind === 'sequence' ? 'array' : 'scalar');
  const identities = items.map((item) => {
    const fields = keys.map((key) => (item.kind === 'mapping' ? entryOf(item, key)?.value : undefined));
    return fields.map((field) => (field === undefined ? '' : canonical(field))).join(',');
  });
  checkUnique(identities, place, issues, keys.join(' and '));
}

function checkUnique(identities: readonly string[], place: Place, issues: Issues, what: string): void {
  const first = new Map<string, number>();
  for (const [index, identity] of identities.entries()) {
    const before = first.get(identity);
    if (before === undefined) first.set(identity, index);
    else {
      const problem = what === 'the same item' ? `repeats item ${before}` : `has the same ${what} as item ${before}`;
      issues.invalid(place.at(index), problem, 'Remove one of the two', 'FieldValueDuplicate');
    }
  }
}
