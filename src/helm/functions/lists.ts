import { deepEqual, ValueSet } from '../go/deep-equal.ts';
import { GoList, isNil } from '../value/value.ts';
import { Taint } from '../value/origin.ts';
import { deepTaint, Tracked, withTaint } from '../value/tracked.ts';
import { checkItemCount } from './bounds.ts';
import { isEmpty } from './defaults.ts';
import { FunctionError, type HelmFunction, traced } from '../value/function.ts';
import { itemsOf, goKindOf, listItems, listOf, NIL_DEREFERENCE, NIL_LIST } from './items.ts';
import { chunks, filtered, part, sliceList } from './list-parts.ts';

const list = traced(['...any'], (_call, ...items) => listOf(items));
const append = traced(['any', 'any'], (_call, items, item) => {
  const { value, origin } = items;
  // In a loop, a copy each time would take the square of the time.
  const grown =
    value instanceof GoList && origin.reach === undefined ? value.grow(item.value ?? null, item.origin) : undefined;
  if (grown !== undefined) return new Tracked(grown, items.taint.origin);
  const all = [...listItems(items, 'Cannot push on type'), item];
  const list = GoList.growable(
    all.map((each) => each.value ?? null),
    all.map((each) => each.origin),
  );
  return new Tracked(list, items.taint.origin);
});
const prepend = traced(['any', 'any'], (_call, items, item) => {
  return listOf([item, ...listItems(items, 'Cannot prepend on type')], items.taint);
});
const first = traced(['any'], (_call, items) => {
  return listItems(items, 'Cannot find first on type')[0] ?? new Tracked(null, items.origin);
});
const last = traced(['any'], (_call, items) => {
  return listItems(items, 'Cannot find last on type').at(-1) ?? new Tracked(null, items.origin);
});
const rest = traced(['any'], (_call, items) => part(listItems(items, 'Cannot find rest on type'), 1, 0, items.taint));
const initial = traced(['any'], (_call, items) => {
  return part(listItems(items, 'Cannot find initial on type'), 0, 1, items.taint);
});
const reverse = traced(['any'], (_call, items) => {
  return listOf(listItems(items, 'Cannot find reverse on type').toReversed(), items.taint);
});
const slice = traced(['any', '...any'], (_call, items, ...indices) => sliceList(items, indices));
const chunk = traced(['int', 'any'], (_call, size, items) => {
  return withTaint(chunks(listItems(items, 'Cannot chunk type'), size.value, items.taint), size.taint);
});
const compact = traced(['any'], (_call, items) => {
  return filtered(items, listItems(items, 'Cannot compact on type'), (value) => !isEmpty(value));
});
const uniq = traced(['any'], (_call, items) => {
  const seen = new ValueSet();
  return filtered(items, listItems(items, 'Cannot find uniq on type'), (value) => seen.add(value));
});
const without = traced(['any', '...any'], (_call, items, ...omitted) => {
  const values = new ValueSet();
  for (const { value } of omitted) values.add(value);
  const all = listItems(items, 'Cannot find without on type');
  const kept = all.filter(({ value }) => !values.has(value));
  // What is omitted says how many items there are, not what the others are.
  const asked = kept.length === all.length ? omitted : [...omitted, ...all];
  return listOf(kept, items.taint.with(Taint.union(asked.map(deepTaint)).asChoice));
});
const has = traced(['any', 'any'], (_call, needle, list) => {
  const items = isNil(list.value) ? [] : listItems(list, 'Cannot find has on type');
  const found = items.find(({ value }) => deepEqual(needle.value, value));
  const asked = Taint.union([list, ...items].map(deepTaint)).asChoice;
  // Nearly any other needle would not be found either.
  if (found === undefined) return new Tracked(false, asked.with(deepTaint(needle).asChoice).origin);
  return new Tracked(true, Taint.union([deepTaint(needle), deepTaint(found), asked]).origin);
});

/** Functions on lists. Each makes a new one; items bring their origins along. */
export const listFunctions: Readonly<Record<string, HelmFunction>> = {
  list,
  tuple: list,
  append,
  push: append,
  mustAppend: append,
  mustPush: append,
  prepend,
  mustPrepend: prepend,
  concat: traced(['...any'], (_call, ...lists) => {
    const items = lists.flatMap((each) => concatenated(each));
    checkItemCount(items.length);
    const taint = Taint.union(lists.map((each) => each.taint));
    return items.length === 0 ? new Tracked(NIL_LIST, taint.origin) : listOf(items, taint);
  }),
  first,
  mustFirst: first,
  last,
  mustLast: last,
  rest,
  mustRest: rest,
  initial,
  mustInitial: initial,
  reverse,
  mustReverse: reverse,
  slice,
  mustSlice: slice,
  chunk,
  mustChunk: chunk,
  compact,
  mustCompact: compact,
  uniq,
  mustUniq: uniq,
  without,
  mustWithout: without,
  has,
  mustHas: has,
};

function concatenated(list: Tracked): Tracked[] {
  const items = itemsOf(list);
  if (items !== undefined) return items;
  throw new FunctionError(isNil(list.value) ? NIL_DEREFERENCE : `Cannot concat type ${goKindOf(list.value)} as list`);
}
