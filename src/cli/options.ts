import type { Options } from 'yargs';
import { BASELINE_FILE_NAME } from '../engine/baseline/baseline.ts';

/** What a shell offers where the value of an option, or an input, is typed. */
export type Completion = 'file' | 'folder' | 'policy' | 'environment' | 'check' | 'nothing' | readonly string[];

/** One option, as yargs takes it, and what completes its value: files by default. */
export interface Option extends Options {
  readonly type?: 'string' | 'boolean';
  readonly completion?: Completion;
}

export const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html'] as const;

const RENDERING = 'Rendering:';
const POLICY = 'Policy:';
const RESULT = 'Filtering:';
const REPORT = 'Report:';

const TEXT = { type: 'string', requiresArg: true } as const;
const LIST = { ...TEXT, array: true } as const;

/** Where `file://` dependencies may be. */
const FOLDER_OPTIONS = {
  'deps-from': {
    ...LIST,
    group: RENDERING,
    describe: 'Folder outside the Git repository that file:// dependencies may be in; repeatable',
    completion: 'folder',
  },
} as const satisfies Record<string, Option>;

/** Where the dependencies of a chart come from that are not in its charts/. */
const DEPENDENCY_OPTIONS = {
  deps: {
    type: 'boolean',
    group: RENDERING,
    default: false,
    describe: 'Download dependencies that are not in charts/, into the cache of the user',
  },
  ...FOLDER_OPTIONS,
} as const satisfies Record<string, Option>;

/** What a chart is rendered with, as `helm template` takes it. */
const RELEASE_OPTIONS = {
  values: {
    ...LIST,
    alias: 'f',
    group: RENDERING,
    describe: 'Values file for one ad hoc environment, on top of values.yaml; repeatable',
  },
  set: {
    ...LIST,
    group: RENDERING,
    describe: 'Set values on the command line: KEY=VALUE; repeatable',
    completion: 'nothing',
  },
  'set-string': {
    ...LIST,
    group: RENDERING,
    describe: 'Set string values on the command line; repeatable',
    completion: 'nothing',
  },
  'set-json': {
    ...LIST,
    group: RENDERING,
    describe: 'Set JSON values on the command line; repeatable',
    completion: 'nothing',
  },
  'set-file': { ...LIST, group: RENDERING, describe: 'Set values from files: KEY=PATH; repeatable' },
  'set-literal': {
    ...LIST,
    group: RENDERING,
    describe: 'Set a literal string value on the command line; repeatable',
    completion: 'nothing',
  },
  namespace: {
    ...TEXT,
    alias: 'n',
    group: RENDERING,
    describe: 'Namespace of the release; default: that of the policy, else default',
    completion: 'nothing',
  },
  'release-name': {
    ...TEXT,
    group: RENDERING,
    describe: 'Name of the release; default: that of the policy, else release-name',
    completion: 'nothing',
  },
  'kube-version': {
    ...TEXT,
    group: RENDERING,
    describe: 'Kubernetes version for .Capabilities, such as 1.33.0; default: as in helm',
    completion: 'nothing',
  },
  'api-versions': {
    ...LIST,
    alias: 'a',
    group: RENDERING,
    describe: 'Additional API version for .Capabilities; repeatable',
    completion: 'nothing',
  },
  ...DEPENDENCY_OPTIONS,
  'include-crds': { type: 'boolean', group: RENDERING, default: false, describe: 'Include the CRDs of the chart' },
} as const satisfies Record<string, Option>;

/** Which environments of a chart to look at. */
const CHART_OPTIONS = {
  ...RELEASE_OPTIONS,
  env: {
    ...LIST,
    alias: 'e',
    group: RENDERING,
    describe: 'Use only this environment of the policy or of its values files; repeatable; default: all',
    completion: 'environment',
  },
} as const satisfies Record<string, Option>;

/** Which policy to use; shared by all commands that read one. */
export const POLICY_OPTIONS = {
  config: {
    ...TEXT,
    alias: 'c',
    group: POLICY,
    describe: "Policy file; default: chartlint.yaml in the input's folder or a parent folder, else recommended",
  },
  policy: {
    ...LIST,
    alias: 'p',
    conflicts: 'config',
    group: POLICY,
    describe:
      'Use this policy instead of chartlint.yaml: a built-in one (see chartlint policies), or a file; repeatable: later ones win',
    completion: 'policy',
  },
} as const satisfies Record<string, Option>;

const STDIN_FILE_NAME = {
  ...TEXT,
  default: '<stdin>',
  completion: 'nothing',
} as const satisfies Option;

const COLOR_OPTIONS = {
  color: { type: 'boolean', group: REPORT, describe: 'Color the report; default: only at a terminal' },
  'no-color': { type: 'boolean', group: REPORT, describe: 'Do not color the report' },
} as const satisfies Record<string, Option>;

