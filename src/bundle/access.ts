import { enumerate } from '../text/enumerate.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Bundle } from './bundle.ts';
import type { Resource } from './resource.ts';

/** The API group of Roles and bindings, whatever the version. */
const RBAC = 'rbac.authorization.k8s.io';
/** Roles that every cluster has, what those of Kubernetes' own components are called, and one that GKE has. */
const CLUSTER_ROLES = /^(?:cluster-admin|admin|edit|view|system:.*|gce:podsecuritypolicy:calico-sa)$/;

/** What somebody may be allowed: any of the verbs on any of the resources. */
export interface Permission {
  /** The core group is the empty string; without any, all groups. */
  readonly apiGroups?: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** A rule of a role that allows at least a part of a permission. */
export interface Grant {
  /** On the rule: an item of the role's `rules`. */
  readonly rule: Cursor;
  /** On the list of the rule that a person would cut down: the resources when these are `*`, else the verbs. */
  readonly place: Cursor;
  /** As they are written: `*` stands for all. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** The objects that the rule is limited to; empty for all. */
  readonly names: readonly string[];
}

/** Whether a kind is a Role or a ClusterRole. */
export function isRoleKind(group: string, kind: string): boolean {
  return group === RBAC && (kind === 'Role' || kind === 'ClusterRole');
}

/** Whether a kind is one of roles and bindings. */
export function isAccessKind(group: string, kind: string): boolean {
  return isRoleKind(group, kind) || isBindingKind(group, kind);
}

/** Whether a kind binds a role to somebody. */
export function isBindingKind(group: string, kind: string): boolean {
  return group === RBAC && (kind === 'RoleBinding' || kind === 'ClusterRoleBinding');
}

/** Whether a ClusterRole of this name comes with Kubernetes, so that no chart needs to have it. */
export function isClusterRoleOfKubernetes(name: string): boolean {
  return CLUSTER_ROLES.test(name);
}

/** The rules of a role that allow a permission, those that it aggregates included. */
export function grantsOf(role: Resource, permission: Permission, bundle: Bundle): Grant[] {
  return rulesOf(role, bundle).flatMap((rule) => {
    const groups = textsOf(rule.at('apiGroups'));
    const { apiGroups } = permission;
    if (apiGroups !== undefined && !groups.some((group) => group === '*' || apiGroups.includes(group))) return [];
    const resources = textsOf(rule.at('resources')).filter((resource) =>
      permission.resources.some((wanted) => coversResource(resource, wanted)),
    );
    const verbs = textsOf(rule.at('verbs')).filter((verb) => verb === '*' || permission.verbs.includes(verb));
    if (resources.length === 0 || verbs.length === 0) return [];
    const place = rule.at(resources.some((resource) => resource.includes('*')) ? 'resources' : 'verbs');
    return [{ rule, place, resources, verbs, names: textsOf(rule.at('resourceNames')) }];
  });
}

/** The rules of a role; of a ClusterRole that is put together by labels also those of the roles that it selects. */
export function rulesOf(role: Resource, bundle: Bundle): Cursor[] {
  const own = role.cursor.at('rules').items();
  const selectors = role.cursor.at('aggregationRule', 'clusterRoleSelectors').items();
  if (selectors.length === 0) return own;
  const others = bundle.ofKind(RBAC, 'ClusterRole').filter((other) => other !== role);
  const selected = others.filter((other) => selectors.some((selector) => selects(selector.at('matchLabels'), other)));
  return [...own, ...selected.flatMap((other) => other.cursor.at('rules').items())];
}

function selects(labels: Cursor, { cursor }: Resource): boolean {
  const wanted = labels.entries();
  return (
    wanted.length > 0 &&
    wanted.every(([label, value]) => cursor.at('metadata', 'labels', label).text === (value.text ?? ''))
  );
}

/** `*` allows every resource, a star and a slash that subresource of all. */
function coversResource(granted: string, wanted: string): boolean {
  if (granted === '*' || granted === wanted) return true;
  return granted.startsWith('*/') && wanted.endsWith(granted.slice(1));
}

/** Which role each binding refers to, and the other way round; made once for each bundle. */
interface AccessIndex {
  readonly clusterRoles: ReadonlyMap<string, Resource>;
  readonly bindings: ReadonlyMap<Resource, readonly Resource[]>;
}

const INDEXES = new WeakMap<Bundle, AccessIndex>();

/** The role that a binding refers to, when the input has it. */
export function boundRole(binding: Resource, bundle: Bundle): Resource | undefined {
  return findRole(binding, bundle, indexOf(bundle).clusterRoles);
}

/** The bindings of the input that refer to a role. */
export function bindingsOf(role: Resource, bundle: Bundle): readonly Resource[] {
  return indexOf(bundle).bindings.get(role) ?? [];
}

function indexOf(bundle: Bundle): AccessIndex {
  const known = INDEXES.get(bundle);
  if (known !== undefined) return known;
  const clusterRoles = new Map(bundle.ofKind(RBAC, 'ClusterRole').map((role) => [role.name, role]));
  const bindings = new Map<Resource, Resource[]>();
  for (const binding of ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) => bundle.ofKind(RBAC, kind))) {
    const role = findRole(binding, bundle, clusterRoles);
    if (role === undefined) continue;
    const others = bindings.get(role);
    if (others === undefined) bindings.set(role, [binding]);
    else others.push(binding);
  }
  const index = { clusterRoles, bindings };
  INDEXES.set(bundle, index);
  return index;
}

function findRole(
  binding: Resource,
  bundle: Bundle,
  clusterRoles: ReadonlyMap<string, Resource>,
): Resource | undefined {
  const roleRef = binding.cursor.at('roleRef');
  const name = roleRef.at('name').string ?? '';
  // A ClusterRole has no namespace, whatever a chart writes.
  if (roleRef.at('kind').string === 'ClusterRole') return clusterRoles.get(name);
  return roleRef.at('kind').string === 'Role' ? bundle.find(RBAC, 'Role', name, binding) : undefined;
}

/** Whom a binding is for, in words: `ServiceAccount deployer and Group developers`; empty for nobody. */
function subjectsOf(binding: Resource): string[] {
  return binding.cursor
    .at('subjects')
    .items()
    .map((subject) => `${subject.at('kind').string ?? 'subject'} ${subject.at('name').text ?? ''}`);
}

function textsOf(list: Cursor): string[] {
  return list.items().flatMap((item) => item.string ?? []);
}

/** What names a role or a binding in a message: `ClusterRole reader`. */
export function nameOf({ kind, name }: Resource): string {
  return `${kind} ${name}`;
}

/** An object that is allowed something, as another place of a finding. */
export function holderPlaces(bindings: readonly Resource[]): { cursor: Cursor; message: string }[] {
  return bindings.slice(0, 3).map((binding) => {
    const subjects = enumerate(subjectsOf(binding)) || 'nobody';
    return { cursor: binding.cursor.at('roleRef', 'name'), message: `${nameOf(binding)} gives it to ${subjects}.` };
  });
}
