import type { Argv } from 'yargs';
import { BASELINE_FILE_NAME } from '../engine/baseline/baseline.ts';
import type { ReleaseChoice, ReleaseFlags } from '../engine/release-choice.ts';

const CHART_LISTS = ['values', 'set', 'set-string', 'set-json', 'set-file', 'set-literal', 'api-versions'];
const LISTS = new Set(['_', 'inputs', 'format', 'only', 'skip', 'env', 'show-only', ...CHART_LISTS]);

/** If an option that takes one value is given several times, the last one counts, as in most tools. */
export function keepLast(args: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(args)) {
    if (Array.isArray(value) && !LISTS.has(inKebabCase(name))) args[name] = value.at(-1);
  }
}

/** yargs gives every option in both cases. */
function inKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const RENDERING = 'Rendering:';
const POLICY = 'Policy:';
const RESULT = 'Filtering:';
const REPORT = 'Report:';

/** What a chart is rendered with, as `helm template` takes it. */
function addReleaseOptions<T>(command: Argv<T>) {
  const list = { type: 'string', array: true, requiresArg: true, group: RENDERING } as const;
  const text = { type: 'string', requiresArg: true, group: RENDERING } as const;
  return command.options({
    values: {
      ...list,
      alias: 'f',
      describe: 'Values file for one ad hoc environment, on top of values.yaml; repeatable',
    },
    set: { ...list, describe: 'Set values on the command line: KEY=VALUE; repeatable' },
    'set-string': { ...list, describe: 'Set string values on the command line; repeatable' },
    'set-json': { ...list, describe: 'Set JSON values on the command line; repeatable' },
    'set-file': { ...list, describe: 'Set values from files: KEY=PATH; repeatable' },
    'set-literal': { ...list, describe: 'Set a literal string value on the command line; repeatable' },
    namespace: { ...text, alias: 'n', describe: 'Namespace of the release; default: that of the policy, else default' },
    'release-name': { ...text, describe: 'Name of the release; default: that of the policy, else release-name' },
    'kube-version': { ...text, describe: 'Kubernetes version for .Capabilities, such as 1.33.0; default: as in helm' },
    'api-versions': { ...list, alias: 'a', describe: 'Additional API version for .Capabilities; repeatable' },
    'include-crds': { type: 'boolean', group: RENDERING, default: false, describe: 'Include the CRDs of the chart' },
  });
}

/** Which environments of a chart to look at. */
function addChartOptions<T>(command: Argv<T>) {
  return addReleaseOptions(command).options({
    env: {
      alias: 'e',
      type: 'string',
      array: true,
      requiresArg: true,
      group: RENDERING,
      describe: 'Use only this environment of the policy or of its values files; repeatable; default: all',
    },
  });
}

/** Which policy to use; shared by all commands that read one. */
export function addPolicyOptions<T>(command: Argv<T>) {
  return command.options({
    config: {
      alias: 'c',
      type: 'string',
      requiresArg: true,
      group: POLICY,
      describe: "Policy file; default: chartlint.yaml in the input's folder or a parent folder, else recommended",
    },
    policy: {
      alias: 'p',
      type: 'string',
      requiresArg: true,
      conflicts: 'config',
      group: POLICY,
      describe: 'Use this policy instead of chartlint.yaml: observer, recommended, or a file',
    },
  });
}

/** What counts, and how it is reported. */
function addReportOptions<T>(command: Argv<T>) {
  const ids = { type: 'string', array: true, requiresArg: true, group: RESULT } as const;
  const options = command.options({
    only: { ...ids, describe: 'Check only this principle or rule; repeatable' },
    skip: { ...ids, describe: 'Skip this principle or rule; repeatable' },
    'fail-on': {
      choices: ['error', 'warning', 'info', 'never'] as const,
      default: 'error' as const,
      group: RESULT,
      describe: 'Lowest severity that makes the exit status 1',
    },
    'max-warnings': {
      type: 'string',
      requiresArg: true,
      group: RESULT,
      describe: 'Exit with status 1 if there are more warnings than this; default: no limit',
    },
    baseline: {
      type: 'string',
      requiresArg: true,
      group: RESULT,
      describe: 'Ignore findings listed in this file; default: that of the policy',
    },
    'allow-empty': {
      type: 'boolean',
      default: false,
      group: RESULT,
      describe: 'Do not fail when there is nothing to lint',
    },
    format: {
      type: 'string',
      array: true,
      requiresArg: true,
      default: ['pretty'],
      defaultDescription: 'pretty',
      group: REPORT,
      describe:
        'pretty, json, sarif, junit, github, gitlab, markdown or html; FORMAT=FILE writes it to a file; repeatable',
    },
    quiet: { alias: 'q', type: 'boolean', group: REPORT, describe: 'Report errors only' },
    verbose: {
      alias: 'v',
      type: 'boolean',
      group: REPORT,
      describe: 'Also show suppressed findings and rendered lines',
    },
    'stdin-filename': {
      type: 'string',
      requiresArg: true,
      default: '<stdin>',
      group: REPORT,
      describe: 'File name to use for standard input in reports',
    },
  });
  return addColorOptions(options);
}

function addColorOptions<T>(command: Argv<T>) {
  return command.options({
    color: { type: 'boolean', group: REPORT, describe: 'Color the report; default: only at a terminal' },
    'no-color': { type: 'boolean', group: REPORT, describe: 'Do not color the report' },
  });
}

