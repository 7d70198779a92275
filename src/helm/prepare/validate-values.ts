import { ChartError } from '../chart/chart-error.ts';
import type { ChartFile } from '../chart/chart-file.ts';
import type { Chart } from '../chart/chart.ts';
import { limitText } from '../value/limit-error.ts';
import { GoList, GoMap, Int, type Value } from '../value/value.ts';
import { goTypeName } from '../go/print.ts';
import { isSecretPath } from '../../kube/secret-path.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { compileSchema } from '../schema/compile-schema.ts';
import { JsonError, JsonNumber, parseJson, type Json } from '../schema/json.ts';
import { SchemaProblem } from '../schema/schema-document.ts';
import { printFaults } from '../schema/schema-error.ts';
import { SchemaWork } from '../schema/schema-work.ts';
import { validateJson } from '../schema/validator.ts';

/**
 * Checks the values of a chart and of its subcharts against their values.schema.json.
 * @throws ChartError `values don't meet the specifications of the schema(s) …`
 */
export function validateValues(chart: Chart, values: GoMap): void {
  const faults = describeFaults(chart, values, undefined, new SchemaWork());
  if (faults === '') return;
  const title = "values don't meet the specifications of the schema(s) in the following chart(s):";
  const shown = describeFaults(chart, values, (path) => isSecretPath(path), new SchemaWork());
  throw new ChartError(`${title}\n${faults}`, locateSchema(chart), false, `${title}\n${shown}`);
}

type IsSecret = ((path: readonly string[]) => boolean) | undefined;

function describeFaults(chart: Chart, values: GoMap, isSecret: IsSecret, work: SchemaWork): string {
  const own = chart.schema === undefined ? undefined : judge(chart.schema, values, isSecret, work);
  let text = own === undefined ? '' : `${chart.name}:\n${own}`;
  for (const subchart of chart.dependencies) {
    const inner = values.get(subchart.name);
    if (inner === undefined || inner === null) continue;
    if (inner instanceof GoMap) text += describeFaults(subchart, inner, isSecret, work);
    else text += `${subchart.name}:\ninvalid type for values: expected object (map), got ${goTypeName(inner)}\n`;
  }
  return text;
}

/** Why values do not meet a schema, or why the schema cannot be used; undefined when all is well. */
function judge(schema: ChartFile, values: GoMap, isSecret: IsSecret, work: SchemaWork): string | undefined {
  try {
    const json = parseJson(schema.source.text);
    checkSchema(json);
    const fault = validateJson(compileSchema(json, work), toJson(values, work), work);
    return fault === undefined ? undefined : `${printFaults(fault.isGroup ? fault.causes : [fault], isSecret)}\n`;
  } catch (error) {
    if (error instanceof RangeError) {
      throw new ChartError(
        `the rendering was stopped: ${limitText(error)}`,
        schema.source.locate({ start: 0, end: 0 }),
      );
    }
    if (error instanceof JsonError || error instanceof SchemaProblem) return error.message;
    throw error;
  }
}

function toJson(value: Value, work: SchemaWork): Json {
  work.spend(1);
  if (value instanceof GoMap) return new Map(value.keys().map((key) => [key, toJson(value.get(key), work)]));
  if (value instanceof GoList) return value.items.map((item) => toJson(item, work));
  if (value instanceof Int) return new JsonNumber(String(value.value));
  if (typeof value === 'number') return new JsonNumber(Object.is(value, -0) ? '-0' : String(value));
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

/** The schema that comes first, when only one chart has one. */
function locateSchema(chart: Chart): ChartError['location'] {
  const schemas = listSchemas(chart);
  return schemas.length === 1 ? schemas[0]?.source.locate({ start: 0, end: 0 }) : undefined;
}

function listSchemas(chart: Chart): readonly ChartFile[] {
  const own = chart.schema === undefined ? [] : [chart.schema];
  return [...own, ...chart.dependencies.flatMap(listSchemas)];
}
