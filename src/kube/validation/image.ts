import { oneOf } from './checks.ts';
import type { Check, Field } from './field.ts';

export const pullPolicy: Check = oneOf('Always', 'IfNotPresent', 'Never');

/** Of a Pod, not of a template: an image with spaces around it. */
export function checkImage(container: Field): void {
  const image = container.at('image');
  if (image.text.trim() !== image.text) image.invalid('has spaces around it', 'Remove the spaces');
}
