import { RenderedText } from '../helm/provenance/rendered-text.ts';
import { resolvePlain } from '../yaml/scalar.ts';
import type { Cursor } from '../yaml/cursor.ts';
import { printingAction } from './printed.ts';

/**
 * Where to add quotes so that a value becomes a string. An action prints a string without its quotes, so they belong behind
 * the action and not into the values file; `toYaml` of a whole structure keeps those of the values file.
 * @param name what the value is called in the sentence
 */
export function quotingRemedy(place: Cursor, name: string): string {
  if (printingAction(place) !== undefined) return `End the expression that prints ${name} with \`| quote\``;
  const { document, node } = place;
  if (document.source instanceof RenderedText && node !== undefined) {
    const key = document.source.originOf(node).keys.find(({ source, valueRange: { start, end } }) => {
      return typeof resolvePlain(source.text.slice(start, end)) !== 'string';
    });
    if (key !== undefined) return `Quote ${key.name} in ${key.source.file}`;
  }
  return `Quote the value of ${name}`;
}
