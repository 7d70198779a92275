import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadVerdicts, type VerdictIssue, type Verdicts } from '../../../src/kube/verdict.ts';
import { parseNode } from './parse-node.ts';

/** Where an expression stands, the expression, and what a kube-apiserver 1.35.0 said: scripts/record-expressions.mjs asks it. */
type Case = readonly [where: string, expression: string, code: number];

interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
}

const OBJECTS: Readonly<Record<string, Typed>> = JSON.parse(read('objects.json'));
const CASES: readonly Case[] = read('cases.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

function read(file: string): string {
  return readFileSync(new URL(`../../../fixtures/verdicts/expressions/${file}`, import.meta.url), 'utf8');
}

let verdicts: Verdicts;
beforeAll(async () => {
  verdicts = await loadVerdicts(Object.values(OBJECTS), { kubeVersion: '1.35' });
});

function judge(where: string, expression: string): readonly VerdictIssue[] {
  const { apiVersion = '', kind = '' } = OBJECTS[where] ?? {};
  const text = JSON.stringify(OBJECTS[where]).replace('"EXPRESSION"', () => JSON.stringify(expression));
  return verdicts.judge(apiVersion, kind, parseNode(text));
}

/** The sentences about an expression. */
function problems(where: string, expression: string): string[] {
  return judge(where, expression).flatMap((issue) => (issue.by === 'validation' ? [issue.problem] : []));
}

describe.each(Object.keys(OBJECTS))('an expression in %s', (where) => {
  const cases = CASES.filter(([each]) => each === where);

  it('is refused where the API server refuses it, and nowhere else', () => {
    const wrong = cases.filter(([, expression, code]) => judge(where, expression).length > 0 !== code >= 300);
    expect(wrong).toEqual([]);
    expect(new Set(cases.map(([, , code]) => code >= 300))).toEqual(new Set([true, false]));
  });
});

describe('what is said of an expression', () => {
  it.each([
    ['self.zz == 3', 'does not compile: there is no field zz, at .zz == 3'],
    ['self.lo.all(o, o.nmae != "")', 'does not compile: there is no field nmae (did you mean name?), at .nmae != "")'],
    [
      'self.s.startswith("a")',
      'does not compile: there is no function startswith (did you mean startsWith?), at .startswith("a")',
    ],
    ['self.i > "a"', 'does not compile: > does not work with int and string, at > "a"'],
    ['self.i', 'comes to int, not to bool'],
    ['self.ios', 'comes to a value whose type is not known (dyn), not to bool'],
    ['self.i == 1 &&', 'does not compile: it ends too early'],
    ['self.i = 3', 'does not compile: = is not expected, at = 3'],
    ['elf.i == 3', 'does not compile: there is no variable elf (did you mean self?)'],
    ['self.t.matches("[0-9")', 'does not compile: "[0-9" is not a regular expression of RE2, at "[0-9")'],
    [
      'self.un.all(x, self.un.exists(y, y == x))',
      'is not allowed to cost more than 10000000 units; it could cost more than 100 times as much',
    ],
  ])('%s', (expression, problem) => {
    expect(problems('rule', expression)).toEqual([problem]);
  });
});
