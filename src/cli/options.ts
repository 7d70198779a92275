import type { Argv } from 'yargs';
import { BASELINE_FILE_NAME } from '../engine/baseline/baseline.ts';
import type { ReleaseChoice, ReleaseFlags } from '../engine/release-choice.ts';

const CHART_LISTS = ['values', 'set', 'set-string', 'set-json', 'set-file', 'set-literal', 'api-versions'];
const LISTS = new Set(['_', 'inputs', 'format', 'only', 'skip', 'env', 'show-only', ...CHART_LISTS]);

/** Of an option that takes one value and was given several times, the last counts, as it does for most tools. */
export function keepLast(args: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(args)) {
    if (Array.isArray(value) && !LISTS.has(inKebabCase(name))) args[name] = value.at(-1);
  }
}

/** yargs gives every option in both cases. */
function inKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const RENDERING = 'Rendering of charts:';
const POLICY = 'Policy:';
const RESULT = 'What counts:';
const REPORT = 'Report:';

/** What a chart is rendered with, as `helm template` takes it. */
function addReleaseOptions<T>(command: Argv<T>) {
  const list = { type: 'string', array: true, requiresArg: true, group: RENDERING } as const;
  const text = { type: 'string', requiresArg: true, group: RENDERING } as const;
  return command.options({
    values: { ...list, alias: 'f', describe: 'Values file of one ad hoc environment, over values.yaml; repeatable' },
    set: { ...list, describe: 'Set values as helm does: KEY=VALUE; repeatable' },
    'set-string': { ...list, describe: 'The same, always as strings' },
    'set-json': { ...list, describe: 'The same, as JSON' },
    'set-file': { ...list, describe: 'The same, from files: KEY=PATH' },
    'set-literal': { ...list, describe: 'The same, one literal string' },
    namespace: { ...text, alias: 'n', describe: 'Namespace of the release; where no policy says it: default' },
    'release-name': { ...text, describe: 'Name of the release; where no policy says it: release-name' },
    'kube-version': { ...text, describe: 'Version of Kubernetes, such as 1.33.0; default: that of helm' },
    'api-versions': { ...list, alias: 'a', describe: 'API version that the cluster has besides the usual; repeatable' },
    'include-crds': { type: 'boolean', group: RENDERING, default: false, describe: 'Render the crds folder, too' },
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
      describe: 'Only this environment of the policy, or of the values-NAME.yaml files; repeatable; default: all',
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
      describe: 'Policy file; default: chartlint.yaml in the folder of the input or above, else recommended',
    },
    policy: {
      alias: 'p',
      type: 'string',
      requiresArg: true,
      conflicts: 'config',
      group: POLICY,
      describe: 'Use this policy instead: observer, recommended, or a file',
    },
  });
}

/** What counts, and how it is reported. */
function addReportOptions<T>(command: Argv<T>) {
  const ids = { type: 'string', array: true, requiresArg: true, group: RESULT } as const;
  const options = command.options({
    only: { ...ids, describe: 'Only this principle or rule; repeatable' },
    skip: { ...ids, describe: 'Not this principle or rule; repeatable' },
    'fail-on': {
      choices: ['error', 'warning', 'info', 'never'] as const,
      default: 'error' as const,
      group: RESULT,
      describe: 'Least severity that exits with 1',
    },
    'max-warnings': {
      type: 'string',
      requiresArg: true,
      group: RESULT,
      describe: 'Exit with 1 on more warnings than this; default: no limit',
    },
    baseline: {
      type: 'string',
      requiresArg: true,
      group: RESULT,
      describe: 'Only findings that are not in this file count',
    },
    'allow-empty': {
      type: 'boolean',
      default: false,
      group: RESULT,
      describe: 'Accept inputs in which there is nothing to lint',
    },
    format: {
      type: 'string',
      array: true,
      requiresArg: true,
      default: ['pretty'],
      defaultDescription: 'pretty',
      group: REPORT,
      describe:
        'pretty, json, sarif, junit, github, gitlab, markdown or html; FORMAT=FILE writes to a file; repeatable',
    },
    quiet: { alias: 'q', type: 'boolean', group: REPORT, describe: 'Show errors only' },
    verbose: {
      alias: 'v',
      type: 'boolean',
      group: REPORT,
      describe: 'Show suppressed findings and rendered lines, too',
    },
    'stdin-filename': {
      type: 'string',
      requiresArg: true,
      default: '<stdin>',
      group: REPORT,
      describe: 'What reports call standard input',
    },
  });
  return addColorOptions(options);
}

