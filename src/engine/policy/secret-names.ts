import { looksSecret } from '../../kube/secret-name.ts';
import type { IsSecretName } from '../../kube/secret-path.ts';
import type { Policy } from '../../policy/policy.ts';
import { matchesAnyGlob } from '../../text/glob.ts';

/** Globs of keys that a policy says are secret, in addition to those that look secret. */
export function secretKeysOf({ principles }: Pick<Policy, 'principles'>): string[] {
  return principles.flatMap(({ checks }) =>
    checks.flatMap(({ rule, options }) => rule.secretKeys?.(options as never) ?? []),
  );
}

/** Whether the name of a key, or the policy, says that its value is a secret. */
export function secretNameTest(secretKeys: readonly string[]): IsSecretName {
  return (name) => looksSecret(name) || matchesAnyGlob(name, secretKeys);
}
