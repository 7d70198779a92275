import { findPolicyFile } from '../../policy/find.ts';
import { folderOf, type PolicyChoice } from '../policy/choose-policy.ts';
import type { LoadedInputs } from './load-inputs.ts';

/** Inputs that share a policy. */
export interface PolicyGroup {
  /** Where the policy file is looked for. */
  readonly places: readonly string[];
  readonly loaded: LoadedInputs;
}

/**
 * Divides inputs by the policy file that each belongs to, in the order in which they are met. Each chart in a folder has
 * its own; the manifests in it, which may refer to each other, have the one that is in the folder or above.
 */
export function groupByPolicy(
  loaded: LoadedInputs,
  choice: PolicyChoice,
  workingDirectory: string,
): [PolicyGroup, ...PolicyGroup[]] {
  const parts = loaded.inputs.flatMap((input) => {
    const { name, sources, charts } = input;
    const manifests =
      sources.length > 0 || charts.length === 0 ? [{ place: name, input: { ...input, charts: [] } }] : [];
    return [...manifests, ...charts.map((chart) => ({ place: chart, input: { name, sources: [], charts: [chart] } }))];
  });
  const groups = new Map<string | undefined, { places: string[]; inputs: (typeof loaded.inputs)[number][] }>();
  const isOne = choice.config !== undefined || choice.policy !== undefined;
  for (const { place, input } of parts) {
    const isEmpty = input.sources.length + input.charts.length === 0;
    // What could not be read decides on a policy only when there is nothing else.
    if (isEmpty && parts.some(({ input: { sources, charts } }) => sources.length + charts.length > 0)) continue;
    const file = isOne ? undefined : findPolicyFile(folderOf(place, workingDirectory));
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
