import type { Cursor } from '../yaml/cursor.ts';
import { capabilityName } from '../kube/capabilities.ts';
import { securityContextOf } from './security-context.ts';
import type { Container } from './workload.ts';

/** A capability in one of a container's lists. */
export interface Capability {
  readonly cursor: Cursor;
  /** As it is written; Pod Security admission compares it so. */
  readonly written: string;
  /** As container runtimes understand it: in capital letters, without `CAP_`. */
  readonly name: string;
}

/** What a container adds to, or drops from, the capabilities that it has by default. */
export function capabilitiesOf(container: Container, list: 'add' | 'drop'): Capability[] {
  return securityContextOf(container)
    .at('capabilities', list)
    .items()
    .map((cursor) => {
      const written = cursor.text ?? '';
      return { cursor, written, name: capabilityName(written) };
    });
}

/** Whether a container drops a capability, by its name or with ALL. */
export function dropsCapability(container: Container, name: string): boolean {
  return capabilitiesOf(container, 'drop').some((dropped) => dropped.name === 'ALL' || dropped.name === name);
}
