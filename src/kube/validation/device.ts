import { checkFormat } from './checks.ts';
import type { Check, Field } from './field.ts';
import { bytesOf, type Format } from './formats.ts';
import { checkDriverName } from './volume-source.ts';

/** What claims and slices of devices share. */

/** Whether a list is short enough; what is in one that is not is not looked at. */
export function atMost(most: number): (list: Field) => boolean {
  return (list) => {
    if (list.size <= most) return true;
    list.tooMany(most);
    return false;
  };
}

/** A list in which no key is twice, not even an empty one; the item is what is wrong. */
export function uniqueItems(what: string, key: (item: Field) => string): Check {
  return (list) => {
    const seen = new Set<string>();
    for (const item of list.items()) {
      if (seen.has(key(item))) item.duplicate(`${what} ${key(item)}`);
      seen.add(key(item));
    }
  };
}

const LONGEST_IDENTIFIER = 32;

const IDENTIFIER: Format = {
  name: 'an identifier as in C',
  rule: 'letters, digits and "_", not beginning with a digit',
  test: (text) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text),
};

function identifier(field: Field, text: string): void {
  if (bytesOf(text) > LONGEST_IDENTIFIER) field.tooLong(LONGEST_IDENTIFIER, 'bytes');
  checkFormat(field, IDENTIFIER, text);
}

/** A name of an attribute, after a domain and a slash where there is one; with several slashes it is not looked at. */
export function checkQualifiedName(field: Field, name: string): void {
  const parts = name.split('/');
  const [domain = '', id = ''] = parts;
  if (parts.length === 1) identifier(field, domain);
  if (parts.length !== 2) return;
  if (domain === '') field.invalid('has an empty domain', 'Write a domain before the slash');
  else checkDriverName(field, domain);
  if (id === '') field.invalid('has an empty name', 'Write a name after the slash');
  else identifier(field, id);
}

export const fullyQualifiedName: Check = (field) => {
  checkQualifiedName(field, field.text);
  if (!field.text.includes('/')) field.invalid('has no domain', 'Write a domain and a slash before the name');
};
