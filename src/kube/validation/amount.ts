import { checkFormat, notNegative } from './checks.ts';
import type { Check } from './field.ts';
import { PERCENTAGE } from './formats.ts';

/** A number of Pods, or a percentage of them. */
export const numberOrPercentage: Check = (field) => {
  if (field.node?.kind === 'scalar' && typeof field.node.value === 'string') checkFormat(field, PERCENTAGE);
  else notNegative(field);
};

export const atMost100Percent: Check = (field) => {
  if (PERCENTAGE.test(field.text) && Number(field.text.slice(0, -1)) > 100) {
    field.invalid('is more than 100%', 'Write 100% or less');
  }
};
