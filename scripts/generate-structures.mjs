// Makes src/kube/structures.generated.ts: the fields of every object of the built-in Kubernetes kinds.
// The fields come from the declarations of kubernetes-models, the number formats from its compiled validators, which
// versions of Kubernetes have them and what came after these declarations from api-fields.json, and the rest from the facts below.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const MODELS = path.dirname(require.resolve('kubernetes-models'));
const MACHINERY = path.dirname(createRequire(MODELS).resolve('@kubernetes-models/apimachinery'));

/** Types with a reading of their own, and places that hold any JSON. */
const SPECIAL = new Map([
  ['Quantity', 'quantity'],
  ['IntOrString', 'int-or-string'],
  ['Time', 'time'],
  ['MicroTime', 'micro-time'],
  ['FieldsV1', 'any'],
  ['RawExtension', 'any'],
  ['JSON', 'any'],
  ['JSONSchemaPropsOrArray', 'apiextensions.k8s.io/v1.JSONSchemaProps'],
  ['JSONSchemaPropsOrBool', '?apiextensions.k8s.io/v1.JSONSchemaProps'],
  ['JSONSchemaPropsOrStringArray', 'any'],
]);

/** All types that have no fields, as src/kube/structure.ts reads them. */
const SCALARS = new Set(['string', 'boolean', 'int32', 'int64', 'number', 'bytes', ...SPECIAL.values()]);

/**
 * What the declarations do not have, in the table's notation: fields that they declare inline, and closed sets of values
 * that the API server's validation demands.
 * @type {Record<string, Record<string, string>>}
 */
const ADDED = {
  'apiextensions.k8s.io/v1.CustomResourceSubresources': { status: '{any}' },
  'apiextensions.k8s.io/v1.CustomResourceDefinitionSpec': { scope: 'Cluster|Namespaced!' },
  'apps/v1.StatefulSetSpec': { volumeClaimTemplates: '[v1.PersistentVolumeClaim]' },
  'autoscaling/v2.HPAScalingPolicy': { type: 'Percent|Pods!' },
  'autoscaling/v2.HPAScalingRules': { selectPolicy: 'Disabled|Max|Min' },
  'autoscaling/v2.MetricSpec': { type: 'ContainerResource|External|Object|Pods|Resource!' },
  'autoscaling/v2.MetricTarget': { type: 'AverageValue|Utilization|Value!' },
  'rbac.authorization.k8s.io/v1.RoleRef': { kind: 'ClusterRole|Role!' },
  'rbac.authorization.k8s.io/v1.Subject': { kind: 'Group|ServiceAccount|User!' },
  'v1.Toleration': { operator: 'Equal|Exists|Gt|Lt' },
};

/**
 * Fields that the declarations require but whose absence the API server accepts: it decodes an absent field as zero,
 * false, an empty list or an empty object, and validates or defaults that (pkg/apis/.../validation and defaults.go).
 * Also those of objects that controllers write, where nothing is gained.
 * @type {Record<string, string[]>}
 */
const ACCEPTED_WITHOUT = {
  'apiextensions.k8s.io/v1.CustomResourceDefinitionVersion': ['served', 'storage'],
  'apps/v1.ControllerRevision': ['revision'],
  'authentication.k8s.io/v1.TokenRequest': ['spec'],
  'authentication.k8s.io/v1.TokenRequestSpec': ['audiences'],
  'authentication.k8s.io/v1.TokenReview': ['spec'],
  'authorization.k8s.io/v1.LocalSubjectAccessReview': ['spec'],
  'authorization.k8s.io/v1.SelfSubjectAccessReview': ['spec'],
  'authorization.k8s.io/v1.SelfSubjectRulesReview': ['spec'],
  'authorization.k8s.io/v1.SubjectAccessReview': ['spec'],
  'batch/v1.PodFailurePolicy': ['rules'],
  'batch/v1.PodFailurePolicyOnPodConditionsPattern': ['status'],
  'discovery.k8s.io/v1.EndpointSlice': ['endpoints'],
  'discovery.k8s.io/v1.ForNode': ['name'],
  'discovery.k8s.io/v1.ForZone': ['name'],
  'events.k8s.io/v1.Event': ['eventTime'],
  'events.k8s.io/v1.EventSeries': ['count', 'lastObservedTime'],
  'meta/v1.FieldSelectorRequirement': ['key', 'operator'],
  'networking.k8s.io/v1.NetworkPolicySpec': ['podSelector'],
  'rbac.authorization.k8s.io/v1.RoleRef': ['apiGroup'],
  'scheduling.k8s.io/v1.PriorityClass': ['value'],
  'storage.k8s.io/v1.CSIDriver': ['spec'],
  'storage.k8s.io/v1.CSINode': ['spec'],
  'storage.k8s.io/v1.CSINodeSpec': ['drivers'],
  'storage.k8s.io/v1.TokenRequest': ['audience'],
  'v1.ComponentCondition': ['status', 'type'],
  'v1.ConfigMapNodeConfigSource': ['kubeletConfigKey', 'name', 'namespace'],
  'v1.HTTPHeader': ['value'],
  'v1.ISCSIPersistentVolumeSource': ['lun'],
  'v1.ISCSIVolumeSource': ['lun'],
  'v1.LimitRangeSpec': ['limits'],
  'v1.PreferredSchedulingTerm': ['preference'],
  'v1.ScaleIOPersistentVolumeSource': ['secretRef'],
  'v1.ScaleIOVolumeSource': ['secretRef'],
  'v1.SleepAction': ['seconds'],
  'v1.Sysctl': ['value'],
};

