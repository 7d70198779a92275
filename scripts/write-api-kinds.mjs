// Makes src/kube/api-kinds.generated.ts: every kind of Kubernetes' own API, since when it is served, deprecated and
// removed, and what replaces it.
//
//     node scripts/write-api-kinds.mjs "$(go env GOMODCACHE)/k8s.io" v0.35.0
//
// Sources: register.go and zz_generated.prerelease-lifecycle.go of each version of an API group in the Go modules
// k8s.io/api, k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator; for what these have no more, GONE.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Kinds whose types were removed from k8s.io/api, or whose deprecation is not among its tags.
 * Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ and the CHANGELOG of each version.
 */
const GONE = [
  'apps/v1alpha1;PetSet=3,5,5,apps/v1',
  'auditregistration.k8s.io/v1alpha1;AuditSink=13,19,19',
  'batch/v2alpha1;CronJob=5,8,21,batch/v1;ScheduledJob=4,5,8,batch/v1',
  'extensions/v1beta1;NetworkPolicy=3,9,16,networking.k8s.io/v1;PodSecurityPolicy=3,10,16',
  'policy/v1beta1;PodSecurityPolicy=10,21,25',
  'scheduling.k8s.io/v1alpha1;PriorityClass=8,14,22,scheduling.k8s.io/v1',
  'settings.k8s.io/v1alpha1;PodPreset=6,20,20',
  'rbac.authorization.k8s.io/v1alpha1;ClusterRole=5,17,22,rbac.authorization.k8s.io/v1;' +
    'ClusterRoleBinding=5,17,22,rbac.authorization.k8s.io/v1;Role=5,17,22,rbac.authorization.k8s.io/v1;' +
    'RoleBinding=5,17,22,rbac.authorization.k8s.io/v1',
  'v1;ComponentStatus=0,19;Endpoints=0,33,,discovery.k8s.io/v1 EndpointSlice',
];

/** Groups whose objects the API server sends, or serves as a document, but never keeps. */
const NOT_SERVED = new Set(['admission.k8s.io', 'apidiscovery.k8s.io', 'imagepolicy.k8s.io']);

const [modules, version] = process.argv.slice(2);
if (modules === undefined || version === undefined) throw new Error('Usage: write-api-kinds.mjs FOLDER VERSION');

/** @type {Map<string, Map<string, string>>} */
const table = new Map();

const api = path.join(modules, `api@${version}`);
const folders = [
  ...foldersIn(api).flatMap((group) => foldersIn(group)),
  ...foldersIn(path.join(modules, `apiextensions-apiserver@${version}/pkg/apis/apiextensions`)),
  ...foldersIn(path.join(modules, `kube-aggregator@${version}/pkg/apis/apiregistration`)),
];
for (const folder of folders) {
  const register = path.join(folder, 'register.go');
  if (existsSync(register)) readFolder(folder, readFileSync(register, 'utf8'));
}
for (const line of GONE) {
  const [apiVersion = '', ...kinds] = line.split(';');
  for (const text of kinds) {
    const [kind = '', fact = ''] = text.split('=');
    kindsOf(apiVersion).set(kind, fact);
  }
}

const lines = [...table]
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([apiVersion, kinds]) => {
    const facts = [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([kind, fact]) => `${kind}=${fact}`);
    return [apiVersion, ...facts].join(';');
  });
writeFileSync(
  path.join(import.meta.dirname, '../src/kube/api-kinds.generated.ts'),
  `// Written by scripts/write-api-kinds.mjs from k8s.io/api ${version}. Do not edit.\nexport default \`${lines.join('\n')}\`;\n`,
);

/**
 * @param {string} folder
 * @param {string} register
 */
function readFolder(folder, register) {
  const group = /GroupName = "([^"]*)"/.exec(register)?.[1] ?? '';
  if (NOT_SERVED.has(group)) return;
  const apiVersion = group === '' ? path.basename(folder) : `${group}/${path.basename(folder)}`;
  const lifecycle = path.join(folder, 'zz_generated.prerelease-lifecycle.go');
  const methods = existsSync(lifecycle) ? readFileSync(lifecycle, 'utf8') : '';
  for (const [, kind = ''] of register.matchAll(/&(\w+)\{\}/g)) {
    if (kind.endsWith('List') || kind.endsWith('Options')) continue;
    const [introduced = '', deprecated = '', removed = ''] = ['Introduced', 'Deprecated', 'Removed'].map(
      (what) =>
        new RegExp(String.raw`\(in \*${kind}\) APILifecycle${what}\(\)[^{]*\{\s*return 1, (\d+)`).exec(methods)?.[1],
    );
    const [, toGroup, toVersion, toKind] =
      new RegExp(
        String.raw`\(in \*${kind}\) APILifecycleReplacement\(\)[^{]*\{\s*return schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"`,
      ).exec(methods) ?? [];
    // One tag names the list of the kind that it means.
    const other = toKind === kind || toKind === `${kind}List` ? '' : ` ${toKind}`;
    const replacement = toVersion === undefined ? '' : `${toGroup === '' ? '' : `${toGroup}/`}${toVersion}${other}`;
    kindsOf(apiVersion).set(kind, [introduced, deprecated, removed, replacement].join(',').replace(/,+$/, ''));
  }
}

/** @param {string} apiVersion */
function kindsOf(apiVersion) {
  const kinds = table.get(apiVersion) ?? new Map();
  table.set(apiVersion, kinds);
  return kinds;
}

/** @param {string} folder */
function foldersIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? path.join(folder, entry.name) : []));
}