function addColorOptions<T>(command: Argv<T>) {
  return command.options({
    color: { type: 'boolean', group: REPORT, describe: 'Colour the report; default: when a terminal shows it' },
    'no-color': { type: 'boolean', group: REPORT, describe: 'Do not colour it' },
  });
}

export function addLintOptions<T>(command: Argv<T>) {
  return addReportOptions(
    addChartOptions(
      addPolicyOptions(
        command.positional('inputs', {
          type: 'string',
          array: true,
          defaultDescription: 'this folder',
          describe: 'Charts, manifest files, folders and globs; - is standard input',
        }),
      ),
    ),
  ).options({
    'changed-since': {
      type: 'string',
      requiresArg: true,
      describe: 'Only charts and manifests that Git says changed since this commit, tag or branch',
    },
    concurrency: {
      type: 'string',
      requiresArg: true,
      default: 'auto',
      describe: 'Number of threads; auto: one for each core, when the run takes long',
    },
    // For .pre-commit-hooks.yaml: files that are none of ours are left out, and so are those that are gone.
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
      describe: 'Namespace of the release; default: what Helm says, else what the policy says',
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
      .positional('nameOrChart', { type: 'string', demandOption: true, describe: 'Chart folder or .tgz, or the name' })
      .positional('chart', { type: 'string', describe: 'The chart, when the name of the release comes first' }),
  ).options({
    'show-only': {
      alias: 's',
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'Only what these templates print; repeatable',
    },
    'no-hooks': { type: 'boolean', describe: 'Leave hooks out' },
    'skip-tests': { type: 'boolean', describe: 'Leave tests out' },
    'is-upgrade': { type: 'boolean', describe: 'Set .Release.IsUpgrade instead of .Release.IsInstall' },
    'skip-schema-validation': { type: 'boolean', describe: 'Do not check values against values.schema.json' },
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
          .positional('chart', { type: 'string', demandOption: true, describe: 'Chart folder or .tgz' })
          .positional('key', { type: 'string', describe: 'A values key, or a key of a ConfigMap; all by default' }),
      ),
    ),
  ).options({
    format: {
      choices: ['pretty', 'json'] as const,
      default: 'pretty' as const,
      group: REPORT,
      describe: 'What to print',
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
        defaultDescription: 'this folder',
        describe: 'What lint takes',
      }),
    ),
  ).options({
    baseline: {
      type: 'string',
      requiresArg: true,
      default: BASELINE_FILE_NAME,
      describe: 'The file to write',
    },
    prune: { type: 'boolean', default: false, describe: 'Only take out what is mended; add nothing' },
    'stdin-filename': {
      type: 'string',
      requiresArg: true,
      default: '<stdin>',
      describe: 'What to call standard input',
    },
  });
}

/** What yargs makes of the options of `baseline`. */
export interface BaselineArguments extends PolicyArguments, ReleaseChoice {
  readonly inputs: readonly string[];
  readonly baseline: string;
  readonly prune: boolean;
  readonly stdinFilename: string;
}

export function addInitOptions<T>(command: Argv<T>) {
  return command
    .positional('chart', { type: 'string', describe: 'Chart folder; default: this folder, or the only chart in it' })
    .options({ force: { type: 'boolean', default: false, describe: 'Write over the chartlint.yaml that is there' } });
}

/** What yargs makes of the options of `init`. */
export interface InitArguments {
  readonly chart?: string | undefined;
  readonly force: boolean;
}
