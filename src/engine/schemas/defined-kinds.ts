import type { Resource } from '../../bundle/resource.ts';
import { DefinedKinds } from '../../kube/custom-resources/custom-kinds.ts';
import { readDefinition } from '../../kube/custom-resources/definition.ts';
import type { SourceText } from '../../text/source.ts';
import { parseDocuments } from '../../yaml/parse.ts';

/**
 * The kinds that CustomResourceDefinitions in the input define, and those in the `crds/` of a chart.
 * @param needed the kinds that are asked for: definitions may be large
 */
export function readDefinedKinds(
  needed: ReadonlySet<string>,
  resources: readonly Resource[],
  crds: readonly SourceText[],
): DefinedKinds {
  const inInput = resources.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ cursor }) => cursor.node);
  const inChart = crds
    .filter(({ text }) => [...needed].some((kind) => text.includes(kind)))
    .flatMap((source) => [...parseDocuments(source)].map(({ document }) => document?.root));
  return new DefinedKinds(
    [...inInput, ...inChart].flatMap((root) => (root === undefined ? [] : (readDefinition(root) ?? []))),
  );
}
