import type { Bundle } from '../bundle/bundle.ts';
import { traceSecrets, type TracedSecretKey } from './trace-secrets.ts';
import { traceSettings, type TracedSetting } from './trace.ts';

/** Everything that reaches the containers of one environment, and what was meant to. */
export interface DataFlow {
  /** The chart's folder or archive; undefined for manifests. */
  readonly chart: string | undefined;
  /** Undefined for manifests, whose way begins at the ConfigMaps. */
  readonly environment: string | undefined;
  readonly settings: readonly TracedSetting[];
  readonly secrets: readonly TracedSecretKey[];
}

/** One environment of a chart, or manifests that stand side by side. */
export interface FlowSource extends Pick<DataFlow, 'chart' | 'environment'> {
  readonly bundle: Bundle;
}

/** Follows the settings and Secrets of each environment; those in which there are none are left out. */
export function traceFlows(sources: readonly FlowSource[]): DataFlow[] {
  return sources
    .map(({ chart, environment, bundle }) => {
      return { chart, environment, settings: traceSettings(bundle), secrets: traceSecrets(bundle) };
    })
    .filter(({ settings, secrets }) => settings.length + secrets.length > 0);
}
