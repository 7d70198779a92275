import { findDuplicate } from './equal.ts';
import type { Json } from './json.ts';
import { printCount, type SchemaFault } from './schema-error.ts';
import type { Validation } from './validation.ts';

/** The keywords for arrays. */
export function validateArray(validation: Validation, items: readonly Json[]): void {
  const { minItems: min, maxItems: max, uniqueItems } = validation.schema;
  const { length } = items;
  validation.spend(length);
  if (min !== undefined && length < min)
    validation.report(`minItems: got ${printCount(length)}, want ${printCount(min)}`);
  if (max !== undefined && length > max)
    validation.report(`maxItems: got ${printCount(length)}, want ${printCount(max)}`);
  const duplicate = uniqueItems === true ? findDuplicate(items, validation) : undefined;
  if (duplicate !== undefined) {
    validation.report(`items at ${printCount(duplicate[0])} and ${printCount(duplicate[1])} are equal`);
  }
  validateItems(validation, items);
  validateContained(validation, items);
}

function validateItems(validation: Validation, items: readonly Json[]): void {
  const { items: every, prefixItems = [], restItems: rest } = validation.schema;
  if (every !== undefined)
    items.forEach((item, index) => validation.add(validation.inside(every, item, String(index))));
  for (const [index, schema] of prefixItems.entries()) {
    const item = items[index];
    if (item !== undefined) validation.add(validation.inside(schema, item, String(index)));
  }
  const others = items.slice(prefixItems.length);
  if (rest === false && others.length > 0) {
    validation.report(`last ${printCount(others.length)} additionalItem(s) not allowed`);
  } else if (typeof rest === 'object') {
    // The library counts these from 0 again.
    others.forEach((item, index) => validation.add(validation.inside(rest, item, String(index))));
  }
}

function validateContained(validation: Validation, items: readonly Json[]): void {
  const { contains, minContains: min, maxContains: max, draft } = validation.schema;
  if (contains === undefined) return;
  const faults: SchemaFault[] = [];
  const matched: number[] = [];
  for (const [index, item] of items.entries()) {
    const fault = validation.inside(contains, item, String(index));
    if (fault !== undefined) {
      faults.push(fault);
      continue;
    }
    matched.push(index);
    if (draft >= 2020) validation.unevaluated.deleteItem(index);
  }
  const found = (): string => `but matched ${printCount(matched.length)} items at ${matched.join(' ')}`;
  if (min === undefined) {
    if (matched.length === 0) validation.report('no items match contains schema', faults);
  } else if (matched.length < min) {
    const outcome = matched.length === 0 ? (): string => 'but none matched' : found;
    validation.report(() => `min ${printCount(min)} items required to match contains schema, ${outcome()}`, faults);
  }
  if (max !== undefined && matched.length > max) {
    validation.report(() => `max ${printCount(max)} items required to match contains schema, ${found()}`);
  }
}
