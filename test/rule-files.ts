import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Where each built-in rule is, `<group>/<id>`, by its id, in the order of the ids. */
export const RULE_PATHS: ReadonlyMap<string, string> = new Map(
  readdirSync(join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replaceAll('\\', '/').replace(/\.ts$/, ''))
    .map((path): [string, string] => [path.slice(path.indexOf('/') + 1), path])
    .toSorted(([a], [b]) => (a < b ? -1 : 1)),
);

/** The folder of a rule's fixtures, relative to the repository. */
export function fixturesFolderOf(ruleId: string): string {
  return `fixtures/rules/${RULE_PATHS.get(ruleId) ?? ruleId}`;
}
