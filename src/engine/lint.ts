import { conclude, type Conclusion } from './conclude.ts';
import type { LoadedInputs } from './inputs.ts';
import { lintManifests, type LintedPart, type ManifestRequest } from './lint-part.ts';
import type { Result } from './result.ts';

export interface LintRequest extends ManifestRequest, Omit<Conclusion, 'errors'> {
  readonly loaded: LoadedInputs;
  /** What was found in the charts among the inputs. */
  readonly charts?: Promise<readonly LintedPart[]>;
}

/** One run over inputs that share a policy, from their texts to a settled result. */
export async function lint(request: LintRequest): Promise<Result> {
  const { loaded, charts } = request;
  const [manifests, linted] = await Promise.all([lintManifests(loaded.inputs, request), charts ?? []]);
  return conclude([manifests, ...linted], { ...request, errors: loaded.errors });
}
