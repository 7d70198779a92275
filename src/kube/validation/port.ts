import { checkFormat, oneOf, portNumber } from './checks.ts';
import type { Check } from './field.ts';
import { PORT_NAME } from './formats.ts';

export const protocol = oneOf('TCP', 'UDP', 'SCTP');

/** A port by its number, or by the name that a container gives it. */
export const port: Check = (field) => {
  if (field.node?.kind === 'scalar' && typeof field.node.value === 'string') checkFormat(field, PORT_NAME);
  else portNumber(field);
};