/**
 * Which versions of Kubernetes have a field: `@33` since 1.33, `@-30` up to 1.30, `@35-35` in 1.35 alone; before that
 * its type, where the declarations do not have it. scripts/write-api-fields.mjs makes the file.
 * @type {{ types: Record<string, Record<string, string>> }}
 */
const { types: NEWER } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'api-fields.json'), 'utf8'));

/** @type {Map<string, Map<string, string>>} for each type the fields and theirs, by its name in the table */
const types = new Map();

for (const file of stableKinds()) readType(file);
correct();
/** The text of the generated module. */
export const STRUCTURES = render();

/** The declarations of every kind with metadata in every stable version; beta versions come and go with clusters. */
function stableKinds() {
  return readdirSync(MODELS, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[/\\])v\d+[/\\]\w+\.d\.ts$/.test(file) && !file.endsWith('index.d.ts'))
    .map((file) => path.join(MODELS, file))
    .filter((file) => /^ {4}"metadata"\??: \w+ObjectMeta;$/m.test(declaration(file)) && isKind(file))
    .toSorted();
}

/** @param {string} file */
function isKind(file) {
  return /^export interface I\w+ extends TypeMeta \{$/m.test(readFileSync(file, 'utf8'));
}

/** The body of the one interface in a file, without comments. @param {string} file */
function declaration(file) {
  const body = /^export interface I\w+ (?:extends TypeMeta )?\{\n([^]*?)^\}/m.exec(readFileSync(file, 'utf8'))?.[1];
  if (body === undefined) throw new Error(`${file}: no interface`);
  return body.replace(/ *\/\*\*[^]*?\*\/\n/g, '');
}

/** Adds a type and all that it refers to. Returns its name in the table. @param {string} file @returns {string} */
function readType(file) {
  const special = SPECIAL.get(path.basename(file, '.d.ts'));
  if (special !== undefined) return special;
  const name = nameOf(file);
  if (types.has(name)) return name;
  /** @type {Map<string, string>} */
  const fields = new Map();
  types.set(name, fields);

  const text = readFileSync(file, 'utf8');
  const body = declaration(file)
    .replace(/\{\s*\[key: string\]: ([^;]+);\s*\}/g, 'Map<$1>')
    .replace(/^ {4}"\w+"\?: Array<\{$[^]*?^ {4}\}>;$/gm, '');
  const imports = new Map([...text.matchAll(/^import \{ (I\w+) \} from "([^"]+)";$/gm)].map((m) => [m[1], m[2]]));
  const formats = readFormats(text);

  for (const line of body.split('\n').filter((each) => each.trim() !== '')) {
    const [, field = '', optional, type = ''] = /^\s*"([^"]+)"(\?)?: (.*);$/.exec(line) ?? [];
    if (field === '') throw new Error(`${file}: cannot read ${line}`);
    const isTypeMeta = isKind(file) && ['apiVersion', 'kind'].includes(field);
    fields.set(field, typeOf(type, field) + (optional === undefined && !isTypeMeta ? '!' : ''));
  }
  return name;

  /** @param {string} type @param {string} field @returns {string} */
  function typeOf(type, field) {
    const list = /^Array<(.*)>$/.exec(type)?.[1];
    if (list !== undefined) return `[${typeOf(list, field)}]`;
    const map = /^Map<(.*)>$/.exec(type)?.[1];
    if (map !== undefined) return `{${typeOf(map, field)}}`;
    if (type.startsWith('"')) {
      const values = [...type.matchAll(/"([^"]*)"/g)].map((m) => m[1]);
      return values.length === 1 ? 'string' : values.join('|');
    }
    if (type === 'boolean') return type;
    if (type === 'string' || type === 'number') return formats.get(field) ?? type;
    const from = imports.get(type);
    if (from === undefined && type !== /interface (I\w+)/.exec(text)?.[1]) throw new Error(`${file}: what is ${type}?`);
    // A status is written by controllers; in a dump it may be anything.
    if (field === 'status' && type.endsWith('Status')) return 'any';
    return readType(from === undefined ? file : resolveImport(file, from));
  }
}

