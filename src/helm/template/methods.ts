import { versionSetMethod } from '../prepare/capabilities.ts';
import { FunctionError, type HelmFunction, plain, traced } from '../value/function.ts';
import { quoteGo } from '../go/quote.ts';
import { GoList, GoMap, type Value } from '../value/value.ts';
import { Tracked } from '../value/tracked.ts';

/** The methods of `common.Values` and `common.VersionSet`; undefined when a value has no method of the name. */
export function methodOf(receiver: Value, name: string): HelmFunction | undefined {
  if (receiver instanceof GoList) {
    return receiver.type === 'common.VersionSet' ? versionSetMethod(receiver, name) : undefined;
  }
  return receiver instanceof GoMap && receiver.type === 'common.Values' ? valuesMethod(receiver, name) : undefined;
}

function valuesMethod(values: GoMap, name: string): HelmFunction | undefined {
  switch (name) {
    case 'AsMap':
      return plain([], () => (values.size === 0 ? new GoMap() : values.as('map[string]interface {}')));
    case 'Table':
      return traced(['string'], (_call, path) => tableAt(values, path.value));
    case 'YAML':
    case 'Encode':
      return plain([], () => {
        throw new FunctionError(`the method ${name} of common.Values is not supported; use toYaml`);
      });
    default:
      return undefined;
  }
}

/** The table at a dotted path (Helm 4.1.4, pkg/chart/common/values.go). */
function tableAt(values: GoMap, path: string): Tracked {
  let table = new Tracked(values);
  for (const key of path.split('.')) {
    const next = table.value.get(key);
    if (!(next instanceof GoMap)) throw new FunctionError(`${quoteGo(key)} is not a table`);
    table = new Tracked(next, table.value.originOf(key) ?? table.origin);
  }
  return new Tracked(table.value.as('common.Values'), table.origin);
}
