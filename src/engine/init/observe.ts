import { basename } from 'node:path';
import { Bundle } from '../../bundle/bundle.ts';
import { SourceReader } from '../documents/source-reader.ts';
import { chooseEnvironments } from '../render/choose-environments.ts';
import { ChartFolder } from '../render/chart-folder.ts';
import { emptyPolicy } from '../../policy/empty-policy.ts';
import { UnitSecrets, type Mask } from '../findings/unit-secrets.ts';
import { chartName } from '../inputs/chart-metadata.ts';
import { renderForLint } from '../render/render-environments.ts';
import type { RunError } from '../result.ts';
import type { Policy, PolicyEnvironment } from '../../policy/policy.ts';
import type { ReleaseChoice } from '../release-choice.ts';
import { UserError } from '../user-error.ts';

/** One rendering of a chart, read. */
export interface ObservedEnvironment {
  readonly name: string;
  /** Values files, relative to the chart; none when it is values.yaml alone. */
  readonly values: readonly string[];
  readonly bundle: Bundle;
  /** Masks what came from secrets of the values. */
  readonly mask: Mask;
}

/** What there is to be asserted of a chart. */
export interface ObservedChart {
  /** Also the name of the release, so that objects are called as people know them. */
  readonly name: string;
  /** Those that render; at least one. */
  readonly environments: readonly ObservedEnvironment[];
  /** Those that do not. */
  readonly failed: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Whether the environments are those of the parent policy. */
  readonly areInherited: boolean;
}

/** What a parent policy says of how a chart is rendered and read. */
type ParentPolicy = Pick<Policy, 'environments' | 'release' | 'reach' | 'externals' | 'podKinds'>;

interface ObservationRequest extends Pick<ReleaseChoice, 'depsFrom'> {
  readonly workingDirectory: string;
  readonly now: Date;
  readonly parent: ParentPolicy;
}

const WAY_OUT = 'If it needs values, write them to a values-NAME.yaml next to its values.yaml.';

/**
 * Renders a chart in the environments of the parent policy; without any, with its values alone and with each overlay.
 * @param chart its folder, absolute
 * @throws UserError when nothing renders, or nothing comes out
 */
export function observeChart(
  chart: string,
  { workingDirectory, now, parent, depsFrom }: ObservationRequest,
): ObservedChart {
  const name = chartName(chart) ?? basename(chart);
  const files = new ChartFolder(chart, { workingDirectory }).filesOf(undefined);
  const { chosen } = chooseEnvironments(files, {}, { environments: parent.environments, release: {} });
  const areInherited = parent.environments.some((environment) => chosen.some((each) => each.name === environment.name));
  const candidates: PolicyEnvironment[] = areInherited
    ? parent.environments.filter((environment) => chosen.some((each) => each.name === environment.name))
    : nameAnew(chosen.map((found) => ({ name: found.name, values: found.values.files ?? [] })));
  let firstError: RunError | undefined;
  const environments: ObservedEnvironment[] = [];
  const failed: ObservedChart['failed'][number][] = [];
  for (const candidate of candidates) {
    const policy: Policy = {
      ...emptyPolicy(''),
      ...parent,
      environments: [{ ...candidate, optional: false }],
      release: { name, ...withoutUndefined(parent.release) },
    };
    const rendered = renderForLint(chart, { choice: { depsFrom }, policy, workingDirectory, now });
    if (rendered.isLibrary) {
      throw new UserError(`${name} is a library chart: it renders nothing by itself. Specify a chart that uses it.`);
    }
    firstError ??= rendered.errors[0];
    const [rendering] = rendered.environments;
    if (rendering === undefined) failed.push(candidate);
    else {
      const reader = new SourceReader(policy);
      const { resources, unread } = reader.read(rendering.rendered);
      const bundle = new Bundle(resources, { ...policy, namespace: rendering.namespace, unread });
      const { mask } = new UnitSecrets([rendering.rendered], [], reader.isSecretName);
      environments.push({ ...candidate, bundle, mask });
    }
  }
  if (environments.length === 0) {
    const message = firstError?.message ?? 'The chart does not render.';
    throw new UserError(`${message}\n${firstError?.help ?? WAY_OUT}`);
  }
  if (environments.every(({ bundle }) => bundle.resources.length === 0)) {
    throw new UserError(`The chart renders no objects, so there is nothing to assert.\n${WAY_OUT}`);
  }
  return { name, environments, failed, areInherited };
}

function withoutUndefined({ name, namespace }: Policy['release']): Policy['release'] {
  return { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) };
}

/** Gives each overlay a name that a policy allows and no other has: values-a.yaml and values.a.yml are both called a. */
function nameAnew<T extends { readonly name: string }>(overlays: readonly T[]): T[] {
  const names = new Set<string>();
  return overlays.map((overlay) => {
    const word = overlay.name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]/, 'x$&');
    let name = word;
    for (let count = 2; names.has(name); count++) name = `${word}-${count}`;
    names.add(name);
    return { ...overlay, name };
  });
}
