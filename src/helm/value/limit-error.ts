/**
 * What the renderer refuses to go on with, where Go would: an answer would be wrong or never come. It is a RangeError,
 * as V8's own are of the stack and of texts, so that no function takes it for a result. The message is a clause.
 */
export class LimitError extends RangeError {
  override readonly name = 'LimitError';
}

/** Says what a RangeError means for the chart that caused it. */
export function limitText(error: RangeError): string {
  // The class of the latter is not loaded by runs without a regular expression.
  if (error instanceof LimitError || error.name === 'RegexpWorkError') return error.message;
  return isOfStack(error) ? 'something nests too deeply' : 'a text or list is too long';
}

/** Whether a RangeError is of the stack; V8's others are of the lengths of texts, lists, maps and whole numbers. */
export function isOfStack(error: RangeError): boolean {
  return error.message.startsWith('Maximum call stack');
}
