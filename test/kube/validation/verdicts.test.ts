import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VerdictIssue, Verdicts } from '../../../src/kube/verdict.ts';
import { loadVerdicts } from '../../../src/kube/verdict.ts';
import { parseNode } from './parse-node.ts';

/** A recorded verdict of a kube-apiserver 1.35.0: scripts/record-verdicts.mjs makes them. */
interface Case {
  readonly object: number;
  readonly path: readonly (string | number)[];
  /** What is set at the path; it is deleted where there is none. */
  readonly value?: unknown;
  readonly code: number;
  readonly causes?: readonly { readonly reason: string; readonly field: string }[];
}

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;

const FOLDER = new URL('../../../fixtures/verdicts/', import.meta.url);
const OBJECTS: readonly Json[] = JSON.parse(read('objects.json'));
const CASES = linesOf<Case>('cases.jsonl');

/** What a server of an older version says otherwise, of the case of this index. */
interface Difference {
  readonly case: number;
  readonly code: number;
}

/** The older versions of which there are recordings. */
const OLDER = readdirSync(FOLDER).flatMap((file) => /^cases-(.*)\.jsonl$/.exec(file)?.[1] ?? []);

function linesOf<T>(file: string): T[] {
  return read(file)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function read(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

function apply({ object, path, value }: Case): Json {
  const copy = structuredClone(OBJECTS[object] ?? null);
  const parent = path.slice(0, -1).reduce<Json>((each, step) => childOf(each, step), copy);
  const last = path.at(-1) ?? '';
  if (Array.isArray(parent)) parent.splice(Number(last), 1, ...(value === undefined ? [] : [value as Json]));
  else if (parent !== null && typeof parent === 'object') {
    if (value === undefined) delete parent[last];
    else parent[last] = value as Json;
  }
  return copy;
}

function childOf(node: Json, step: string | number): Json {
  if (Array.isArray(node)) return node[Number(step)] ?? null;
  return node !== null && typeof node === 'object' ? (node[step] ?? null) : null;
}

function textOf(node: Json, key: string): string {
  return String(childOf(node, key));
}

let verdicts: Verdicts;
beforeAll(async () => {
  verdicts = await verdictsOf('1.35');
});

function verdictsOf(kubeVersion: string): Promise<Verdicts> {
  const kinds = OBJECTS.map((object) => ({ apiVersion: textOf(object, 'apiVersion'), kind: textOf(object, 'kind') }));
  return loadVerdicts(kinds, { kubeVersion });
}

function judge(object: Json, by = verdicts): readonly VerdictIssue[] {
  return by.judge(textOf(object, 'apiVersion'), textOf(object, 'kind'), parseNode(JSON.stringify(object)));
}

/** Whether something refuses the object, not only what is made from it. */
function refuses(issues: readonly VerdictIssue[]): boolean {
  return issues.some((issue) => issue.by !== 'validation' || issue.isLate !== true);
}

/** The cases that are judged otherwise than recorded. */
function wrongOf(cases: readonly Case[], by: Verdicts): string[] {
  return cases.flatMap((each) => {
    const issues = judge(apply(each), by);
    const isRefused = each.code >= 300;
    if (refuses(issues) === isRefused) return [];
    const found = issues.map((issue) => JSON.stringify(issue)).join(' ');
    return [`${isRefused ? 'missed' : 'refused'}: ${JSON.stringify(each)} ${found}`];
  });
}

/** A field of the API server as steps; it leaves some indexes out. */
function stepsOf(field: string): string[] {
  return withoutIndexes(
    field
      .replace(/\[([^\]]*)\]/g, '.$1')
      .split('.')
      .filter((step) => step !== ''),
  );
}

function withoutIndexes(steps: readonly string[]): string[] {
  return steps.filter((step) => !/^\d+$/.test(step));
}

/** Whether an issue is at a field that the API server names, at its parent, or inside of it. */
function isAt(issue: VerdictIssue, field: string): boolean {
  const named = (issue.by === 'validation' ? issue.field : undefined) ?? issue.path;
  const ours = withoutIndexes(named.flatMap((step) => String(step).split('.')).filter((step) => step !== ''));
  const theirs = stepsOf(field);
  const isPrefix = (a: readonly string[], b: readonly string[]) => a.every((step, index) => b[index] === step);
  return isPrefix(theirs, ours) || (isPrefix(ours, theirs) && ours.length >= theirs.length - 1);
}

describe('the verdict on recorded changes of objects', () => {
  it('is that of the API server', () => {
    const wrong = wrongOf(CASES, verdicts);
    expect(wrong.filter((text) => text.startsWith('refused'))).toEqual([]);
    // What is missed: the namespace of an Event that has none.
    expect(wrong.length / CASES.length, wrong.join('\n')).toBeLessThan(0.005);
  });

  it.each(OLDER)('is that of the API server of %s', async (version) => {
    const differences = new Map(
      linesOf<Difference>(`cases-${version}.jsonl`).map((each) => [each.case, each] as const),
    );
    const cases = CASES.map((each, index) => ({ ...each, ...differences.get(index) }));
    const wrong = wrongOf(cases, await verdictsOf(version));
    expect(wrong.filter((text) => text.startsWith('refused'))).toEqual([]);
    expect(wrong.length / cases.length, wrong.join('\n')).toBeLessThan(0.01);
  });

  it('is about a field that the API server names', () => {
    const placed = CASES.filter(({ causes }) => causes !== undefined && causes.length > 0);
    const elsewhere = placed.filter((each) => {
      const issues = judge(apply(each));
      return (
        issues.length > 0 && !issues.some((issue) => each.causes?.some(({ field }) => isAt(issue, field)) === true)
      );
    });
    expect(placed.length).toBeGreaterThan(500);
    expect(elsewhere.length / placed.length, JSON.stringify(elsewhere, null, 1)).toBeLessThan(0.03);
  });

  it('calls it what the API server calls it, mostly', () => {
    const judged = CASES.filter(({ causes }) => causes?.length === 1).map((each) => ({
      each,
      issues: judge(apply(each)),
    }));
    const same = judged.filter(({ each, issues }) => {
      return issues.some((issue) => issue.by === 'validation' && issue.cause === each.causes?.[0]?.reason);
    });
    expect(same.length / judged.length).toBeGreaterThan(0.9);
  });
});