/** What counts, and how it is reported. */
const REPORT_OPTIONS = {
  only: {
    ...LIST,
    group: RESULT,
    describe: 'Check only this principle or rule; repeatable',
    completion: 'check',
  },
  skip: { ...LIST, group: RESULT, describe: 'Skip this principle or rule; repeatable', completion: 'check' },
  'fail-on': {
    choices: ['error', 'warning', 'info', 'never'],
    default: 'error',
    group: RESULT,
    describe: 'Lowest severity that makes the exit status 1',
  },
  'max-warnings': {
    ...TEXT,
    group: RESULT,
    describe: 'Exit with status 1 if there are more warnings than this; default: no limit',
    completion: 'nothing',
  },
  baseline: { ...TEXT, group: RESULT, describe: 'Ignore findings listed in this file; default: that of the policy' },
  'allow-empty': {
    type: 'boolean',
    default: false,
    group: RESULT,
    describe: 'Do not fail when there is nothing to lint',
  },
  format: {
    ...LIST,
    default: ['pretty'],
    defaultDescription: 'pretty',
    group: REPORT,
    describe:
      'pretty, json, sarif, junit, github, gitlab, markdown or html; FORMAT=FILE writes it to a file; repeatable',
    completion: FORMATS,
  },
  quiet: { alias: 'q', type: 'boolean', group: REPORT, describe: 'Report errors only' },
  verbose: {
    alias: 'v',
    type: 'boolean',
    group: REPORT,
    describe: 'Also show suppressed findings and rendered lines',
  },
  'stdin-filename': {
    ...STDIN_FILE_NAME,
    group: REPORT,
    describe: 'File name to use for standard input in reports',
  },
  ...COLOR_OPTIONS,
} as const satisfies Record<string, Option>;

export const LINT_OPTIONS = {
  ...POLICY_OPTIONS,
  ...CHART_OPTIONS,
  ...REPORT_OPTIONS,
  'changed-since': {
    ...TEXT,
    describe: 'Lint only the charts and manifests that changed in Git since this commit, tag or branch',
    completion: 'nothing',
  },
  concurrency: {
    ...TEXT,
    default: 'auto',
    describe: 'Number of threads; auto: one per core, for long runs',
    completion: ['auto'],
  },
  // For .pre-commit-hooks.yaml: files that are not ours, or no longer exist, are left out.
  hook: { type: 'boolean', hidden: true },
} as const satisfies Record<string, Option>;

export const GATE_OPTIONS = {
  ...POLICY_OPTIONS,
  ...REPORT_OPTIONS,
  namespace: {
    ...TEXT,
    alias: 'n',
    describe: 'Namespace of the release; default: $HELM_NAMESPACE, else that of the policy',
    completion: 'nothing',
  },
} as const satisfies Record<string, Option>;

export const RENDER_OPTIONS = {
  ...RELEASE_OPTIONS,
  'show-only': {
    ...LIST,
    alias: 's',
    describe: 'Only show manifests rendered from these templates; repeatable',
  },
  'no-hooks': { type: 'boolean', describe: 'Skip hooks in the output' },
  'skip-tests': { type: 'boolean', describe: 'Skip tests in the output' },
  'is-upgrade': { type: 'boolean', describe: 'Set .Release.IsUpgrade instead of .Release.IsInstall' },
  'skip-schema-validation': { type: 'boolean', describe: 'Do not validate values against values.schema.json' },
  'source-map': { ...TEXT, describe: 'Write the origin of every line to this file' },
} as const satisfies Record<string, Option>;

export const TRACE_OPTIONS = {
  ...POLICY_OPTIONS,
  ...CHART_OPTIONS,
  ...COLOR_OPTIONS,
  format: {
    choices: ['pretty', 'json'],
    default: 'pretty',
    group: REPORT,
    describe: 'Output format',
  },
} as const satisfies Record<string, Option>;

export const BASELINE_OPTIONS = {
  ...POLICY_OPTIONS,
  ...CHART_OPTIONS,
  baseline: { ...TEXT, describe: `Baseline file to write; default: that of the policy, else ${BASELINE_FILE_NAME}` },
  prune: { type: 'boolean', default: false, describe: 'Only remove findings that are fixed; add none' },
  'stdin-filename': { ...STDIN_FILE_NAME, describe: 'File name to use for standard input' },
} as const satisfies Record<string, Option>;

/** Of what is printed as a list. */
export const LIST_OPTIONS = {
  format: { choices: ['pretty', 'json'], default: 'pretty', describe: 'Output format' },
} as const satisfies Record<string, Option>;

export const DEPS_OPTIONS: typeof FOLDER_OPTIONS = FOLDER_OPTIONS;

export const INIT_OPTIONS = {
  ...DEPENDENCY_OPTIONS,
  from: {
    ...TEXT,
    describe:
      'Take over the checks and exemptions of another linter: kube-linter, kube-score, polaris, checkov, trivy or pluto; LINTER=FILE names its configuration',
    completion: ['kube-linter', 'kube-score', 'polaris', 'checkov', 'trivy', 'pluto'],
  },
  force: { type: 'boolean', default: false, describe: 'Overwrite an existing chartlint.yaml' },
} as const satisfies Record<string, Option>;
