// Makes src/kube/api-kinds.generated.ts: every kind of Kubernetes' own API, since when it is served, deprecated and
// removed, what replaces it, and whether its objects are in a namespace.
//
//     node scripts/write-api-kinds.mjs "$(go env GOMODCACHE)/k8s.io"
//
// Sources, in the Go modules that the folder holds (download some of each minor version first, `go mod download`):
//  - api/openapi-spec/swagger.json of every k8s.io/kubernetes: which kinds each version serves, and their scope;
//  - zz_generated.prerelease-lifecycle.go of every k8s.io/api, k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator
//    (the newest that has a kind counts): when a kind came, is deprecated, is not served any more, and what replaces it;
//  - types.go of the newest k8s.io/api: stable kinds that are "deprecated in v1.33+".
// What none of them says is in REPLACED and GONE.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What to use instead, where the kind has another name.
 * Sources: CHANGELOG-1.31 of Kubernetes; the comment of Endpoints in core/v1/types.go.
 * @type {Record<string, string>}
 */
const REPLACED = {
  'resource.k8s.io/v1alpha1 ResourceClass': 'resource.k8s.io/v1 DeviceClass',
  'resource.k8s.io/v1alpha2 ResourceClass': 'resource.k8s.io/v1 DeviceClass',
  'v1 Endpoints': 'discovery.k8s.io/v1 EndpointSlice',
};

/** Kinds that were gone before 1.8, since when the OpenAPI documents say the kind of a path. Sources: CHANGELOG-1.5 and -1.8. */
const GONE = {
  'apps/v1alpha1 PetSet': '3,,5,apps/v1 StatefulSet',
  'autoscaling/v2alpha1 HorizontalPodAutoscaler': '5,,8',
  'batch/v2alpha1 ScheduledJob': '4,5,8,batch/v1 CronJob',
  'extensions/v1beta1 ThirdPartyResource': '1,7,8,apiextensions.k8s.io/v1 CustomResourceDefinition',
};

const [modules = ''] = process.argv.slice(2);
if (modules === '') throw new Error('Usage: write-api-kinds.mjs FOLDER');

/** @type {Map<number, Map<string, boolean>>} the kinds of each minor version, and whether they are in a namespace */
const served = new Map(
  folders('kubernetes').map(([minor, folder]) => [
    minor,
    readPaths(path.join(folder, 'api/openapi-spec/swagger.json')),
  ]),
);
for (const [minor, kinds] of served) if (kinds.size === 0) served.delete(minor);
const minors = [...served.keys()].toSorted((a, b) => a - b);
const [oldest = 0] = minors;

/** @type {Map<string, (string | undefined)[]>} introduced, deprecated, removed, replacement */
const lifecycles = new Map();
for (const module of ['api', 'apiextensions-apiserver/pkg/apis', 'kube-aggregator/pkg/apis']) {
  const [name = '', ...inside] = module.split('/');
  for (const [, folder] of folders(name)) {
    for (const group of foldersIn(path.join(folder, ...inside))) foldersIn(group).forEach(readLifecycles);
  }
}
const deprecated = readDeprecated();

/** @type {Map<string, string[]>} */
const lines = new Map();
for (const kind of [...new Set([...served.values()].flatMap((kinds) => [...kinds.keys()]))])
  addLine(kind, factsOf(kind));
for (const [kind, facts] of Object.entries(GONE)) addLine(kind, facts);
const table = [...lines].toSorted(([a], [b]) => (a < b ? -1 : 1));
const text = table.map(([apiVersion, kinds]) => [apiVersion, ...kinds.toSorted()].join(';')).join('\n');
const source = `the OpenAPI documents and lifecycles of Kubernetes 1.${oldest} to 1.${minors.at(-1)}`;
writeFileSync(
  path.join(import.meta.dirname, '../src/kube/api-kinds.generated.ts'),
  `// Written by scripts/write-api-kinds.mjs from ${source}. Do not edit.\nexport default \`${text}\`;\n`,
);

/** The folders of a module, those of its newest minor version last. @param {string} module @returns {[number, string][]} */
function folders(module) {
  return readdirSync(modules)
    .flatMap((name) => {
      const [, patch] = /^[\w-]+@v\d\.(\d+\.\d+)$/.exec(name) ?? [];
      return name.startsWith(`${module}@`) && patch !== undefined ? [{ patch, folder: path.join(modules, name) }] : [];
    })
    .toSorted((a, b) => a.patch.localeCompare(b.patch, 'en', { numeric: true }))
    .map(({ patch, folder }) => [Number(patch.split('.')[0]), folder]);
}

/** @param {string} folder */
function foldersIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? path.join(folder, entry.name) : []));
}

