import type { Check, Field } from './field.ts';
import type { Format } from './formats.ts';
import type { Feature } from './versions.ts';

/**
 * What validators are made of. A table names fields and what they must be; a field that is absent is not looked at,
 * unless its check is `required(…)`.
 */

const REQUIRED = Symbol('required');
type RequiredCheck = Check & { readonly [REQUIRED]?: Check };

/** An object of which each field has its checks, in this order, and then those of the object as a whole. */
export function fields(table: Readonly<Record<string, Check>>, ...whole: readonly Check[]): Check {
  const checks = new Map<string, RequiredCheck>(Object.entries(table));
  const needed = Object.keys(table).filter((name) => isRequired(table[name]));
  return (object) => {
    let missing = needed.length;
    if (object.node?.kind === 'mapping') {
      for (const { key, value } of object.node.entries) {
        const check = checks.get(key);
        if (check === undefined || (value.kind === 'scalar' && value.value === null)) continue;
        if (missing > 0 && isRequired(check)) missing--;
        check(object.child(key, value));
      }
    }
    if (missing > 0) for (const name of needed) if (!object.says(name)) object.at(name).required();
    for (const check of whole) check(object);
  };
}

function isRequired(check: RequiredCheck | undefined): boolean {
  return check?.[REQUIRED] !== undefined;
}

/** The field must be there and have more than the zero value of its type; then the checks are made. */
export function required(...checks: readonly Check[]): Check {
  const inner = all(...checks);
  const check: Check = (field) => {
    if (field.isEmpty) field.required();
    else inner(field);
  };
  return Object.assign(check, { [REQUIRED]: inner });
}

export function all(...checks: readonly Check[]): Check {
  if (checks.length === 1 && checks[0] !== undefined) return checks[0];
  return (field) => {
    for (const check of checks) check(field);
  };
}

/** `spec` of an object. */
export function withSpec(check: Check): Check {
  return (object) => check(object.at('spec'));
}

/** What is looked at only where a feature is on. */
export function withFeature(feature: Feature, ...checks: readonly Check[]): Check {
  const inner = all(...checks);
  return (field) => {
    if (field.api.has(feature)) inner(field);
  };
}

/** Every item of a list. */
export function each(...checks: readonly Check[]): Check {
  const inner = all(...checks);
  return (list) => {
    if (list.node?.kind === 'sequence') for (const item of list.items()) inner(item);
  };
}

/** A text of a form; an empty text is none. */
export function is(format: Format): Check {
  return (field) => {
    if (field.text !== '') checkFormat(field, format);
  };
}

/** A text of a form where an empty text is one, too. */
export function mustBe(format: Format): Check {
  return (field) => checkFormat(field, format);
}

/** The key of a field. */
export function checkKey(field: Field, format: Format, key: string): void {
  if (!format.test(key)) field.invalidKey(`is not ${format.name}`, `Use ${format.rule}`);
}

export function checkFormat(field: Field, format: Format, text = field.text): void {
  if (!format.test(text)) field.invalid(`is not ${format.name}`, `Use ${format.rule}`);
}

/** One of these words; an empty text stands for the default. */
export function oneOf(...allowed: readonly string[]): Check {
  return (field) => {
    if (field.text !== '' && !allowed.includes(field.text)) field.notSupported(allowed);
  };
}

/** One of these words, and never an empty text. */
export function strictlyOneOf(...allowed: readonly string[]): Check {
  return (field) => {
    if (!allowed.includes(field.text)) field.notSupported(allowed);
  };
}

export function between(least: number, most: number): Check {
  return (field) => {
    const { number } = field;
    if (number !== undefined && (number < least || number > most)) {
      field.invalid(`is not between ${least} and ${most}`, `Write a number from ${least} to ${most}`);
    }
  };
}

/** As `between`, where 0 stands for an absent field. */
export function zeroOrBetween(least: number, most: number): Check {
  const check = between(least, most);
  return (field) => {
    if (field.number !== 0) check(field);
  };
}

export function atLeast(least: number): Check {
  return (field) => {
    if (field.number !== undefined && field.number < least) {
      field.invalid(`is less than ${least}`, `Write ${least} or more`);
    }
  };
}

export const notNegative = atLeast(0);
export const positive = atLeast(1);
export const portNumber = between(1, 65_535);

/** A user or a group. */
export const userId = between(0, 2_147_483_647);

/** The mode of a file, which YAML reads as octal when it begins with 0. */
export const fileMode: Check = (field) => {
  const { number = 0 } = field;
  if (number < 0 || number > 0o777) field.invalid('is not a file mode', 'Write an octal number from 0 to 0777');
};

/** A list in which nothing stands twice. */
export function unique(what: string, key: (item: Field) => Field): Check {
  return (list) => {
    const seen = new Set<string>();
    for (const item of list.items()) {
      const field = key(item);
      if (field.text !== '' && seen.has(field.text)) field.duplicate(`${what} ${field.text}`);
      seen.add(field.text);
    }
  };
}

/** At most one of these fields may be set, the first of them counts; and one must be, where `need` says so. */
export function onlyOne(names: readonly string[], what: string, need: 'one' | 'none' = 'one'): Check {
  return (object) => {
    const [first, ...others] = names.filter((name) => object.at(name).isSet);
    for (const name of others) {
      object.at(name).forbidden(`beside ${first}: only one ${what} can be given`, `Remove ${name} or ${first}`);
    }
    if (first === undefined && need === 'one') {
      object.required(`with ${article(what)}`, `Add one of ${names.join(', ')}`);
    }
  };
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
