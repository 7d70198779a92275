import { dirname, resolve } from 'node:path';
import type { SourceText } from '../../text/source.ts';
import { findPolicyFile } from '../../policy/find.ts';
import { folderOf, type PolicyChoice } from '../policy/choose-policy.ts';
import type { LoadedInput, LoadedInputs } from './load-inputs.ts';

/** Inputs that share a policy. */
export interface PolicyGroup {
  /** Where the policy file is looked for. */
  readonly places: readonly string[];
  readonly loaded: LoadedInputs;
}

/**
 * Divides inputs by the policy file that each belongs to, in the order in which they are met. Each chart and each manifest
 * in a folder has the one that is nearest above it.
 */
export function groupByPolicy(
  loaded: LoadedInputs,
  choice: PolicyChoice,
  workingDirectory: string,
): [PolicyGroup, ...PolicyGroup[]] {
  const isOne = choice.config !== undefined || choice.policy !== undefined;
  const known = new Map<string, string | undefined>();
  const policyAbove = (folder: string): string | undefined => {
    if (!known.has(folder)) known.set(folder, findPolicyFile(folder));
    return known.get(folder);
  };
  const parts = loaded.inputs.flatMap((input) => {
    const { name, sources, charts } = input;
    const manifests = sources.length > 0 || charts.length === 0 ? splitManifests(input) : [];
    return [...manifests, ...charts.map((chart) => ({ place: chart, input: { name, sources: [], charts: [chart] } }))];
  });

  function splitManifests({ name, sources }: LoadedInput): { place: string; input: LoadedInput }[] {
    const whole = { place: name, input: { name, sources, charts: [] } };
    if (isOne || name === '-') return [whole];
    const own = policyAbove(folderOf(name, workingDirectory));
    const byPolicy = new Map<string | undefined, SourceText[]>();
    for (const source of sources) {
      // The search ends at the root of a submodule.
      const policy = policyAbove(dirname(resolve(workingDirectory, source.file))) ?? own;
      const others = byPolicy.get(policy);
      if (others === undefined) byPolicy.set(policy, [source]);
      else others.push(source);
    }
    if (byPolicy.size === 0) return [whole];
    return [...byPolicy].map(([policy, part]) => {
      const place = policy === own || policy === undefined ? name : dirname(policy);
      return { place, input: { name, sources: part, charts: [], isPart: byPolicy.size > 1 } };
    });
  }

  const groups = new Map<string | undefined, { places: string[]; inputs: (typeof loaded.inputs)[number][] }>();
  for (const { place, input } of parts) {
    const isEmpty = input.sources.length + input.charts.length === 0;
    // What could not be read decides on a policy only when there is nothing else.
    if (isEmpty && parts.some(({ input: { sources, charts } }) => sources.length + charts.length > 0)) continue;
    const file = isOne ? undefined : policyAbove(folderOf(place, workingDirectory));
    const group = groups.get(file);
    if (group === undefined) groups.set(file, { places: [place], inputs: [input] });
    else {
      group.places.push(place);
      group.inputs.push(input);
    }
  }
  const [first, ...others] = [...groups.values()];
  if (first === undefined || others.length === 0) return [{ places: first?.places ?? [], loaded }];
  return [
    { places: first.places, loaded: { inputs: first.inputs, errors: loaded.errors } },
    ...others.map(({ places, inputs }) => ({ places, loaded: { inputs, errors: [] } })),
  ];
}
