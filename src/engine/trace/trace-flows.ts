import type { Bundle } from '../../bundle/bundle.ts';
import type { DataFlow } from '../data-flow.ts';
import type { Mask } from '../findings/unit-secrets.ts';
import { maskSecretKey, maskSetting } from './mask-flow.ts';
import { traceSecrets } from './trace-secrets.ts';
import { traceSettings } from './trace-settings.ts';

/** One environment of a chart, or manifests that stand side by side. */
export interface FlowSource extends Pick<DataFlow, 'chart' | 'environment'> {
  readonly bundle: Bundle;
}

/**
 * Follows the settings and Secrets of each environment; those in which there are none are left out.
 * @param mask what hides secrets in names
 */
export function traceFlows(sources: readonly FlowSource[], mask: Mask): DataFlow[] {
  return sources
    .map(({ chart, environment, bundle }) => {
      const settings = traceSettings(bundle);
      const secrets = traceSecrets(bundle);
      return {
        chart,
        environment,
        settings: settings.map((each) => maskSetting(each, mask)),
        secrets: secrets.map((each) => maskSecretKey(each, mask)),
      };
    })
    .filter(({ settings, secrets }) => settings.length + secrets.length > 0);
}
