/**
 * What the renderer refuses to go on with, where Go would: an answer would be wrong or never come. It is a RangeError,
 * as V8's own are of the stack and of texts, so that no function takes it for a result. The message is a clause.
 */
export class LimitError extends RangeError {
  override readonly name = 'LimitError';
}

/** Says what a RangeError means for the chart that caused it. */
export function limitText(error: RangeError): string {
  if (error instanceof LimitError) return error.message;
  // What V8 says of a text or list beyond its own limit; the other RangeError that charts can cause is of the stack.
  return error.message.startsWith('Invalid') ? 'a text or list is too long' : 'something nests too deeply';
}
