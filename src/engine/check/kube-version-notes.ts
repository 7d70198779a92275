import { isKnownVersion, NEWEST_MINOR, OLDEST_MINOR } from '../../kube/api-kinds.ts';
import type { Policy } from '../../policy/policy.ts';
import { enumerate } from '../../text/enumerate.ts';

interface VersionChoice {
  readonly kubeVersion?: string | undefined;
  /** Only these environments. */
  readonly env?: readonly string[] | undefined;
}

/** A note on the versions of Kubernetes of which nobody knows what they accept; none where no check asks for it. */
export function noteUnknownVersions(policies: readonly Policy[], choice: VersionChoice): string | undefined {
  const versions = policies.filter(needsVerdicts).flatMap((policy) => versionsOf(policy, choice));
  const unknown = [...new Set(versions)].filter((version) => !isKnownVersion(version));
  if (unknown.length === 0) return undefined;
  return (
    `chartlint does not know what Kubernetes ${enumerate(unknown)} accepts: of the objects for it, only the API versions ` +
    `that were removed are checked by schema-valid. Known are 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}.`
  );
}

/** Whether some check of a policy asks for what the API server says. */
export function needsVerdicts({ principles }: Policy): boolean {
  return principles.some(({ checks }) => checks.some(({ rule }) => rule.needsVerdicts === true));
}

function versionsOf({ release, environments }: Policy, { kubeVersion, env }: VersionChoice): string[] {
  if (kubeVersion !== undefined) return [kubeVersion];
  const chosen = environments.filter(({ name }) => env === undefined || env.includes(name));
  const all = [release.kubeVersion, ...chosen.map((environment) => environment.kubeVersion)];
  return all.filter((version) => version !== undefined);
}
