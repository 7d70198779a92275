import type { LoadedPolicy } from '../policy/load.ts';
import type { Policy } from '../policy/policy.ts';
import { UserError } from '../engine/user-error.ts';

/**
 * The policy, for commands that can do nothing without one.
 * @throws UserError listing every error with its place
 */
export function failOnPolicyErrors({ policy, errors }: LoadedPolicy): Policy {
  if (policy !== undefined && errors.length === 0) return policy;
  const lines = errors.map(({ message, location }) => {
    return location === undefined ? message : `${location.file}:${location.line}:${location.column}: ${message}`;
  });
  throw new UserError(lines.join('\n'));
}
