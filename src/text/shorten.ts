/** More than any message of Helm needs, and little enough for a log. */
const MAX_MESSAGE = 10_000;

/** More than any name needs: those of Kubernetes have up to 253 characters, a key of an annotation 317. */
export const MAX_NAME = 1000;

/** A message without what is beyond a length that people read; secrets must be masked before. */
export function shorten(message: string, length: number = MAX_MESSAGE): string {
  if (message.length <= length) return message;
  // Half of a pair is not a character.
  const isPair = /[\ud800-\udbff]/.test(message.charAt(length - 1));
  const start = message.slice(0, isPair ? length - 1 : length);
  return `${start}… (${message.length - start.length} more characters)`;
}
