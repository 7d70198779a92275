import { SourceText } from '../../../src/text/source.ts';
import { builtinFunctions } from '../../../src/helm/functions/builtins.ts';
import { functions as registered } from '../../../src/helm/functions/registry.ts';
import { printingFunctions } from '../../../src/helm/functions/printing.ts';
import { GoList, GoMap, type Value } from '../../../src/helm/value/value.ts';
import { Taint } from '../../../src/helm/value/origin.ts';
import { Execution, type ExecutionOptions } from '../../../src/helm/template/execution.ts';
import { inFileOrder } from '../../../src/helm/template/file-order.ts';
import { parseFile } from '../../../src/helm/template/parse-file.ts';
import { TemplateSet } from '../../../src/helm/template/template-set.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { ValuesKey } from '../../../src/helm/value/values-key.ts';

const functions = new Map([...registered, ...Object.entries(builtinFunctions), ...Object.entries(printingFunctions)]);
const SOURCE = new SourceText('values.yaml', '');

/** Values as YAML gives them; each entry has a key of its own. */
export function toValue(plain: unknown, path: readonly string[] = []): Value {
  if (plain === null || typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean') {
    return plain;
  }
  if (Array.isArray(plain)) {
    const items = plain.map((item, index) => toValue(item, [...path, String(index)]));
    return new GoList(
      items,
      '[]interface {}',
      items.map((_, index) => originAt([...path, String(index)])),
    );
  }
  const map = new GoMap();
  for (const [key, value] of Object.entries(plain ?? {})) {
    map.set(key, toValue(value, [...path, key]), originAt([...path, key]));
  }
  return map;
}

function originAt(path: readonly string[]): Tracked['origin'] {
  return Taint.of(new ValuesKey(path, SOURCE, { start: 0, end: 0 }, { start: 0, end: 0 })).origin;
}

/** Makes an execution of template files by their names. */
export function executionOf(
  files: Readonly<Record<string, string>>,
  options: Partial<ExecutionOptions> = {},
): { readonly execution: Execution; readonly set: TemplateSet } {
  const parsed = inFileOrder(Object.keys(files)).map((name) =>
    parseFile({ name, source: new SourceText(name, files[name] ?? '') }, (word) => functions.has(word)),
  );
  const set = TemplateSet.of(parsed);
  return { set, execution: new Execution({ set, functions, isTracing: true, seed: '', now: 0, ...options }) };
}

/** Renders one template with some values. */
export function render(
  template: string,
  values: unknown = {},
  options: Partial<ExecutionOptions> = {},
): Tracked<string> {
  const data = GoMap.from([['Values', toValue(values)]]);
  return executionOf({ 'c/t.yaml': template }, options).execution.execute('c/t.yaml', new Tracked(data));
}

/** The message of an error. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no error';
}
