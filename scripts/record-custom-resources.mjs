// Records what a real API server says about custom resources, into fixtures/verdicts/:
// `node scripts/record-custom-resources.mjs https://127.0.0.1:6443 TOKEN`. The server must be one that may be written to: it keeps
// the CustomResourceDefinitions.
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { load, loadAll } from 'js-yaml';
import { variationsOf } from './vary-object.mjs';

const FOLDER = path.join(import.meta.dirname, '../fixtures/verdicts');
const [server = '', token = ''] = process.argv.slice(2);
if (server === '') throw new Error('Name the address of the API server, and a token.');
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

/**
 * @param {string} method @param {string} target @param {unknown} [body]
 * @returns {Promise<{ code: number, body: any }>}
 */
function ask(method, target, body) {
  const data = body === undefined ? undefined : JSON.stringify(body);
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  return new Promise((resolve, reject) => {
    const request = https.request(`${server}${target}`, { agent, method, headers }, (response) => {
      let text = '';
      response.on('data', (part) => (text += part));
      response.on('end', () => {
        const isJson = text.startsWith('{');
        resolve({ code: response.statusCode ?? 0, body: isJson ? JSON.parse(text) : text });
      });
    });
    request.on('error', reject);
    request.end(data);
  });
}

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** @param {any} definition @returns {Promise<any>} the server's refusal, if it refuses */
async function define(definition) {
  const { name } = definition.metadata;
  await ask('DELETE', `${DEFINITIONS}/${name}`);
  while ((await ask('GET', `${DEFINITIONS}/${name}`)).code !== 404) await pause();
  const { code, body } = await ask('POST', DEFINITIONS, definition);
  if (code >= 300) return body;
  for (const { name: version, served } of definition.spec.versions) {
    if (!served) continue;
    const { group, names } = definition.spec;
    while ((await ask('GET', `/apis/${group}/${version}/${names.plural}`)).code !== 200) await pause();
  }
  return undefined;
}

/** @returns {Promise<void>} */
function pause() {
  return new Promise((resolve) => setTimeout(resolve, 200));
}

/** @param {any} definition @param {any} object */
async function judge({ spec }, object) {
  const version = String(object.apiVersion).split('/')[1];
  const namespace = spec.scope === 'Namespaced' ? '/namespaces/default' : '';
  const target = `/apis/${spec.group}/${version}${namespace}/${spec.names.plural}?dryRun=All&fieldValidation=Strict`;
  const { code, body } = await ask('POST', target, object);
  const causes = body.details?.causes?.map((/** @type {any} */ { reason, field }) => ({ reason, field }));
  return { code, causes, message: code < 300 ? undefined : body.message.slice(0, 200) };
}

await recordResources();
await recordRules();
agent.destroy();

/** Custom resources of the definitions, and variations of them. */
async function recordResources() {
  const lines = [];
  const bases = /** @type {any[]} */ (
    loadAll(readFileSync(path.join(FOLDER, 'custom-resources/objects.yaml'), 'utf8'))
  );
  const definitions = /** @type {any[]} */ (
    loadAll(readFileSync(path.join(FOLDER, 'custom-resources/definitions.yaml'), 'utf8'))
  );
  for (const definition of definitions) {
    const refusal = await define(definition);
    if (refusal !== undefined) throw new Error(refusal.message);
  }
  for (const [base, object] of bases.entries()) {
    const definition = definitions.find(({ spec }) => spec.names.kind === object.kind);
    for (const [variation, each] of [object, ...variationsOf(object)].entries()) {
      lines.push(JSON.stringify({ base, variation, ...(await judge(definition, each)) }));
    }
  }
  writeFileSync(path.join(FOLDER, 'custom-resources/verdicts.jsonl'), `${lines.join('\n')}\n`);
  console.log(`${lines.length} custom resources`);
}

/** Rules in CEL: each is that of a field of its own, so that one object asks one rule. */
async function recordRules() {
  const { schema, values, rules } = /** @type {any} */ (load(readFileSync(path.join(FOLDER, 'cel.yaml'), 'utf8')));
  const recorded = [];
  const SOME = 25;
  for (let start = 0; start < rules.length; start += SOME) {
    const fields = rules.slice(start, start + SOME).map((/** @type {string} */ rule, /** @type {number} */ index) => {
      return [`c${index}`, { ...schema, 'x-kubernetes-validations': [{ rule }] }];
    });
    const refused = new Set();
    let definition = ruleDefinition(fields);
    const refusal = await define(definition);
    if (refusal !== undefined) {
      for (const { field } of refusal.details.causes) refused.add(/properties\[(c\d+)\]/.exec(field)?.[1]);
      definition = ruleDefinition(fields.filter((/** @type {any[]} */ [name]) => !refused.has(name)));
      const again = await define(definition);
      if (again !== undefined) throw new Error(again.message);
    }
    for (const [
      name,
      {
        'x-kubernetes-validations': [{ rule }],
      },
    ] of fields) {
      if (refused.has(name)) {
        console.log(`not understood by the server: ${rule}`);
        continue;
      }
      const codes = [];
      for (const value of values) {
        const object = { apiVersion: 'cel.example.com/v1', kind: 'Rule', metadata: { name: 'x' }, [name]: value };
        codes.push((await judge(definition, object)).code);
      }
      recorded.push({ rule, codes });
    }
  }
  writeFileSync(path.join(FOLDER, 'cel.json'), `[\n${recorded.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`);
  console.log(`${recorded.length} rules`);
}

/** @param {any[]} fields */
function ruleDefinition(fields) {
  const openAPIV3Schema = { type: 'object', properties: Object.fromEntries(fields) };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'rules.cel.example.com' },
    spec: {
      group: 'cel.example.com',
      scope: 'Cluster',
      names: { plural: 'rules', singular: 'rule', kind: 'Rule', listKind: 'RuleList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  };
}
