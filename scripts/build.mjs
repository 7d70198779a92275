// Bundles chartlint and what it needs into dist/: `npm run build`. Start-up is a feature, and one file loads
// several times as fast as the hundreds that the packages consist of.
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { importTypeScript } from './import-typescript.mjs';
import { lightHelp } from './light-help.mjs';
import { findRules } from './rule-sources.mjs';

const ROOT = path.join(import.meta.dirname, '..');
/** Most runs have it. */
const DEFAULT_POLICY = 'recommended';
/** Rules that several policies name are with the first of these, else with the smallest policy: a theme of its own. */
const FIRST_POLICIES = [DEFAULT_POLICY, 'observer'];
/** The folder of each rule, by its id. */
const groupOf = new Map([...findRules(ROOT)].map(([id, file]) => [id, path.posix.dirname(file)]));

/** What the file of the bundler's own functions is called. */
const HELPERS = 'rolldown-runtime';
const REQUIRE_HELPERS = new RegExp(String.raw`require\("\./${HELPERS}-[\w-]+\.cjs"\)`, 'g');
/** How what every run of lint reads asks for the renderer, which only runs with a chart need. */
const RENDERER = 'require_helm';
const REQUIRE_RENDERER = new RegExp(String.raw`^const ${RENDERER} = (require\("[^"\n]+"\));$`, 'm');

/** Reads the renderer when something of it is needed. */
const requireRendererLater = {
  name: 'require-renderer-later',
  /** @param {string} code @param {{ name: string }} chunk */
  renderChunk(code, { name }) {
    if (name !== 'lint') return null;
    const found = REQUIRE_RENDERER.exec(code);
    if (found === null) throw new Error('Nothing of lint imports the renderer: this plugin can go.');
    const uses = code.replace(found[0], '').replaceAll(`${RENDERER}.`, `(${RENDERER}()).`);
    if (/^(?! ).*\bextends require_helm/m.test(uses)) throw new Error('A class of lint extends one of the renderer.');
    return `let helm;\nfunction ${RENDERER}() {\n  return (helm ??= ${found[1]});\n}\n${uses}`;
  },
};

