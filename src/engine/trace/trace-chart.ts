import type { Rules } from '../../rule/rule.ts';
import { Bundle } from '../../bundle/bundle.ts';
import { resolve } from 'node:path';
import type { ReleaseChoice } from '../release-choice.ts';
import { choosePolicy, type PolicyChoice } from '../policy/choose-policy.ts';
import { SourceReader } from '../documents/source-reader.ts';
import type { RunError } from '../result.ts';
import { UnitSecrets } from '../findings/unit-secrets.ts';
import { maskSetting } from './mask-flow.ts';
import { traceSettings, type EnvironmentTrace } from './trace-settings.ts';

export interface TraceRequest extends PolicyChoice, ReleaseChoice {
  /** A chart's folder or archive. */
  readonly chart: string;
  readonly workingDirectory: string;
  readonly now: Date;
  readonly rules: Rules;
}

/**
 * Renders a chart for every environment and follows its settings to the containers.
 * @throws UserError when the request cannot be understood
 */
export async function traceChart(request: TraceRequest): Promise<{
  readonly traces: readonly EnvironmentTrace[];
  readonly errors: readonly RunError[];
}> {
  const { chart, workingDirectory, now, rules } = request;
  const { policy, errors: configErrors } = await choosePolicy(request, [chart], workingDirectory, rules);
  if (policy === undefined) {
    return { traces: [], errors: configErrors.map((error) => ({ kind: 'config', ...error })) };
  }
  const [{ renderForLint }, { requireEnvironments }] = await Promise.all([
    import('../render/render-environments.ts'),
    import('../render/choose-environments.ts'),
  ]);
  const path = resolve(workingDirectory, chart);
  const rendered = renderForLint(path, { choice: request, policy, workingDirectory, now });
  requireEnvironments(request.env ?? [], [{ chart: rendered.name, environmentNames: rendered.environmentNames }]);
  const reader = new SourceReader(policy);
  const secrets = new UnitSecrets(
    rendered.environments.map((environment) => environment.rendered),
    [],
    reader.isSecretName,
  );
  const traces = rendered.environments.map(({ name, namespace, rendered: text }): EnvironmentTrace => {
    const { resources, unread } = reader.read(text);
    const bundle = new Bundle(resources, { ...policy, namespace, unread });
    return { environment: name, settings: traceSettings(bundle).map((setting) => maskSetting(setting, secrets.mask)) };
  });
  return {
    traces,
    errors: [...rendered.errors, ...reader.errors.map((error) => ({ ...error, message: secrets.mask(error.message) }))],
  };
}
