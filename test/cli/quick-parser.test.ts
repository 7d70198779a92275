import fc from 'fast-check';
import { expect, it } from 'vitest';
import { COMMAND_NAMES, COMMANDS, type Command, type CommandLine } from '../../src/cli/commands.ts';
import { parseQuickly } from '../../src/cli/quick-parser.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { withoutSeparator } from '../../src/cli/usage.ts';
import { parseWithYargs } from '../../src/cli/yargs-parser.ts';
import { UserError } from '../../src/engine/user-error.ts';

const TERMINAL: Terminal = {
  workingDirectory: import.meta.dirname,
  environment: {},
  writeOut: () => {},
  writeError: () => {},
  showProgress: () => {},
  progressColumns: () => 80,
  readStdin: async () => new Uint8Array(),
  isInteractive: false,
  columns: 80,
  now: new Date(0),
};

/** A text for what is only printed, and for what is refused. */
async function parseSlowly(words: readonly string[]): Promise<CommandLine | string> {
  try {
    return await parseWithYargs(words, TERMINAL);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

const tables = COMMAND_NAMES.map((name): Command => COMMANDS[name]);
const optionWords = [
  ...new Set(
    tables.flatMap(({ options }) =>
      Object.entries(options).flatMap(([name, { alias }]) =>
        alias === undefined ? [`--${name}`] : [`--${name}`, `-${String(alias)}`],
      ),
    ),
  ),
];
const values = fc.oneof(
  fc.constantFrom('a.yaml', 'prod', 'json', 'error', 'auto', 'k=v', 'k={a,b}', 'json=out.json', 'charts/a', '.'),
  fc.constantFrom(
    '',
    '-',
    '--',
    'true',
    'false',
    '0',
    '-1',
    '007',
    '1e3',
    '0x10',
    'null',
    "'a'",
    '"b',
    'a b',
    'ü',
    '*',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'a.b',
    'a.b=c',
    '$0',
    '_',
    '[]',
    '{}',
    ' x',
    'x\ny',
    '!',
    '=',
    'a=',
    '=a',
  ),
  fc.string({ maxLength: 4 }),
);
const word = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...optionWords), values) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...optionWords)) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...optionWords), values).map(([option, value]) => [`${option}=${value}`]),
  },
  { weight: 3, arbitrary: fc.tuple(values) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['--help', '--version', '-h', '--failOn', '--no-quiet', '-qv', '-fa', '--x', '---', '-q=true', 'help'].map(
        (odd) => [odd],
      ),
      ...COMMAND_NAMES.map((name) => [name]),
    ),
  },
);
const line = fc
  .tuple(fc.option(fc.constantFrom(...COMMAND_NAMES), { nil: undefined }), fc.array(word, { maxLength: 5 }))
  .map(([command, words]) => [...(command === undefined ? [] : [command]), ...words.flat()]);

it('reads what yargs reads, or leaves it to yargs', async () => {
  let quick = 0;
  await fc.assert(
    fc.asyncProperty(line, async (argv) => {
      const words = withoutSeparator(argv);
      const parsed = parseQuickly(words);
      if (parsed === undefined) return;
      quick += 1;
      expect(parsed).toEqual(await parseSlowly(words));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 400) },
  );
  expect(quick).toBeGreaterThan(30);
});

it.each([
  ['a.yaml'],
  ['lint', 'charts/app', '-e', 'prod', '--env', 'dev', '--format', 'json=r.json', '--format=pretty', '--no-color'],
  ['-p', 'observer', '-', '--quiet', '--only', 'a', '--set', 'a.b=c,d=e', '-f', 'v.yaml', '--fail-on', 'never'],
  ['render', 'name', 'chart', '-s', 'templates/a.yaml', '--include-crds', '--kube-version=1.33.0', '-a', 'v1'],
  ['trace', 'chart', 'a.b', '--format', 'json'],
  ['baseline', 'charts', '--prune'],
  ['gate', '-n', 'ns', '--policy', 'a', '--policy', 'b'],
  ['--hook', 'charts/a/values.yaml', 'charts/a/Chart.yaml'],
  ['init'],
  ['rules'],
  ['rules', '--format', 'json'],
  ['policies'],
  ['policy', '-c', 'chartlint.yaml'],
  ['explain', 'pvc-names'],
  ['completion', 'zsh'],
  ['--', '-x.yaml', 'render', '-'],
])('reads %s … without yargs', async (...argv) => {
  const words = withoutSeparator(argv);
  const parsed = parseQuickly(words);
  expect(parsed).toBeDefined();
  expect(parsed).toEqual(await parseSlowly(words));
});

it.each([
  ['trace'],
  ['trace', 'a', 'b', 'c'],
  ['--fail-on', 'nothing'],
  ['--config', 'a', '--policy', 'b'],
  ['--quiet', 'true'],
  ['--env'],
  ['--env', '--quiet'],
  ['--qiet'],
  ['x', 'render'],
])('leaves %s … to yargs', (...argv) => {
  expect(parseQuickly(argv)).toBeUndefined();
});
