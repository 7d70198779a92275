import type { Bundle } from '../../bundle/bundle.ts';
import type { DataFlow } from '../data-flow.ts';
import { traceSecrets } from './trace-secrets.ts';
import { traceSettings } from './trace-settings.ts';

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