/** The kinds that have a path of their own, as `apps/v1 Deployment`: others are only parts of one. @param {string} file */
function readPaths(file) {
  const kinds = new Map();
  for (const [url, operations] of Object.entries(JSON.parse(readFileSync(file, 'utf8')).paths)) {
    const [, apiVersion, namespaced] =
      /^\/(?:api|apis)\/((?:[^/]+\/)?[^/]+)\/(namespaces\/\{namespace\}\/)?[a-z]+$/.exec(url) ?? [];
    const kind = (operations.post ?? operations.get)?.['x-kubernetes-group-version-kind']?.kind;
    if (apiVersion === undefined || kind === undefined || url.includes('/watch/')) continue;
    const key = `${apiVersion} ${kind}`;
    kinds.set(key, namespaced !== undefined || kinds.get(key) === true);
  }
  return kinds;
}

/** @param {string} folder of one version of a group */
function readLifecycles(folder) {
  const file = path.join(folder, 'zz_generated.prerelease-lifecycle.go');
  if (!existsSync(file)) return;
  const group = /GroupName = "([^"]*)"/.exec(readFileSync(path.join(folder, 'register.go'), 'utf8'))?.[1] ?? '';
  const apiVersion = group === '' ? path.basename(folder) : `${group}/${path.basename(folder)}`;
  const methods = readFileSync(file, 'utf8');
  for (const [, kind = ''] of methods.matchAll(/\(in \*(\w+)\) APILifecycleIntroduced\(\)/g)) {
    const numbers = ['Introduced', 'Deprecated', 'Removed'].map(
      (what) =>
        new RegExp(String.raw`\(in \*${kind}\) APILifecycle${what}\(\)[^{]*\{\s*return 1, (\d+)`).exec(methods)?.[1],
    );
    const [, toGroup, toVersion, toKind] =
      new RegExp(
        String.raw`\(in \*${kind}\) APILifecycleReplacement\(\)[^{]*\{\s*return schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"`,
      ).exec(methods) ?? [];
    // One tag names the list of the kind that it means.
    const other = toKind === kind || toKind === `${kind}List` ? '' : ` ${toKind}`;
    const replacement =
      toVersion === undefined ? undefined : `${toGroup === '' ? '' : `${toGroup}/`}${toVersion}${other}`;
    lifecycles.set(`${apiVersion} ${kind}`, [...numbers, replacement]);
  }
}

/** Stable kinds that are deprecated and stay: since which minor version. @returns {Map<string, string>} */
function readDeprecated() {
  const [, newest = ''] = folders('api').at(-1) ?? [];
  const found = new Map();
  for (const group of foldersIn(newest)) {
    const types = path.join(group, 'v1/types.go');
    if (!existsSync(types)) continue;
    const name = path.basename(group) === 'core' ? 'v1' : undefined;
    for (const [, comment = '', kind = ''] of readFileSync(types, 'utf8').matchAll(
      /((?:^\/\/.*\n)+)type (\w+) struct/gm,
    )) {
      const since = /Deprecated: This API is deprecated in v1\.(\d+)\+/.exec(comment)?.[1];
      if (since === undefined) continue;
      if (name === undefined) throw new Error(`${types}: which group has ${kind}?`);
      found.set(`${name} ${kind}`, since);
    }
  }
  return found;
}

/** @param {string} kind as `apps/v1 Deployment` */
function factsOf(kind) {
  const present = minors.filter((minor) => served.get(minor)?.has(kind));
  const first = present[0] ?? 0;
  const gone = minors.find((minor) => minor > (present.at(-1) ?? 0));
  const [introduced, since, removed, replacement] = lifecycles.get(kind) ?? [];
  const came = Math.min(Number(introduced ?? (first === oldest ? 0 : first)), first);
  // Versions that are not stable may be gone before their time; for a while after it, a flag may bring others back.
  const ends = gone === undefined ? Number(removed ?? Number.NaN) : Math.min(Number(removed ?? gone), gone);
  const wanes = Number(deprecated.get(kind) ?? since ?? Number.NaN);
  const facts = [came, wanes >= ends ? Number.NaN : wanes, ends].map((each) => (Number.isNaN(each) ? '' : each));
  return [...facts, REPLACED[kind] ?? replacement ?? ''].join(',').replace(/,+$/, '');
}

/** @param {string} kind @param {string} facts */
function addLine(kind, facts) {
  const [apiVersion = '', name] = kind.split(' ');
  const isNamespaced = [...served.values()].findLast((kinds) => kinds.has(kind))?.get(kind) ?? true;
  lines.set(apiVersion, [...(lines.get(apiVersion) ?? []), `${name}${isNamespaced ? '' : '!'}=${facts}`]);
}
