import type { GoMap } from '../value/value.ts';
import type { Taint } from '../value/origin.ts';
import type { ValuesKey } from '../value/values-key.ts';
import { coalesceValues } from './coalesce.ts';
import { validateValues } from './validate-values.ts';
import { makeCapabilities } from './capabilities.ts';
import { ChartError } from '../chart/chart-error.ts';
import type { Chart } from '../chart/chart.ts';
import { isCompatible } from '../chart/compatible.ts';
import { checkDependencies, enableDependencies, type DependencyWork } from './dependencies.ts';
import { importValues } from './import-values.ts';
import { DEFAULT_KUBE_VERSION, type KubeVersion } from './kube-version.ts';
import { makeRelease, makeTemplates, type ChartTemplate } from './render-context.ts';
import { listCrds, type Crd } from '../chart/crds.ts';

export interface PrepareRequest {
  /** Is changed: hand over a clone. */
  readonly chart: Chart;
  /** What `readUserValues` gave. */
  readonly values: GoMap;
  readonly releaseName: string;
  readonly namespace: string;
  readonly isUpgrade: boolean;
  readonly kubeVersion: KubeVersion | undefined;
  readonly apiVersions: readonly string[];
  readonly skipSchemaValidation: boolean;
}

export interface PreparedChart {
  /** Of all enabled charts, not in the order of execution. */
  readonly templates: readonly ChartTemplate[];
  /** The root's coalesced values. */
  readonly values: GoMap;
  readonly crds: readonly Crd[];
  /** What Helm would print to standard error. */
  readonly warnings: readonly string[];
  /** What conditions, tags and import-values read. */
  readonly readKeys: ReadonlySet<ValuesKey>;
}

/**
 * Does all that `helm template` does between loading a chart and executing its templates: subcharts are enabled and
 * renamed, values imported, coalesced and validated, and what templates see is made.
 * @throws ChartError with Helm's text
 */
export function prepareChart(request: PrepareRequest): PreparedChart {
  const { chart, kubeVersion = DEFAULT_KUBE_VERSION } = request;
  const warnings: string[] = [];
  const readKeys = new Set<ValuesKey>();
  const work: DependencyWork = {
    warn: (message) => void warnings.push(message),
    read: (taint: Taint) => {
      for (const key of taint.keys) readKeys.add(key);
      for (const key of taint.choices) readKeys.add(key);
    },
  };
  const { type, deprecated, kubeVersion: wanted } = chart.metadata;
  if (type !== '' && type !== 'application') throw new ChartError(`${type} charts are not installable`);
  if (deprecated) warnings.push('this chart is deprecated');
  checkDependencies(chart);
  processDependencies(chart, request.values, work);
  const values = coalesceValues(chart, request.values, [], { isMerge: false, warn: work.warn });
  if (!request.skipSchemaValidation) validateValues(chart, values);
  if (wanted !== '' && !isCompatible(wanted, kubeVersion.normalized)) {
    const reason = `which is incompatible with Kubernetes ${kubeVersion.version}`;
    throw new ChartError(`chart requires kubeVersion: ${wanted} ${reason}`, undefined, true);
  }
  const release = makeRelease({
    name: request.releaseName,
    namespace: request.namespace,
    isUpgrade: request.isUpgrade,
  });
  const templates = makeTemplates(chart, values, release, makeCapabilities(kubeVersion, request.apiVersions));
  return { templates, values, crds: listCrds(chart), warnings: [...new Set(warnings)], readKeys };
}

function processDependencies(chart: Chart, values: GoMap, work: DependencyWork): void {
  try {
    enableDependencies(chart, values, [], work);
    importValues(chart, [], work);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    throw new ChartError(`chart dependencies processing failed: ${error.message}`, error.location, false, {
      help: error.help,
    });
  }
}