/** @param {string} file @param {string} from */
function resolveImport(file, from) {
  if (from.startsWith('.')) return path.join(path.dirname(file), `${from}.d.ts`);
  return path.join(MACHINERY, `${from.replace('@kubernetes-models/apimachinery/', '')}.d.ts`);
}

/** `apps/v1.Deployment`, `v1.Container`, `meta/v1.ObjectMeta`. @param {string} file */
function nameOf(file) {
  const folder = file.startsWith(MODELS + path.sep) ? MODELS : path.join(MACHINERY, 'apis');
  const { dir, base } = path.parse(path.relative(folder, file));
  return `${dir.replaceAll(path.sep, '/')}.${base.replace('.d.ts', '')}`;
}

/**
 * What a declaration does not say of its numbers and strings: `int32`, `int64`, `bytes`.
 * A validator holds one function for each field, which may call others for items and values.
 * @param {string} text the declaration @returns {Map<string, string>}
 */
function readFormats(text) {
  const id = /as (IoK8s\w+) \};/.exec(text)?.[1] ?? /as I(IoK8s\w+)/.exec(text)?.[1];
  const root = text.includes('IoK8sApimachineryPkg') && id?.startsWith('IoK8sApimachinery') ? MACHINERY : MODELS;
  const code = readFileSync(path.join(root, `_schemas/${id}.mjs`), 'utf8');
  const functions = new Map(
    code.split(/(?=function validate\d+\()/).map((each) => [/^function (validate\d+)\(/.exec(each)?.[1] ?? '', each]),
  );
  const formats = new Map();
  for (const [, name, dotted, quoted] of code.matchAll(/(validate\d+)\(data(?:\.(\w+)|\["([^"]+)"\]),/g)) {
    const reached = reachable(name ?? '', functions);
    const format = /format:"(int32|int64|byte)"/.exec(reached)?.[1];
    const isInteger = reached.includes('data%1');
    if (format === 'byte') formats.set(dotted ?? quoted, 'bytes');
    else if (format !== undefined || isInteger) formats.set(dotted ?? quoted, format ?? 'int64');
  }
  // The validator of a type that refers to itself is one function.
  for (const [, name, format] of code.matchAll(
    /"#\/properties\/([\w-]+)\/format",keyword:"format",params:\{format:"(int\d+)"/g,
  )) {
    formats.set(name, format);
  }
  return formats;
}

/** @param {string} name @param {Map<string, string>} functions @returns {string} */
function reachable(name, functions) {
  const code = functions.get(name) ?? '';
  const called = [...code.matchAll(/(validate\d+)\(data\[/g)].map((m) => m[1] ?? '');
  return [code, ...called.map((each) => reachable(each, functions))].join('');
}

/** Applies the facts above. */
function correct() {
  for (const [name, fields] of Object.entries(ADDED)) {
    types.set(name, new Map([...(types.get(name) ?? []), ...Object.entries(fields)]));
  }
  for (const [name, fields] of Object.entries(NEWER)) {
    const known = types.get(name) ?? new Map();
    types.set(name, known);
    for (const [field, fact] of Object.entries(fields)) {
      if (fact.startsWith('@') && !known.has(field)) throw new Error(`${name}.${field} is not declared.`);
      known.set(field, fact.startsWith('@') ? `${known.get(field)}${fact}` : fact);
    }
  }
  for (const [name, fields] of Object.entries(ACCEPTED_WITHOUT)) {
    for (const field of fields) {
      const type = types.get(name)?.get(field);
      if (type === undefined || !type.endsWith('!')) throw new Error(`${name}.${field} is not required any more.`);
      types.get(name)?.set(field, type.slice(0, -1));
    }
  }
}

/** One line for each type: `v1.KeyToPath;key=string!;mode=int32;path=string!`. */
function render() {
  const lines = [...types]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, fields]) => [name, ...[...fields].toSorted().map((field) => field.join('='))].join(';'));
  for (const [name, fields] of types) {
    for (const type of fields.values()) {
      const target = type.replace(/@.*/, '').replace(/[[\]{}!]/g, '');
      if (!target.includes('|') && !SCALARS.has(target) && !types.has(target))
        throw new Error(`${name}: what is ${type}?`);
    }
  }
  const table = lines.join('\n');
  if (/[`\\]|\$\{/.test(table)) throw new Error('The table must not need escapes.');
  return `// Written by scripts/generate-structures.mjs. Do not edit.\nexport default \`${table}\`;\n`;
}
