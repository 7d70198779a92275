import type { Resource } from '../../bundle/resource.ts';
import type { CustomKinds } from '../../kube/custom-resources/custom-kinds.ts';
import { loadVerdicts, type Verdicts } from '../../kube/verdict.ts';
import type { Policy } from '../../policy/policy.ts';
import type { SourceText } from '../../text/source.ts';
import type { RunError } from '../result.ts';
import { needsVerdicts } from './kube-version-notes.ts';

interface VerdictsRequest {
  readonly policy: Policy;
  readonly kubeVersion?: string | undefined;
  /** What the paths of schemas are relative to; the working directory of the process by default. */
  readonly workingDirectory?: string | undefined;
  /** What lies in the `crds/` of a chart, which is installed before its templates are. */
  readonly crds?: readonly SourceText[] | undefined;
  /** Takes what is wrong with schemas. */
  readonly errors: RunError[];
}

/** The verdicts on all kinds among some resources; loaded only when a check of the policy asks for them. */
export async function loadVerdictsFor(
  resources: readonly Resource[],
  { policy, kubeVersion, workingDirectory = process.cwd(), crds = [], errors }: VerdictsRequest,
): Promise<Verdicts | undefined> {
  if (!needsVerdicts(policy)) return undefined;
  const schemas =
    policy.schemas.length === 0
      ? undefined
      : await (await import('../schemas/load-schemas.ts')).loadSchemas(policy, workingDirectory);
  const loadCustomKinds = async (kinds: readonly { readonly kind: string }[]): Promise<CustomKinds> => {
    const { readDefinedKinds } = await import('../schemas/defined-kinds.ts');
    const own = readDefinedKinds(new Set(kinds.map(({ kind }) => kind)), resources, crds);
    // What is installed with a resource describes it best.
    return { find: (group, kind, version) => own.find(group, kind) ?? schemas?.kinds.find(group, kind, version) };
  };
  const hasSchemas =
    schemas !== undefined || crds.length > 0 || resources.some(({ kind }) => kind === 'CustomResourceDefinition');
  const options = {
    kubeVersion,
    loadCustomKinds: hasSchemas ? loadCustomKinds : undefined,
    refusesUnknownKinds: policy.unknownKinds === 'error',
  };
  const verdicts = resources.length === 0 ? undefined : await loadVerdicts(resources, options);
  errors.push(...(schemas?.errors ?? []));
  return verdicts;
}
