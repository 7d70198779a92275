// Makes scripts/api-fields.json: the fields of built-in kinds that not every version of Kubernetes has, and the types
// that the declarations of kubernetes-models do not have.
//
//     node scripts/write-api-fields.mjs "$(go env GOMODCACHE)/k8s.io" v1.30.14 v1.31.14 v1.32.13 v1.33.6 v1.34.2 v1.35.0 v1.36.3 v1.37.2
//
// Source: api/openapi-spec/swagger.json of each version of the Go module k8s.io/kubernetes. Give every minor version from
// the oldest one that chartlint knows on; those after the newest known one add fields, so that these are not taken for typos.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The version of which kubernetes-models has the declarations. */
const DECLARED = 33;
/** The newest version whose kinds are known. */
const NEWEST = 35;

/** Types with a reading of their own, and places that hold any JSON. @type {Record<string, string>} */
const SPECIAL = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'int-or-string',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'micro-time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'any',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'any',
};

const [modules = '', ...versions] = process.argv.slice(2);
const minors = versions.map((version) => Number(version.split('.')[1]));
if (!minors.includes(DECLARED) || !minors.includes(NEWEST)) {
  throw new Error('Usage: write-api-fields.mjs FOLDER VERSION.., with every minor version of Kubernetes');
}
/** @type {Map<number, Record<string, any>>} the definitions of each minor version */
const definitions = new Map(
  versions.map((version, index) => {
    const file = path.join(modules, `kubernetes@${version}/api/openapi-spec/swagger.json`);
    return [minors[index] ?? 0, JSON.parse(readFileSync(file, 'utf8')).definitions];
  }),
);
const groups = readGroups();

/** @type {Map<string, Record<string, string>>} */
const table = new Map();
const seen = new Set();
for (const id of stableKinds()) readType(id);
const types = Object.fromEntries([...table].toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(
  path.join(import.meta.dirname, 'api-fields.json'),
  `${JSON.stringify({ from: versions.map((version) => `k8s.io/kubernetes ${version}`), types }, null, 2)}\n`,
);

/** The API version of each Go package, such as `apps/v1` of `io.k8s.api.apps.v1`. */
function readGroups() {
  const found = new Map([
    ['io.k8s.api.core.v1', 'v1'],
    ['io.k8s.apimachinery.pkg.apis.meta.v1', 'meta/v1'],
  ]);
  for (const each of definitions.values()) {
    for (const [id, definition] of Object.entries(each)) {
      for (const { group, version } of definition['x-kubernetes-group-version-kind'] ?? []) {
        if (group !== '' && !id.includes('apimachinery')) found.set(packageOf(id), `${group}/${version}`);
      }
    }
  }
  return found;
}

/** @param {string} id */
function packageOf(id) {
  return id.slice(0, id.lastIndexOf('.'));
}

/** @param {string} id */
function nameOf(id) {
  return `${groups.get(packageOf(id)) ?? packageOf(id)}.${id.slice(id.lastIndexOf('.') + 1)}`;
}

/** The definitions of kinds of stable versions, in any known version of Kubernetes. */
function stableKinds() {
  const ids = new Set();
  for (const [minor, each] of definitions) {
    if (minor > NEWEST) continue;
    for (const [id, definition] of Object.entries(each)) {
      const isKind = definition['x-kubernetes-group-version-kind'] !== undefined;
      const metadata = definition.properties?.metadata?.$ref ?? '';
      if (isKind && metadata.endsWith('.ObjectMeta') && /\.v\d+\.\w+$/.test(id)) ids.add(id);
    }
  }
  return ids;
}

/** Notes the fields of a type and of all that it refers to, as far as they are news. @param {string} id @returns {string} its name */
function readType(id) {
  const name = nameOf(id);
  if (seen.has(id)) return name;
  seen.add(id);
  const present = minors.filter((minor) => definitions.get(minor)?.[id] !== undefined);
  const first = Math.min(...present);
  const last = Math.max(...present);
  /** @type {Map<string, number[]>} */
  const fields = new Map();
  for (const minor of present) {
    for (const field of Object.keys(definitions.get(minor)?.[id].properties ?? {})) {
      fields.set(field, [...(fields.get(field) ?? []), minor]);
    }
  }
  /** @type {[string, string][]} */
  const news = [];
  for (const [field, since] of [...fields].toSorted()) {
    const from = Math.min(...since);
    const to = Math.max(...since);
    const range = `${from > first ? from : ''}${to < last ? `-${to}` : ''}`;
    const type = typeOf(definitions.get(to)?.[id].properties[field], field);
    const isDeclared = since.includes(DECLARED);
    if (range === '' && isDeclared) continue;
    news.push([field, `${isDeclared ? '' : type}${range === '' ? '' : `@${range}`}`]);
  }
  if (news.length > 0 || !present.includes(DECLARED)) table.set(name, Object.fromEntries(news));
  return name;
}

/** @param {any} schema @param {string} field @returns {string} */
function typeOf(schema, field) {
  if (schema.$ref !== undefined) {
    const id = schema.$ref.replace('#/definitions/', '');
    if (SPECIAL[id] !== undefined) return SPECIAL[id];
    // A status is written by controllers; in a dump it may be anything.
    if (field === 'status' && id.endsWith('Status')) return 'any';
    return readType(id);
  }
  switch (schema.type) {
    case 'array':
      return `[${typeOf(schema.items, '')}]`;
    case 'object':
      return schema.additionalProperties === undefined ? 'any' : `{${typeOf(schema.additionalProperties, '')}}`;
    case 'string':
      return schema.format === 'byte' ? 'bytes' : 'string';
    case 'integer':
      return schema.format ?? 'int64';
    case 'number':
    case 'boolean':
      return schema.type;
    default:
      return 'any';
  }
}
