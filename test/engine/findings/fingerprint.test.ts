import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/engine/findings/fingerprint.ts';

describe('the facts of a message', () => {
  const data = { name: 'a', key: 'B', found: 'a number', problem: 'is wrong', remedy: 'Quote it' };

  it('stay when it is reworded, and its holes stand in another order', () => {
    const facts = factsOf('{{name}} holds {{key}}.', data, undefined);
    expect(factsOf('The key {{key}} of {{name}} is wrong; {{key}} must be a string.', data, undefined)).toBe(facts);
    expect(factsOf('{{name}} holds {{key}} {{problem}}.', { ...data, problem: 'other words' }, undefined)).toBe(facts);
    expect(factsOf('{{name}} holds {{key}}.', { ...data, remedy: 'Other help' }, undefined)).toBe(facts);
  });

  it.each([
    ['another datum', factsOf('{{name}}', { ...data, name: 'b' }, undefined)],
    ['another cause', factsOf('{{name}}', data, 'FieldValueInvalid')],
    ['more data', factsOf('{{name}} {{key}}', data, undefined)],
  ])('differ with %s', (_, facts) => {
    expect(facts).not.toBe(factsOf('{{name}}', data, undefined));
  });
});
