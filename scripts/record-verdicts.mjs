// Records what a real API server says of changed copies of objects: node scripts/record-verdicts.mjs SERVER TOKEN [VERSION] [COUNT]
// The server needs no cluster: one that was built from Kubernetes' Go module and runs beside etcd will do. It is asked with
// dry runs and strict field validation. Writes fixtures/verdicts/cases.jsonl, which the tests compare chartlint with: the
// changes in features.jsonl, and as many random ones. An older server is asked of the same changes, and
// cases-1.30.jsonl has those that it judges otherwise.
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';

const NEWEST = '1.35';
const FOLDER = path.join(import.meta.dirname, '../fixtures/verdicts');
const [server = '', token = '', version = NEWEST, count = '2000'] = process.argv.slice(2);
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
/** @type {any[]} */
const objects = JSON.parse(readFileSync(path.join(FOLDER, 'objects.json'), 'utf8'));
const types = readTypes();

/** What depends on the cluster, or on admission that needs one, and not on the object alone. */
const NOT_OF_THE_OBJECT = /disallowed by cluster policy|not configured|serviceAccountName is not set/;

const TEXTS = [
  ...['', 'a', 'web', 'Bad_Name', 'a b', '-a', 'a.b.c', '/a/b', '../a', 'a/b', 'x'.repeat(64), '1Gi', '-1', '0', '25%'],
  ...[
    '150%',
    'http',
    'None',
    'Always',
    'Never',
    '10.0.0.1',
    '10.0.0.0/8',
    '::1',
    '*',
    '*.example.com',
    'example.com/x',
  ],
  ...[
    'v1',
    'apps/v1',
    'Exists',
    'Localhost',
    'metadata.name',
    '*/5 * * * *',
    '@daily',
    'Europe/Berlin',
    'TCP',
    '.spec.x',
  ],
];
const NUMBERS = [-1, 0, 1, 2, 30, 80, 600, 65_536, 100_000];
const KEYS = ['a', 'cpu', 'memory', 'storage', 'example.com/x', 'bad key', 'pods', 'hugepages-2Mi'];

let state = 1;
/** The same numbers in each run. */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** @template T @param {readonly T[]} list @returns {any} */
function pick(list) {
  return list[Math.floor(random() * list.length)];
}

/** The fields of each type, from the table of structures. */
function readTypes() {
  const table = readFileSync(path.join(import.meta.dirname, '../src/kube/structures.generated.ts'), 'utf8');
  return new Map(
    (table.split('`')[1] ?? '').split('\n').map((line) => {
      const [name = '', ...fields] = line.split(';');
      return [
        name,
        new Map(fields.map((field) => /** @type {[string, string]} */ (field.replace(/@.*|!/g, '').split(/=(.*)/)))),
      ];
    }),
  );
}

/** Some value of a type, right or wrong. @param {string | undefined} type @param {number} depth @returns {any} */
function valueOf(type, depth = 0) {
  if (type === undefined || type === 'any') return pick([{}, 'x', 1, true]);
  if (type.startsWith('[')) return pick([[], [valueOf(type.slice(1, -1), depth + 1)]]);
  if (type.startsWith('{')) return pick([{}, { [pick(KEYS)]: valueOf(type.slice(1, -1), depth + 1) }]);
  if (type.includes('|')) return pick([...type.split('|'), 'Nope', '']);
  if (type === 'boolean') return random() < 0.5;
  if (type === 'int32' || type === 'int64' || type === 'number') return pick(NUMBERS);
  if (type === 'int-or-string') return pick([...NUMBERS, ...TEXTS.slice(0, 16)]);
  if (type === 'quantity') return pick(['1', '0', '-1', '100m', '1Gi', '1.5', 3]);
  if (type === 'bytes') return pick(['', 'YQ==', 'e30=']);
  const fields = types.get(type.replace(/^\?/, ''));
  if (fields === undefined) return pick(TEXTS);
  const chosen = [...fields].filter(() => random() < (depth > 3 ? 0.05 : 0.35));
  return Object.fromEntries(chosen.map(([name, each]) => [name, valueOf(each, depth + 1)]));
}

