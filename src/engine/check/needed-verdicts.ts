import type { Resource } from '../../bundle/resource.ts';
import { loadVerdicts, type Verdicts } from '../../kube/verdict.ts';
import type { Policy } from '../../policy/policy.ts';

interface VerdictsRequest {
  readonly policy: Policy;
  readonly kubeVersion?: string | undefined;
}

/** The verdicts on all kinds among some resources; loaded only when a check of the policy asks for them. */
export async function loadVerdictsFor(
  resources: readonly Resource[],
  { policy, kubeVersion }: VerdictsRequest,
): Promise<Verdicts | undefined> {
  const isNeeded = policy.principles.some(({ checks }) => checks.some(({ rule }) => rule.needsVerdicts === true));
  return isNeeded && resources.length > 0 ? loadVerdicts(resources, { kubeVersion }) : undefined;
}
