import type { Chart } from '../../src/helm/chart/chart.ts';
import { GoList, GoMap, type Value } from '../../src/helm/value/value.ts';
import type { ValuesKey } from '../../src/helm/value/values-key.ts';

/** A key among the values of a chart or subchart, which can be set to something else. */
export interface Setting {
  readonly name: string;
  readonly value: Value;
  /** Undefined removes it. */
  set(value: Value): void;
}

/** The keys of a chart's values and of its subcharts' as they were prepared, each under its alias. */
export function settingsOf(prepared: Chart, path: readonly string[] = []): Setting[] {
  // What import-values left is made anew from the defaults each time.
  prepared.imported = undefined;
  const own = settingsIn(prepared.valuesAt(path));
  return [...own, ...prepared.dependencies.flatMap((subchart) => settingsOf(subchart, [...path, subchart.name]))];
}

function settingsIn(container: Value): Setting[] {
  if (container instanceof GoMap) {
    return container.keys().flatMap((key) => {
      const origin = container.originOf(key);
      return settingsAt(container.get(key), origin?.taint.keys, (value) => {
        if (value === undefined) container.delete(key);
        else container.set(key, value, origin);
      });
    });
  }
  if (!(container instanceof GoList)) return [];
  const { items: own, origins = [] } = container;
  return own.flatMap((item, index) =>
    settingsAt(item, origins[index]?.taint.keys, (value) => {
      const items = own.map((each, at) => (at === index ? value : each)).filter((each) => each !== undefined);
      const kept = value === undefined ? origins.filter((_, at) => at !== index) : origins;
      container.assign(new GoList(items, container.type, kept));
    }),
  );
}

function settingsAt(value: Value, keys: readonly ValuesKey[] = [], set: Setting['set']): Setting[] {
  // Values that several files set belong to the last.
  const name = keys.at(-1)?.name;
  return [...(name === undefined ? [] : [{ name, value, set }]), ...settingsIn(value)];
}

export function isContainer(value: Value): boolean {
  return value instanceof GoMap || value instanceof GoList;
}

/**
 * Other values of a type, the likeliest to render first, and at last none at all. What stands for a template stays one:
 * text is changed outside of `{{ }}`.
 */
export function otherValues(value: Value): readonly Value[] {
  if (value instanceof GoMap) return [value.size === 0 ? GoMap.from([['zq', 'zq']]) : new GoMap(), undefined];
  if (value instanceof GoList) {
    return value.items.length > 0
      ? [new GoList([]), undefined]
      : [new GoList(['zq']), new GoList([GoMap.from([['name', 'zq']])])];
  }
  switch (typeof value) {
    case 'boolean':
      return [!value, undefined];
    case 'number':
      return [value + 1, value * 2 + 7, 0, undefined];
    case 'string':
      return value === '' ? ['zq', '7', 'zq-7.example'] : [...otherTexts(value), undefined];
    default:
      return value === null ? ['zq', 7, true] : [];
  }
}

function otherTexts(text: string): string[] {
  const longer = text
    .split('\n')
    .map((line) => (line.trim() === '' ? line : insertText(line)))
    .join('\n');
  const counted = text.replaceAll(/\d(?!\d)(?![^{]*\}\})/g, (digit) => String((Number(digit) + 1) % 10));
  const candidates = /^[\d.]+$/.test(text) ? [counted, longer] : [longer, counted];
  return [...candidates, `zq${text}`, text.split('').toReversed().join(''), ''].filter((other) => other !== text);
}

/** Inserts letters behind the last word of a line that is not inside of a template's action. */
function insertText(line: string): string {
  const masked = line.replaceAll(/\{\{.*?\}\}/g, (action) => ' '.repeat(action.length));
  const end = masked.search(/\w\W*$/);
  return end === -1 ? `${line}zq` : `${line.slice(0, end + 1)}zq${line.slice(end + 1)}`;
}
