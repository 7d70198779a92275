/** More than any message of Helm needs, and little enough for a log. */
const MAX_MESSAGE = 10_000;

/** A message without what is beyond a length that people read; secrets must be masked before. */
export function shorten(message: string): string {
  if (message.length <= MAX_MESSAGE) return message;
  // Half of a pair is not a character.
  const isPair = /[\ud800-\udbff]/.test(message.charAt(MAX_MESSAGE - 1));
  const start = message.slice(0, isPair ? MAX_MESSAGE - 1 : MAX_MESSAGE);
  return `${start}… (${message.length - start.length} more characters)`;
}