/** All places of an object, with their types. @param {any} node @param {string | undefined} type @param {any[]} at @returns {[any[], string | undefined][]} */
function placesOf(node, type, at = []) {
  if (typeof node !== 'object' || node === null) return [[at, type]];
  const inner = /^[[{]/.test(type ?? '') ? type?.slice(1, -1) : undefined;
  const below = Object.entries(node).filter(
    ([key]) => at.length > 0 || !['status', 'kind', 'apiVersion'].includes(key),
  );
  return [
    [at, type],
    ...below.flatMap(([key, value]) => {
      const step = Array.isArray(node) ? Number(key) : key;
      return placesOf(value, inner ?? types.get(type ?? '')?.get(key), [...at, step]);
    }),
  ];
}

/** A change of an object: what stands at a path is set, or deleted where there is no value. @param {any} object */
function changeOf(object) {
  const [at, type] = pick(placesOf(object, `${object.apiVersion}.${object.kind}`));
  const fields = [...(types.get(type ?? '')?.keys() ?? [])].filter(
    (name) => at.length > 0 || !['status', 'kind', 'apiVersion'].includes(name),
  );
  if (fields.length > 0 && random() < 0.5) {
    const name = pick(fields);
    return { path: [...at, name], value: valueOf(types.get(type ?? '')?.get(name)) };
  }
  if (at.length === 0) return undefined;
  return random() < 0.25 ? { path: at } : { path: at, value: valueOf(type) };
}

/** @param {any} object @param {{ path: any[], value?: any }} change */
function apply(object, { path: at, value }) {
  const copy = structuredClone(object);
  const parent = at.slice(0, -1).reduce((each, step) => each[step], copy);
  if (value !== undefined) parent[at.at(-1)] = value;
  else if (Array.isArray(parent)) parent.splice(at.at(-1), 1);
  else delete parent[at.at(-1)];
  return copy;
}

/** @param {string} method @param {string} url @param {unknown} [body] @returns {Promise<[number, any]>} */
function call(method, url, body) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const request = https.request(server + url, { method, agent, headers }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve([answer.statusCode ?? 0, text.startsWith('{') ? JSON.parse(text) : {}]));
    });
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The answer to an object; 404 for a kind that the server does not have. @param {any} object @returns {Promise<[number, any]>} */
async function judge(object) {
  const root = `${object.apiVersion.includes('/') ? '/apis/' : '/api/'}${object.apiVersion}`;
  const [, { resources = [] }] = await call('GET', root);
  const resource = resources.find((/** @type {any} */ each) => each.kind === object.kind && !each.name.includes('/'));
  if (resource === undefined) return [404, {}];
  const namespace = resource.namespaced ? '/namespaces/default' : '';
  return call('POST', `${root}${namespace}/${resource.name}?dryRun=All&fieldValidation=Strict`, object);
}

/**
 * What the server says of a change; undefined where that does not depend on the object alone.
 * @param {{ object: number, path: any[], value?: any }} change
 */
async function record(change) {
  // Some objects end the server, so that the connection ends.
  const [code, { message = '', details }] = await judge(apply(objects[change.object], change)).catch(
    () => /** @type {[number, any]} */ ([500, {}]),
  );
  if (code === 409 || code >= 500 || NOT_OF_THE_OBJECT.test(message)) return undefined;
  const causes = details?.causes?.map((/** @type {any} */ { reason, field }) => ({ reason, field }));
  return { code, ...(code === 422 && { causes }) };
}

/** @param {string} file @returns {any[]} */
function readLines(file) {
  return readFileSync(path.join(FOLDER, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** @param {string} file @param {Iterable<unknown>} lines */
function writeLines(file, lines) {
  writeFileSync(path.join(FOLDER, file), `${[...lines].map((line) => JSON.stringify(line)).join('\n')}\n`);
}

/** What the newest version says. */
async function recordCases() {
  const cases = new Map();
  for (const change of readLines('features.jsonl')) {
    const answer = await record(change);
    if (answer !== undefined) cases.set(JSON.stringify(change), { ...change, ...answer });
  }
  while (cases.size < Number(count)) {
    const object = Math.floor(random() * objects.length);
    const change = changeOf(objects[object]);
    if (change === undefined || change.path.includes('namespace') || JSON.stringify(change).length > 400) continue;
    const answer = await record({ object, ...change });
    if (answer !== undefined) cases.set(JSON.stringify({ object, ...change }), { object, ...change, ...answer });
  }
  writeLines('cases.jsonl', cases.values());
}

/** What an older version says otherwise. @param {string} version */
async function recordDifferences(version) {
  const differences = [];
  for (const [index, each] of readLines('cases.jsonl').entries()) {
    const answer = await record(each);
    if (answer !== undefined && answer.code >= 300 !== each.code >= 300) differences.push({ case: index, ...answer });
  }
  writeLines(`cases-${version}.jsonl`, differences);
}

if (version === NEWEST) await recordCases();
else await recordDifferences(version);
agent.destroy();