/** How the bundler exports something that may change later, in minified code. */
const EXPORT =
  /(,?)Object\.defineProperty\(exports,[`"']([\w$]+)[`"'],\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g;
/** What `require` gives a module, as `bin/start.cjs` calls it. */
const WRAPPER = ['(function (exports, require, module, __filename, __dirname) {', '\n})'];

/**
 * Makes a file of the command ready to be started: as the function that `bin/start.cjs` calls, since V8 reads one text
 * sooner than it joins three; and with exports that are plain properties, set at once, for nothing that is exported
 * changes.
 * Characters beyond ASCII become escapes, which mean the same in strings and patterns, where alone they stand: V8 keeps
 * and reads a text of one byte a character at half the cost.
 * @param {string} file
 * @param {string} helpers what gives the functions of the bundler: in each file, since one more takes longer to read
 */
function makeStartable(file, helpers) {
  const source = setExportsAtOnce(readFileSync(file, 'utf8')).replace(REQUIRE_HELPERS, () => helpers);
  writeFileSync(file, WRAPPER.join(source).replace(/[^\0-\x7f]/g, escapeUnit));
}

/** @param {readonly string[]} files */
function makeAllStartable(files) {
  const [helperFile = ''] = files.filter((file) => path.basename(file).startsWith(HELPERS));
  const helpers = `(()=>{const exports={};${setExportsAtOnce(readFileSync(helperFile, 'utf8'))};return exports})()`;
  rmSync(helperFile);
  for (const file of files) if (file !== helperFile) makeStartable(file, helpers);
}

/** @param {string} source */
function setExportsAtOnce(source) {
  /** @type {string[]} */
  const exported = [];
  return source
    .replace(EXPORT, (_, comma, name, value) => {
      exported.push(`${name}:${value}`);
      return exported.length === 1 ? `${comma}Object.assign(exports,ALL_EXPORTS)` : '';
    })
    .replace('ALL_EXPORTS', () => `{${exported.join(',')}}`);
}

/** @param {string} unit */
function escapeUnit(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
/** The built-in policy with which a rule is read, by the rule's id. */
const policyOfRule = await findPolicies();
/** @type {Set<string>} */
const packages = new Set();
// The command as CommonJS, which Node starts sooner than ES modules; the library as an ES module.
await build({ main: 'bin/chartlint.ts', worker: 'bin/worker.ts' }, 'cjs', 'cjs');
await build({ index: 'src/index.ts' }, 'esm', 'js');
writeStarts();

/** Writes what starts the command and its threads. Compiled code is kept for one version and digest of all that is loaded. */
function writeStarts() {
  const dist = path.join(ROOT, 'dist');
  copyFileSync(path.join(ROOT, 'bin/keep-code.cjs'), path.join(dist, 'keep-code.cjs'));
  const digest = createHash('sha256');
  for (const name of readdirSync(dist)
    .filter((file) => file.endsWith('.cjs'))
    .toSorted()) {
    digest.update(`${name}\0`).update(readFileSync(path.join(dist, name)));
  }
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const build = `${version}-${digest.digest('hex').slice(0, 32)}`;
  const source = readFileSync(path.join(ROOT, 'bin/start.cjs'), 'utf8');
  for (const [file, entry] of Object.entries({ 'chartlint.cjs': 'main.cjs', 'thread.cjs': 'worker.cjs' })) {
    const text = source
      .replace("ENTRY = 'main.cjs'", `ENTRY = '${entry}'`)
      .replace("BUILD = 'version and digest of all files'", `BUILD = '${build}'`);
    writeFileSync(path.join(dist, file), text);
  }
  chmodSync(path.join(dist, 'chartlint.cjs'), 0o755);
}

async function findPolicies() {
  const { BUILT_IN_POLICIES } = await importTypeScript(path.join(ROOT, 'src/policy/built-in.generated.ts'));
  const named = await Promise.all(
    [...BUILT_IN_POLICIES].map(async ([name, { load }]) => {
      const { principles, disabled } = (await load()).default;
      const checks = [...principles, ...disabled].flatMap(({ checks, removed = [] }) => [...checks, ...removed]);
      return { name, rules: checks.map(({ ruleId }) => ruleId) };
    }),
  );
  const rank = (/** @type {string} */ name) => [...FIRST_POLICIES, name].indexOf(name);
  named.sort((a, b) => rank(a.name) - rank(b.name) || a.rules.length - b.rules.length);
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const { name, rules } of named) for (const id of rules) if (!found.has(id)) found.set(id, name);
  return found;
}

/**
 * The file of a rule and of what reads its options: those of one policy are read together, with the policy, and so are
 * those of one group that no built-in policy names.
 * @param {string} file
 */
function chunkOfRule(file) {
  const [, group, id = ''] = /^rules\/([^/]+)\/([^/]+)\.ts$/.exec(nameOf(file)) ?? [];
  if (group !== undefined) return `rules-${policyOfRule.get(id) ?? group}`;
  const [, policy] = /^src\/policy\/built-in\/(.+)\.generated\.ts$/.exec(nameOf(file)) ?? [];
  if (policy !== undefined) return `rules-${policy}`;
  const [, ruleId] = /^src\/policy\/options\/(.+)\.generated\.js$/.exec(nameOf(file)) ?? [];
  return ruleId === undefined ? null : `options-${policyOfRule.get(ruleId) ?? groupOf.get(ruleId)}`;
}

/** @param {string} file relative to the repository, with `/` */
function nameOf(file) {
  return path.relative(ROOT, file).replaceAll('\\', '/');
}

/** @param {string} file */
function isPartOfLint(file) {
  const name = nameOf(file);
  return (
    (/^src\/(?:engine|bundle|yaml|text|files|memory|kube)\//.test(name) &&
      !isOfSomeRuns(file) &&
      !/^src\/kube\/validation\/(?!(?:field|issue|kinds|may-hold-expressions|validate|versions)\.ts$)/.test(name)) ||
    chunkOfRule(file) === `rules-${DEFAULT_POLICY}` ||
    /^src\/(?:rule\/load-rules|cli\/(?:lint|reports|progress|worker-pool)|policy\/(?:built-in\.generated|compiled|find|ignore|policy-error)|report\/pretty)\.ts$/.test(
      name,
    ) ||
    /^src\/report\/(?:(?:count|paint|principle-table|wrap)\.ts$|redact\/)/.test(name)
  );
}

/**
 * What only some runs need. A group takes what its files import with it, so none of these may be in that of all runs.
 * @param {string} file
 */
function isOfSomeRuns(file) {
  return (
    isPartOfRendering(file) ||
    /[\\/]engine[\\/](?:trace|init|schemas|dependencies|inputs[\\/](?:git-|keep-changed|changed-files))/.test(file) ||
    // Rules in CEL are those of custom resources, and these need regular expressions of their own.
    /[\\/]kube[\\/](?:cel[\\/]|custom-resources[\\/])/.test(file)
  );
}

/** What rules import, but for what is loaded on its own. @param {string} file */
function isPartOfModel(file) {
  const name = nameOf(file);
  return (
    /^src\/(?:bundle|kube|rule|text|yaml)\//.test(name) &&
    !/structures\.generated|api-kinds\.generated|compile-options|kube\/(?:cel|custom-resources|validation)\//.test(name)
  );
}

/** What every policy file needs, whatever it names. @param {string} file */
function isPartOfPolicyFiles(file) {
  return (
    /^src\/policy\/(?:load|built-in-texts\.generated|built-in-texts\/recommended\.generated|[\w-]*validat[\w-]*\.generated)\.[jt]s$/.test(
      nameOf(file),
    ) || chunkOfRule(file) === `options-${DEFAULT_POLICY}`
  );
}

/**
 * What validates the kinds that most charts have is one file; that of each other kind is loaded with the kind.
 * @param {string} file
 */
function isOftenValidated(file) {
  const name = nameOf(file);
  const rare =
    /\/(?:admission-policy|api-service|cluster-network|coordination|crd[-\w]*|device-expressions|endpoints|expression[-\w]*|flow-control|mutating-policy|persistent-volume|policy-expressions|quota|scheduling|schema-(?:rules|type)|storage|webhook)\.ts$/;
  return name.startsWith('src/kube/validation/') && !rare.test(name);
}

/** @param {string} file */
function isPartOfRendering(file) {
  return /^src\/(?:helm|re2)\/|^src\/engine\/render\//.test(nameOf(file));
}

/** Not what tells a rendered text from any other. @param {string} file */
function isReadWithCharts(file) {
  return (
    isPartOfRendering(file) &&
    !/^src\/helm\/(?:provenance\/(?!source-map)|(?:chart|value)\/[\w-]+-error\.ts)/.test(nameOf(file))
  );
}

/** @param {Record<string, string>} input @param {'cjs' | 'esm'} format @param {string} extension */
async function build(input, format, extension) {
  const bundle = await rolldown({
    cwd: ROOT,
    input,
    platform: 'node',
    ...(format === 'cjs' && { preserveEntrySignatures: 'allow-extension' }),
    plugins: format === 'cjs' ? [lightHelp, requireRendererLater] : [lightHelp],
    // yargs asks import.meta for configuration files that extend packages, which nobody can ask for here.
    onLog: (level, log, report) => void (log.code === 'EMPTY_IMPORT_META' || report(level, log)),
  });
  const { output } = await bundle.write({
    dir: path.join(ROOT, 'dist'),
    format,
    // Names are kept, so that a stack trace says something.
    minify: { compress: true, mangle: { keepNames: true }, codegen: true },
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `[name]-[hash].${extension}`,
    // What every run of lint needs is one file: each further one takes a millisecond to find and read.
    ...(format === 'cjs' && {
      codeSplitting: {
        groups: [
          { name: 'lint', test: isPartOfLint, priority: 1 },
          // Read by what is in `lint` when it is needed, and so without what it imports: much of that is in `lint`.
          { name: 'helm', test: isReadWithCharts, priority: 3, includeDependenciesRecursively: false },
          // Schemas of custom resources need these without a chart.
          { name: 're2', test: /[\\/]src[\\/]re2[\\/]/, priority: 4 },
          { name: 'validation', test: isOftenValidated },
          { name: 'policy-file', test: isPartOfPolicyFiles },
          { name: chunkOfRule, debugName: 'rules' },
        ],
      },
    }),
    ...(format === 'esm' && {
      codeSplitting: {
        groups: [
          { name: 'model', test: isPartOfModel, priority: 1 },
          { name: chunkOfRule, debugName: 'rules' },
        ],
      },
    }),
  });
  await bundle.close();
  if (format === 'cjs') makeAllStartable(output.map(({ fileName }) => path.join(ROOT, 'dist', fileName)));
  for (const chunk of output) {
    if (
      chunk.name === 'lint' &&
      chunk.type === 'chunk' &&
      chunk.moduleIds.some((id) => id.endsWith('/helm/render.ts'))
    ) {
      throw new Error('Something that every run loads imports the renderer: name it in isOfSomeRuns.');
    }
    for (const file of chunk.type === 'chunk' ? chunk.moduleIds : []) {
      const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
      if (folder !== undefined) packages.add(folder);
    }
  }
}

// Licences of what went into the bundle.
const notices = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const text = ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt'].map((file) => readIfThere(path.join(folder, file)));
  return `${name} ${version} (${license})\n\n${text.find((found) => found !== '') ?? ''}`;
});
writeFileSync(path.join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8').trim() + '\n';
  } catch {
    return '';
  }
}
