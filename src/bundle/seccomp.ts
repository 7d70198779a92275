import type { Cursor } from '../yaml/cursor.ts';
import { isGiven, podSecurityContextOf, podSecurityContexts, securityContextOf } from './security-context.ts';
import type { Container, Workload } from './workload.ts';

/** Which system calls a Pod or container may make. */
export interface SeccompProfile {
  /** Where its type stands. */
  readonly cursor: Cursor;
  /** `RuntimeDefault`, `Localhost`, `Unconfined`, or whatever else is written; empty where nothing is. */
  readonly type: string;
}

/** The version of Kubernetes in which annotations about seccomp have no meaning any more. */
const WITHOUT_ANNOTATIONS = 27;
const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';

/** The profile that a container has of its own, for a minor version of Kubernetes. */
export function seccompOf(container: Container, minor: number): SeccompProfile | undefined {
  const own = readField(securityContextOf(container));
  return own ?? readAnnotation(container.workload, `${CONTAINER_ANNOTATION}${container.name}`, minor);
}

/** The profile that a container has from its Pod, when it has none of its own. */
export function podSeccompOf(container: Container, minor: number): SeccompProfile | undefined {
  return readField(podSecurityContextOf(container)) ?? readAnnotation(container.workload, POD_ANNOTATION, minor);
}

/** The profiles that Pods of a workload set for their containers. */
export function podSeccompProfiles(workload: Workload, minor: number): SeccompProfile[] {
  const fields = podSecurityContexts(workload).flatMap((context) => readField(context) ?? []);
  if (isGiven(workload.podSpec.at('securityContext', 'seccompProfile'))) return fields;
  const annotation = readAnnotation(workload, POD_ANNOTATION, minor);
  return annotation === undefined ? fields : [annotation, ...fields];
}

function readField(context: Cursor): SeccompProfile | undefined {
  const profile = context.at('seccompProfile');
  return isGiven(profile) ? { cursor: profile.at('type'), type: profile.at('type').string ?? '' } : undefined;
}

/** Before 1.27 the API server took over what an annotation says into the field that says nothing. */
function readAnnotation({ template }: Workload, key: string, minor: number): SeccompProfile | undefined {
  if (minor >= WITHOUT_ANNOTATIONS) return undefined;
  const cursor = template.at('metadata', 'annotations', key);
  const type = typeOf(cursor.text ?? '');
  return type === undefined ? undefined : { cursor, type };
}

function typeOf(annotation: string): string | undefined {
  if (annotation === 'unconfined') return 'Unconfined';
  if (annotation === 'runtime/default' || annotation === 'docker/default') return 'RuntimeDefault';
  return /^localhost\/./s.test(annotation) ? 'Localhost' : undefined;
}
