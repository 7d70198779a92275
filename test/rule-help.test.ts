import { expect, test } from 'vitest';
import { RULES } from '../src/engine/registry.generated.ts';
import { loadRules } from '../src/rule/load-rules.ts';
import { readChartFixtures, runChartFixture } from './rule-fixtures.ts';

/** The help of each finding in the fixture `fail/` of a rule, by its line in the template. */
async function helpsOf(ruleId: string): Promise<string[]> {
  const rule = (await loadRules(RULES)).get(ruleId);
  const fixture = readChartFixtures(ruleId).find(({ name }) => name === 'fail');
  if (rule === undefined || fixture === undefined) throw new Error(`${ruleId} has no chart that fails`);
  const { findings } = await runChartFixture(ruleId, rule, fixture);
  return findings
    .toSorted((a, b) => a.location.line - b.location.line)
    .map(({ location, help }) => `${location.line} ${help}`);
}

test('a value that an action prints is quoted behind the action, whatever quotes the values file has', async () => {
  expect(await helpsOf('schema-valid')).toEqual([
    '1 Use policy/v1.',
    '9 Use policy/v1.',
    '9 End the expression that prints spec.containers[0].args[0] with `| quote`.',
    '12 Quote the value of spec.containers[0].env[0].value.',
    '14 End the expression that prints spec.containers[0].env[1].value with `| quote`.',
    // Quotes in the values file reach the manifest here.
    '15 Quote env[0].value in values.yaml.',
  ]);
});

test('a number in exponent form is quoted where it is written', async () => {
  const helps = await helpsOf('mangled-values');
  expect(helps).toContain('8 Quote id in values.yaml, or end the expression with `| int64 | quote`.');
  expect(helps).toContain('14 Quote image.tag in values.yaml.');
});
