import type { Cursor } from '../yaml/cursor.ts';
import type { Container, Workload } from './workload.ts';

/**
 * Fields of a security context that a container has from its Pod where it does not set them itself (Kubernetes API
 * reference, "SecurityContext" and "PodSecurityContext"). All others are of one of the two alone.
 */
export type InheritedField =
  | 'appArmorProfile'
  | 'runAsGroup'
  | 'runAsNonRoot'
  | 'runAsUser'
  | 'seccompProfile'
  | 'seLinuxOptions'
  | 'windowsOptions';

/** Whether a field has a value: `null` is as good as absent, yet `{}` is a value, as it is for the API server. */
export function isGiven(field: Cursor): boolean {
  return field.exists && !field.isNull;
}

/** The security context that a container has of its own; it may not exist. */
export function securityContextOf({ cursor }: Container): Cursor {
  return cursor.at('securityContext');
}

/** The security context of the Pod that a container is in; it may not exist. */
export function podSecurityContextOf({ cursor, workload: { podSpec } }: Container): Cursor {
  // A template of an Argo workflow is a Pod of its own, and its context replaces that of the workflow.
  for (let above = cursor.parent; above !== undefined && above.node !== podSpec.node; above = above.parent) {
    const own = above.at('securityContext');
    if (isGiven(own)) return own;
  }
  return podSpec.at('securityContext');
}

/** The security contexts of Pods in a workload, not those of containers: one, or one for each template of a workflow. */
export function podSecurityContexts({ podSpec }: Workload): Cursor[] {
  const ofTemplates = podSpec.at('templates').items();
  return [podSpec, ...ofTemplates].map((holder) => holder.at('securityContext')).filter(isGiven);
}

/** The field that counts for a container: its own where it sets it, else that of its Pod; undefined where neither does. */
export function effectiveField(container: Container, field: InheritedField): Cursor | undefined {
  const own = securityContextOf(container).at(field);
  if (isGiven(own)) return own;
  const inherited = podSecurityContextOf(container).at(field);
  return isGiven(inherited) ? inherited : undefined;
}

/** Whether a Pod says that it runs on Windows, as Pod Security admission reads it: most of a security context has no meaning there. */
export function runsWindows({ podSpec }: Workload): boolean {
  return podSpec.at('os', 'name').string === 'windows';
}

/** Whether a Pod runs on Windows because it says so, or because it asks for such nodes. */
export function isMeantForWindows(workload: Workload): boolean {
  const nodes = workload.podSpec.at('nodeSelector');
  const [os, oldOs] = ['kubernetes.io/os', 'beta.kubernetes.io/os'].map((label) => nodes.at(label).string);
  return runsWindows(workload) || (os ?? oldOs) === 'windows';
}

/** Whether the users of a Pod are not those of its node: root inside is nobody in particular outside. */
export function hasUserNamespace({ podSpec }: Workload): boolean {
  return podSpec.at('hostUsers').boolean === false;
}

/** A security context, and what a message calls its holder: `The Pod` or `Container web`. */
export interface HeldContext {
  readonly holder: string;
  readonly cursor: Cursor;
}

/** All security contexts of a workload: first that of the Pod, then those of its containers. */
export function allSecurityContexts(workload: Workload): HeldContext[] {
  return [
    ...podSecurityContexts(workload).map((cursor) => ({ holder: 'The Pod', cursor })),
    ...workload.containers.map((container) => ({
      holder: `Container ${container.name}`,
      cursor: securityContextOf(container),
    })),
  ];
}
