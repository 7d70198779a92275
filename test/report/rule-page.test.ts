import { expect, it } from 'vitest';
import { rulePage } from '../../src/report/rule-page.ts';
import { defineRule } from '../../src/rule/rule.ts';

const rule = defineRule({
  scope: 'container',
  meta: {
    summary: 'Require a name',
    why: 'Nobody finds what has no name.',
    help: { wrong: 'Rename {{found}}.' },
    references: ['https://example.org/names'],
    severity: 'error',
    recommended: true,
    messages: { wrong: 'The name is {{found}}{{hint}}.' },
    options: {
      type: 'object',
      required: ['names'],
      properties: {
        names: { type: 'array', items: { type: 'string' }, description: 'Names that are known.' },
        kinds: {
          type: 'array',
          items: { type: 'string', enum: ['first', 'last'] },
          default: ['first'],
          description: 'Which names count.',
        },
        others: {
          type: 'array',
          description: 'Others.',
          items: {
            type: 'object',
            required: ['name'],
            properties: {
              name: { type: 'string', description: 'Their name.' },
              case: { type: 'string', enum: ['lower'] },
            },
          },
        },
      },
    },
  },
  check() {},
});

it('says of each option what it takes, and whether it is needed', () => {
  expect(rulePage('has-name', rule, [])).toBe(`# has-name

Require a name.

Applies to: containers. Severity: error. Part of the \`recommended\` policy.

## Why

Nobody finds what has no name.

## Messages

- \`wrong\`: The name is \`<found><hint>\`. Rename \`<found>\`.

## Options

- \`names\` (list of strings): Names that are known. Required.
- \`kinds\` (list of strings): Which names count. Each is one of \`first\`, \`last\`. Default: \`["first"]\`.
- \`others\` (list of mappings): Others.
  - \`name\` (string): Their name. Required.
  - \`case\` (string): One of \`lower\`.

## References

- <https://example.org/names>
`);
});
