import { dirname, join, resolve } from 'node:path';
import type { Policy } from '../../policy/policy.ts';
import type { Changes } from '../inputs/changed-files.ts';
import { findSchemaFiles } from './find-schema-files.ts';

/** Whether schemas that a policy names came, went or changed. */
export async function areSchemasChanged(
  { schemas }: Pick<Policy, 'schemas'>,
  changes: Changes,
  workingDirectory: string,
): Promise<boolean> {
  for (const source of schemas) {
    const wildcard = source.path.search(/[*?[{]/);
    if (wildcard === -1) {
      if (changes.touch(resolve(workingDirectory, source.path))) return true;
      continue;
    }
    const files = await findSchemaFiles(source, workingDirectory);
    if (typeof files !== 'string' && files.some(({ path }) => changes.touch(path))) return true;
    // What is gone, no glob finds any more.
    const folder = dirname(join(source.path.slice(0, wildcard), 'x'));
    const gone = changes.goneFrom(resolve(workingDirectory, folder));
    if (gone.some((file) => /\.(?:ya?ml|json)$/i.test(file))) return true;
  }
  return false;
}
