import { trimSpace } from '../go/trim-space.ts';

const HOOK_ANNOTATION = 'helm.sh/hook';

/** The events of Helm's hooks; `test-success` is Helm 2's word for `test`. */
const EVENTS: readonly string[] = [
  'pre-install',
  'post-install',
  'pre-delete',
  'post-delete',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'test',
  'test-success',
];

/** What an object's annotations make it: not a hook, a hook, or one that Helm drops for an event that it does not know. */
export type HookKind =
  | { readonly kind: 'none' }
  | { readonly kind: 'hook'; readonly isTest: boolean }
  | { readonly kind: 'unknown'; readonly events: string };

/** Reads `helm.sh/hook`: events between commas, in any case; one that Helm does not know makes it drop the document. */
export function readHook(annotations: ReadonlyMap<string, string>): HookKind {
  const text = annotations.get(HOOK_ANNOTATION);
  if (text === undefined) return { kind: 'none' };
  const events = text.split(',').map((event) => {
    const { start, end } = trimSpace(event);
    return event.slice(start, end).toLowerCase();
  });
  if (!events.every((event) => EVENTS.includes(event))) return { kind: 'unknown', events: text };
  return { kind: 'hook', isTest: events.some((event) => event.startsWith('test')) };
}
