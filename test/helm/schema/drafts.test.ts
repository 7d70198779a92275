import { expect, it } from 'vitest';
import { ChartError } from '../../../src/helm/chart/chart-error.ts';
import { GoMap } from '../../../src/helm/value/value.ts';
import { validateValues } from '../../../src/helm/prepare/validate-values.ts';
import { chartOf } from '../chart/chart-files.ts';

const DRAFTS = new Map([
  [4, 'http://json-schema.org/draft-04/schema#'],
  [6, 'http://json-schema.org/draft-06/schema#'],
  [7, 'http://json-schema.org/draft-07/schema#'],
  [2019, 'https://json-schema.org/draft/2019-09/schema'],
  [2020, 'https://json-schema.org/draft/2020-12/schema'],
]);

/** The drafts whose metaschema refuses a schema; observed in Helm 4.1.4. */
function refusing(schema: object): number[] {
  return [...DRAFTS].flatMap(([draft, $schema]) => {
    const chart = chartOf({ 'values.schema.json': JSON.stringify({ $schema, ...schema }) });
    try {
      validateValues(chart, new GoMap());
    } catch (error) {
      if (error instanceof ChartError && error.message.includes('is not valid against metaschema')) return [draft];
      throw error;
    }
    return [];
  });
}

it.each<[object, number[]]>([
  [{ items: [{}] }, [2020]],
  [{ items: [] }, [4, 6, 7, 2019, 2020]],
  [{ items: true }, [4]],
  [{ exclusiveMinimum: true, minimum: 1 }, [6, 7, 2019, 2020]],
  [{ enum: [{}, {}] }, [4, 6, 7]],
  [{ required: [] }, [4]],
  [{ required: ['a', 'a'] }, [4, 6, 7, 2019, 2020]],
  [{ type: ['object', 'object'] }, [4, 6, 7, 2019, 2020]],
  [{ multipleOf: 0 }, [4, 6, 7, 2019, 2020]],
  [{ prefixItems: 5 }, [2020]],
  [{ if: 5 }, [7, 2019, 2020]],
  [{ $recursiveAnchor: true }, [2020]],
  [{ $recursiveAnchor: 'a' }, [2019]],
  [{ $dynamicRef: 1 }, [2020]],
  [{ additionalProperties: true }, []],
])('the schema %j is refused by drafts %j', (schema, drafts) => {
  expect(refusing(schema)).toEqual(drafts);
});