export function addLintOptions<T>(command: Argv<T>) {
  return addReportOptions(
    addChartOptions(
      addPolicyOptions(
        command.positional('inputs', {
          type: 'string',
          array: true,
          defaultDescription: 'current folder',
          describe: 'Charts, manifest files, folders and globs, or - for standard input',
        }),
      ),
    ),
  ).options({
    'changed-since': {
      type: 'string',
      requiresArg: true,
      describe: 'Lint only the charts and manifests that changed in Git since this commit, tag or branch',
    },
    concurrency: {
      type: 'string',
      requiresArg: true,
      default: 'auto',
      describe: 'Number of threads; auto: one per core, for long runs',
    },
    // For .pre-commit-hooks.yaml: files that are not ours, or no longer exist, are left out.
    hook: { type: 'boolean', hidden: true },
  });
}

/** What yargs makes of the options of `lint`. */
export interface LintArguments extends ReportArguments, PolicyArguments, ReleaseChoice {
  readonly inputs: readonly string[];
  readonly changedSince?: string | undefined;
  readonly concurrency: string;
  readonly hook?: boolean | undefined;
}

export function addGateOptions<T>(command: Argv<T>) {
  return addReportOptions(addPolicyOptions(command)).options({
    namespace: {
      alias: 'n',
      type: 'string',
      requiresArg: true,
      describe: 'Namespace of the release; default: $HELM_NAMESPACE, else that of the policy',
    },
  });
}

/** What yargs makes of the options of `gate`. */
export interface GateArguments extends ReportArguments, PolicyArguments {
  readonly namespace?: string | undefined;
}

/** What yargs makes of the options of reports. */
export interface ReportArguments {
  readonly format: readonly string[];
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  readonly maxWarnings?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly baseline?: string | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly noColor?: boolean | undefined;
  readonly stdinFilename: string;
  readonly allowEmpty: boolean;
}

export interface PolicyArguments {
  readonly config?: string | undefined;
  readonly policy?: string | undefined;
}

export function addRenderOptions<T>(command: Argv<T>) {
  return addReleaseOptions(
    command
      .positional('nameOrChart', {
        type: 'string',
        demandOption: true,
        describe: 'Chart folder or .tgz file, or the release name',
      })
      .positional('chart', { type: 'string', describe: 'The chart, if the release name comes first' }),
  ).options({
    'show-only': {
      alias: 's',
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'Only show manifests rendered from these templates; repeatable',
    },
    'no-hooks': { type: 'boolean', describe: 'Skip hooks in the output' },
    'skip-tests': { type: 'boolean', describe: 'Skip tests in the output' },
    'is-upgrade': { type: 'boolean', describe: 'Set .Release.IsUpgrade instead of .Release.IsInstall' },
    'skip-schema-validation': { type: 'boolean', describe: 'Do not validate values against values.schema.json' },
    'source-map': { type: 'string', requiresArg: true, describe: 'Write the origin of every line to this file' },
  });
}

/** What yargs makes of the options of `render`. */
export interface RenderArguments extends ReleaseFlags {
  readonly nameOrChart: string;
  readonly chart?: string | undefined;
  readonly showOnly?: readonly string[] | undefined;
  readonly noHooks?: boolean | undefined;
  readonly skipTests?: boolean | undefined;
  readonly isUpgrade?: boolean | undefined;
  readonly skipSchemaValidation?: boolean | undefined;
  readonly sourceMap?: string | undefined;
}

export function addTraceOptions<T>(command: Argv<T>) {
  return addColorOptions(
    addChartOptions(
      addPolicyOptions(
        command
          .positional('chart', { type: 'string', demandOption: true, describe: 'Chart folder or .tgz file' })
          .positional('key', { type: 'string', describe: 'Values key or ConfigMap key; default: all' }),
      ),
    ),
  ).options({
    format: {
      choices: ['pretty', 'json'] as const,
      default: 'pretty' as const,
      group: REPORT,
      describe: 'Output format',
    },
  });
}

/** What yargs makes of the options of `trace`. */
export interface TraceArguments extends PolicyArguments, ReleaseChoice {
  readonly chart: string;
  readonly key?: string | undefined;
  readonly format: 'pretty' | 'json';
  readonly color?: boolean | undefined;
  readonly noColor?: boolean | undefined;
}

export function addBaselineOptions<T>(command: Argv<T>) {
  return addChartOptions(
    addPolicyOptions(
      command.positional('inputs', {
        type: 'string',
        array: true,
        defaultDescription: 'current folder',
        describe: 'Charts and manifests, as for lint',
      }),
    ),
  ).options({
    baseline: {
      type: 'string',
      requiresArg: true,
      describe: `Baseline file to write; default: that of the policy, else ${BASELINE_FILE_NAME}`,
    },
    prune: { type: 'boolean', default: false, describe: 'Only remove findings that are fixed; add none' },
    'stdin-filename': {
      type: 'string',
      requiresArg: true,
      default: '<stdin>',
      describe: 'File name to use for standard input',
    },
  });
}

/** What yargs makes of the options of `baseline`. */
export interface BaselineArguments extends PolicyArguments, ReleaseChoice {
  readonly inputs: readonly string[];
  readonly baseline?: string | undefined;
  readonly prune: boolean;
  readonly stdinFilename: string;
}

export function addInitOptions<T>(command: Argv<T>) {
  return command
    .positional('chart', {
      type: 'string',
      describe: 'Chart folder; default: the current folder, or the only chart in it',
    })
    .options({ force: { type: 'boolean', default: false, describe: 'Overwrite an existing chartlint.yaml' } });
}

/** What yargs makes of the options of `init`. */
export interface InitArguments {
  readonly chart?: string | undefined;
  readonly force: boolean;
}
