import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { variationsOf } from '../../../scripts/vary-object.mjs';
import { DefinedKinds } from '../../../src/kube/custom-resources/custom-kinds.ts';
import { loadCustomResources, type CustomResources } from '../../../src/kube/custom-resources/custom-resources.ts';
import { readDefinition } from '../../../src/kube/custom-resources/definition.ts';
import type { CustomResourceIssue } from '../../../src/kube/custom-resources/issues.ts';
import { rootsOf } from './roots.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/verdicts/custom-resources');

interface Recorded {
  readonly base: number;
  readonly variation: number;
  readonly code: number;
  readonly causes?: readonly { readonly reason: string; readonly field: string }[];
  readonly message?: string;
}

interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
}

const recorded = readFileSync(join(FOLDER, 'verdicts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);
const bases = loadAll(readFileSync(join(FOLDER, 'objects.yaml'), 'utf8')) as Identified[];
const objects = bases.map((base) => [base, ...variationsOf(base)] as Identified[]);

let resources: CustomResources;
beforeAll(async () => {
  const kinds = rootsOf(readFileSync(join(FOLDER, 'definitions.yaml'), 'utf8')).flatMap(
    (root) => readDefinition(root) ?? [],
  );
  resources = await loadCustomResources(bases, new DefinedKinds(kinds));
});

function judge({ base, variation }: Recorded): readonly CustomResourceIssue[] {
  const object = objects[base]?.[variation];
  const [root] = rootsOf(JSON.stringify(object));
  const issues = object && root && resources.judge(object.apiVersion, object.kind, root);
  if (issues === undefined) throw new Error(`There is no object ${base}/${variation}.`);
  return issues;
}

function describeCase({ base, variation, message }: Recorded, issues: readonly CustomResourceIssue[]): string {
  return `${base}/${variation}: server: ${message ?? 'accepted'}; ours: ${JSON.stringify(issues)}`;
}

describe('custom resources, as a real API server judged them', () => {
  it('were recorded', () => {
    expect(recorded.length).toBeGreaterThan(800);
    expect(recorded.filter(({ code }) => code === 201).length).toBeGreaterThan(100);
    expect(recorded.filter(({ code }) => code === 400).length).toBeGreaterThan(50);
    expect(recorded.filter(({ code }) => code === 422).length).toBeGreaterThan(100);
  });

  it('are never refused when the server accepts them', () => {
    const wrong = recorded.filter((each) => each.code < 300 && judge(each).length > 0);
    expect(wrong.map((each) => describeCase(each, judge(each)))).toEqual([]);
  });

  it('are refused when the server refuses them', () => {
    const refused = recorded.filter(({ code }) => code >= 300);
    const missed = refused.filter((each) => judge(each).length === 0);
    const shown = missed.map((each) => describeCase(each, [])).join('\n');
    expect(missed.length / refused.length, shown).toBeLessThan(0.01);
  });

  it('are refused for a field that the server names, or for what is around it', () => {
    const placeable = recorded.filter(({ causes }) => causes?.some(({ field }) => field !== '<nil>'));
    const misplaced = placeable.filter((each) => {
      const named = (each.causes ?? []).map(({ field }) => stepsOf(field));
      return !judge(each).some((issue) => named.some((field) => isNear(placeOf(issue), field)));
    });
    expect(
      misplaced.length / placeable.length,
      misplaced.map((each) => describeCase(each, judge(each))).join('\n'),
    ).toBeLessThan(0.03);
  });

  it('are said to miss what the server says is required', () => {
    const missing = recorded.filter(({ causes }) => causes?.some(({ reason }) => reason === 'FieldValueRequired'));
    expect(missing.length).toBeGreaterThan(5);
    for (const each of missing) {
      const isRequired = judge(each).some((issue) => {
        return issue.by === 'decoding' ? issue.problem === 'required' : issue.cause === 'FieldValueRequired';
      });
      expect(isRequired, describeCase(each, judge(each))).toBe(true);
    }
  });
});

/** The keys of a field's name; the server leaves some indexes out. */
function stepsOf(field: string): string[] {
  return field.split(/[.[\]]/).filter((step) => step !== '' && !/^\d+$/.test(step));
}

function placeOf(issue: CustomResourceIssue): string[] {
  const path = issue.by === 'decoding' && issue.problem === 'required' ? [...issue.path, issue.name ?? ''] : issue.path;
  return stepsOf(path.join('.'));
}

function isNear(ours: readonly string[], servers: readonly string[]): boolean {
  const [short, long] = ours.length < servers.length ? [ours, servers] : [servers, ours];
  return short.every((step, index) => step === long[index]) && (short === servers || ours.length >= servers.length - 1);
}
