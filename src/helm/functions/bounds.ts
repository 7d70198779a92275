import { FunctionError } from '../value/function.ts';

/** Longer texts than Helm itself could print: a template that asks for one is broken or hostile. */
const MAX_TEXT_LENGTH = 64 * 2 ** 20;
const MAX_ITEMS = 2_000_000;

/** Refuses to make a text of more than 64 Mi characters. */
export function checkTextLength(length: number): void {
  if (length > MAX_TEXT_LENGTH) throw new FunctionError(`the text would be ${length} characters long`);
}

/** Refuses to make a list or a map of more than two million items. */
export function checkItemCount(count: number): void {
  if (count > MAX_ITEMS) throw new FunctionError(`there would be more than ${MAX_ITEMS} items`);
}
