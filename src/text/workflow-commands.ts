/**
 * What GitHub Actions takes for a command in what a step prints: `::` at the beginning of a line, and the older `##[` at
 * any place; Azure Pipelines and TeamCity take `##name[`.
 */
const COMMAND = /^(?<space>\s*)(?<colon>:)(?=:)|#(?=#[a-z]*\[)/gim;

/** A text of which a CI system takes no line for a command: the first character of one is written as an escape. */
export function withoutCommands(
  text: string,
  escape: (character: string) => string = (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
): string {
  return text.replace(COMMAND, (command) => command.slice(0, -1) + escape(command.slice(-1)));
}
