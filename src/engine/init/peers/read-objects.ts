import { emptyPolicy } from '../../../policy/empty-policy.ts';
import type { SourceText } from '../../../text/source.ts';
import { splitDocuments } from '../../../yaml/split-documents.ts';
import { readSection } from '../../documents/read-section.ts';
import { loadInputs } from '../../inputs/load-inputs.ts';
import { renderForLint } from '../../render/render-environments.ts';
import type { ExemptedObject } from './configuration.ts';

interface NamedObject extends ExemptedObject {
  readonly kind: string;
  readonly name: string;
}

/** All objects of a folder: its manifests, and what its charts render in all their environments. */
export async function readObjects(
  folder: string,
  workingDirectory: string,
  now: Date,
): Promise<{ readonly objects: readonly NamedObject[]; readonly failed: readonly string[] }> {
  const { inputs } = await loadInputs({
    inputs: [folder],
    readStdin: () => new Uint8Array(),
    stdinFilename: '<stdin>',
    workingDirectory,
    allowEmpty: true,
    expandGlob: async () => [],
  });
  const sources: SourceText[] = inputs.flatMap((input) => input.sources);
  const failed: string[] = [];
  for (const chart of inputs.flatMap((input) => input.charts)) {
    const policy = emptyPolicy('');
    const rendered = renderForLint(chart, { choice: {}, policy, workingDirectory, now });
    if (rendered.errors.length > 0) failed.push(rendered.name);
    for (const environment of rendered.environments) sources.push(environment.rendered);
  }
  return { objects: sources.flatMap((source) => [...objectsIn(source)]), failed };
}

function* objectsIn(source: SourceText): Generator<NamedObject> {
  for (const range of splitDocuments(source.text)) {
    const text = source.text.slice(range.start, range.end);
    for (const { resources } of readSection(source, range, () => true).documents) {
      for (const { cursor, kind, name } of resources) yield { root: cursor, text, kind, name };
    }
  }
}
