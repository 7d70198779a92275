import { lint } from '../engine/lint.ts';
import { loadInputs } from '../engine/inputs.ts';
import type { Result, RunError } from '../engine/result.ts';
import type { Policy } from '../policy/policy.ts';
import type { Registry } from '../rule/registry.ts';
import { nearMiss } from '../text/near-miss.ts';
import { choosePolicy } from './choose-policy.ts';
import type { LintArguments } from './options.ts';
import { UserError, wantsColor, widthOf, type Terminal } from './terminal.ts';
import { VERSION } from './version.generated.ts';
import { writeWhole } from './write-whole.ts';

/** `chartlint [inputs..]`: lints manifests and writes the reports. Returns the exit status. */
export async function runLint(args: LintArguments, terminal: Terminal, registry: Registry): Promise<number> {
  const reports = args.format.map(parseFormat);
  if (reports.filter(({ file }) => file === undefined).length > 1) {
    throw new UserError('Only one report can go to standard output. Write the others to files: --format json=report.json');
  }
  if (args.maxWarnings !== undefined && !(args.maxWarnings >= 0)) {
    throw new UserError('--max-warnings takes a number, such as 0.');
  }
  const inputs = [...new Set(args.inputs)];
  const loading = choosePolicy(args, inputs, terminal, registry);
  const stdin = inputs.includes('-') ? await terminal.readStdin() : new Uint8Array();
  const loaded = await loadInputs({
    inputs,
    readStdin: () => stdin,
    stdinFilename: args.stdinFilename,
    workingDirectory: terminal.workingDirectory,
    expandGlob: async (pattern) => {
      const { glob } = await import('tinyglobby');
      const files = await glob(pattern, { cwd: terminal.workingDirectory, ignore: ['**/node_modules/**', '**/.git/**'] });
      return files.toSorted();
    },
  });
  const { policy, errors } = await loading;
  const configErrors = errors.map(({ message, location }): RunError => ({ kind: 'config', message, location }));
  const result = await lint({
    loaded: { inputs: loaded.inputs, errors: [...configErrors, ...loaded.errors] },
    policy: selectChecks(policy ?? emptyPolicy(args), args, policy === undefined),
    namespace: args.namespace ?? policy?.release.namespace,
    allowEmpty: args.allowEmpty,
    today: terminal.now.toISOString().slice(0, 10),
  });
  for (const { format, file } of reports) {
    const report = await FORMATS[format](result, args, terminal, file !== undefined);
    if (file === undefined) terminal.writeOut(report);
    else writeWhole(file, report, terminal.workingDirectory);
  }
  return exitStatus(result, args);
}

type Format = keyof typeof FORMATS;

/** Each report is loaded only when it is asked for. */
const FORMATS = {
  async pretty(result: Result, { color, quiet, verbose }: LintArguments, terminal: Terminal, isFile: boolean): Promise<string> {
    const { reportPretty } = await import('../report/pretty.ts');
    const hasColor = wantsColor(color, isFile ? { ...terminal, isInteractive: false } : terminal);
    return reportPretty(result, { color: hasColor, width: widthOf(terminal), quiet: quiet === true, verbose: verbose === true });
  },
  async json(result: Result): Promise<string> {
    const { reportJson } = await import('../report/json.ts');
    return reportJson(result, VERSION);
  },
};

function parseFormat(text: string): { format: Format; file: string | undefined } {
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  const file = equals === -1 ? undefined : text.slice(equals + 1);
  if (file === '') throw new UserError(`--format ${text} names no file. Write it as ${name}=FILE.`);
  if (isFormat(name)) return { format: name, file };
  throw new UserError(`Unknown format ${name}. Expected one of: ${Object.keys(FORMATS).join(', ')}.`);
}

function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** Keeps the principles and rules that `--only` and `--skip` leave. */
function selectChecks(policy: Policy, { only = [], skip = [] }: LintArguments, isUnknown: boolean): Policy {
  if (only.length === 0 && skip.length === 0) return policy;
  const known = new Set(policy.principles.flatMap(({ id, checks }) => [id, ...checks.map(({ ruleId }) => ruleId)]));
  for (const id of isUnknown ? [] : [...only, ...skip]) {
    if (known.has(id)) continue;
    const meant = nearMiss(id, known);
    const hint = meant === undefined ? 'chartlint policy lists them.' : `Did you mean ${meant}?`;
    throw new UserError(`The policy ${policy.name} has no principle or rule ${id}. ${hint}`);
  }
  const isKept = (id: string, ruleId: string): boolean =>
    (only.length === 0 || only.includes(id) || only.includes(ruleId)) && !skip.includes(id) && !skip.includes(ruleId);
  const principles = policy.principles
    .map((principle) => ({ ...principle, checks: principle.checks.filter(({ ruleId }) => isKept(principle.id, ruleId)) }))
    .filter(({ checks }) => checks.length > 0);
  const kept = new Set(principles.flatMap(({ id, checks }) => [id, ...checks.map(({ ruleId }) => ruleId)]));
  const ignores = policy.ignores.filter(
    ({ principle, rule }) => (principle === undefined || kept.has(principle)) && (rule === undefined || kept.has(rule)),
  );
  return { ...policy, principles, ignores };
}

/** Stands in for a policy that could not be loaded, so that the inputs' own faults are still reported. */
function emptyPolicy({ config, policy }: LintArguments): Policy {
  const name = policy ?? config ?? 'chartlint.yaml';
  return { name, file: undefined, release: {}, environments: [], externals: [], podKinds: [], principles: [], ignores: [] };
}

const LEVELS = ['error', 'warning', 'info'] as const;

function exitStatus({ errors, summary }: Result, { failOn, maxWarnings }: LintArguments): number {
  if (errors.length > 0) return 2;
  if (maxWarnings !== undefined && summary.warnings > maxWarnings) return 1;
  const counting = failOn === 'never' ? [] : LEVELS.slice(0, LEVELS.indexOf(failOn) + 1);
  return counting.some((level) => summary[`${level}s`] > 0) ? 1 : 0;
}
