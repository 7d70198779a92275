import { makeResult, type Conclusion } from './make-result.ts';
import type { LoadedInputs } from '../inputs/load-inputs.ts';
import { lintManifests, type LintedUnit, type ManifestRequest } from './lint-unit.ts';
import type { Location } from '../../text/source.ts';
import type { Result } from '../result.ts';

export interface LintRequest extends ManifestRequest, Omit<Conclusion, 'errors'> {
  readonly loaded: LoadedInputs;
  /** What was found in the charts among the inputs. */
  readonly charts?: readonly LintedUnit[];
}

/** One run over inputs that share a policy, from their texts to a settled result. */
export async function lintGroup(request: LintRequest): Promise<Result> {
  const { loaded, charts = [] } = request;
  const isAllRead = !loaded.errors.some(({ kind }) => kind === 'input');
  const manifests = await lintManifests(loaded.inputs, { ...request, isAllRead });
  return makeResult([withoutUnchanged(manifests, loaded), ...charts], { ...request, errors: loaded.errors });
}

/** Leaves out what was found in unchanged manifests, unless it has to do with one that changed. */
function withoutUnchanged(unit: LintedUnit, { unchanged }: LoadedInputs): LintedUnit {
  if (unchanged === undefined) return unit;
  const isOfChange = (place: Location | undefined): boolean => place === undefined || !unchanged.has(place.file);
  return {
    ...unit,
    findings: unit.findings.filter(({ location, related }) => {
      return isOfChange(location) || related.some((place) => isOfChange(place.location));
    }),
    errors: unit.errors.filter(({ location }) => isOfChange(location)),
    suppressions: unit.suppressions.filter(({ problem }) => isOfChange(problem?.location)),
  };
}
