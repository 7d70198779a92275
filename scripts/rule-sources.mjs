import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the author of a rule is told: one line each. */
export class RuleProblems extends Error {
  /** @param {readonly string[]} lines */
  constructor(lines) {
    super(lines.join('\n'));
  }
}

/**
 * Where each rule is, `<group>/<id>`, by its id, in the order of the ids.
 * @param {string} root
 * @returns {Map<string, string>}
 * @throws {RuleProblems} when a file is not where a rule belongs, or has no fixtures
 */
export function findRules(root) {
  const files = readdirSync(path.join(root, 'rules'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replaceAll('\\', '/').slice(0, -'.ts'.length));
  /** @type {Map<string, string>} */
  const found = new Map();
  const problems = files.sort().flatMap((file) => {
    const id = path.posix.basename(file);
    const other = found.get(id);
    found.set(id, file);
    return problemOf(root, file, other) ?? [];
  });
  if (problems.length > 0) throw new RuleProblems(problems);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {string} root @param {string} file @param {string | undefined} other a rule with the same id */
function problemOf(root, file, other) {
  const id = path.posix.basename(file);
  if (file.split('/').length !== 2) return `rules/${file}.ts is not in a group. Move it to rules/<group>/${id}.ts.`;
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
    return `rules/${file}.ts: the id of a rule is its file's name, such as probe-required. Rename the file.`;
  }
  if (other !== undefined) return `rules/${file}.ts has the id of rules/${other}.ts. Rename one of them.`;
  const missing = ['fail', 'pass'].filter((kind) => !hasFixture(path.join(root, 'fixtures/rules', file), kind));
  if (missing.length === 0) return undefined;
  const wanted = missing.map((kind) => `fixtures/rules/${file}/${kind}.yaml`).join(' and ');
  return `rules/${file}.ts has no ${missing.length === 2 ? 'fixtures' : `fixture ${missing[0]}.yaml`}. Write ${wanted}, or a chart in a folder ${missing.join('/ and ')}/.`;
}

/** @param {string} folder @param {string} kind `fail` or `pass` */
function hasFixture(folder, kind) {
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(kind));
}

/**
 * The fixtures of a rule: manifests, or all files of a chart under their names.
 * @param {string} root
 * @param {string} file `<group>/<id>`
 */
export function readFixtures(root, file) {
  const folder = path.join(root, 'fixtures/rules', file);
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readExample(path.join(folder, name)) }));
}

/** @param {string} fixture */
function readExample(fixture) {
  if (statSync(fixture).isFile()) return readFileSync(fixture, 'utf8');
  return readdirSync(fixture, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((name) => statSync(path.join(fixture, name)).isFile())
    .map((name) => `# ${name.replaceAll('\\', '/')}\n${readFileSync(path.join(fixture, name), 'utf8').trim()}\n`)
    .join('\n');
}
