import type { Checked } from './check.ts';
import { CelFault, type Call, type Expression } from './expression.ts';
import { isDyn, nameOf } from './type.ts';

const DIRECTIVE = /%(?:%|(\.\d*)?([^]?))/gu;

/** The types that each directive writes. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  s: ['list', 'map', 'int', 'uint', 'double', 'bool', 'string', 'timestamp', 'bytes', 'duration', 'type', 'null_type'],
  d: ['int', 'uint'],
  f: ['double', 'string'],
  e: ['double', 'string'],
  b: ['int', 'uint', 'bool'],
  x: ['int', 'uint', 'string', 'bytes'],
  X: ['int', 'uint', 'string', 'bytes'],
  o: ['int', 'uint'],
};

/** Checks `'%s'.format([…])` where both are constant. Source: ext/formatting.go of cel-go. */
export function checkFormat({ target, args: [list], at }: Call, checked: Checked): void {
  if (target?.is !== 'literal' || target.type !== 'string' || list?.is !== 'list') return;
  let used = 0;
  for (const [directive, precision, verb = ''] of String(target.value).matchAll(DIRECTIVE)) {
    if (directive === '%%') continue;
    const item = list.items[used++];
    if (verb === '') throw new CelFault('the format ends in %; write %% for a percent sign', at);
    if (item === undefined) throw new CelFault(`the format has more than the ${used - 1} values of the list`, at);
    const types = Object.hasOwn(TYPES, verb) ? TYPES[verb] : undefined;
    if (types === undefined || precision === '.')
      throw new CelFault(`the format has ${directive}, which is not known`, at);
    checkValue(item.value, verb, types, checked);
  }
  if (list.items.length > used) {
    throw new CelFault(`the format writes ${used} values, but the list has ${list.items.length}`, at);
  }
}

function checkValue(value: Expression, verb: string, types: readonly string[], checked: Checked): void {
  const type = checked.typeAt(value);
  if (!isDyn(type) && !(types.includes(type.name) && type.kind !== 'object')) {
    throw new CelFault(`%${verb} writes ${types.join(', ')}, but there is ${nameOf(type)}`, value.at);
  }
  if (verb !== 's') return;
  if (value.is === 'list') for (const item of value.items) checkValue(item.value, verb, types, checked);
  else if (value.is === 'map') {
    for (const entry of value.entries) {
      checkValue(entry.key, verb, types, checked);
      checkValue(entry.value, verb, types, checked);
    }
  }
}
