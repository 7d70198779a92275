import { join } from 'node:path';
import { startupSnapshot } from 'node:v8';
import { main } from '../src/cli/main.ts';
import { RULES } from '../src/engine/registry.generated.ts';
import { run } from './run.ts';

// The single executable. The state of V8 with the program loaded is in it, with the code of what has run by then. It is
// one file, so there are no threads.
const CHART = process.env['CHARTLINT_WARM_UP'];
if (!startupSnapshot.isBuildingSnapshot() || CHART === undefined) run(undefined);
else {
  startupSnapshot.setDeserializeMainFunction(() => run(undefined));
  warmUp(CHART).then(
    () => {},
    (error: unknown) => {
      process.exitCode = 1;
      throw error;
    },
  );
}

/** Lints what most users lint, and prints nothing. */
async function warmUp(chart: string): Promise<void> {
  const terminal = {
    workingDirectory: join(chart, '..'),
    environment: {},
    writeOut: () => {},
    writeError: () => {},
    showProgress: () => {},
    progressColumns: () => 80,
    readStdin: async () => new Uint8Array(),
    isInteractive: false,
    columns: undefined,
    now: new Date(),
  };
  const remove = addMissingMethods();
  for (const args of [[], ['--format', 'json'], ['--no-color', '--policy', 'recommended']]) {
    const status = await main([chart, ...args], terminal, RULES);
    if (status !== 0) throw new Error(`The chart to warm up with has findings: exit status ${status}.`);
  }
  remove();
}

/** Node builds a snapshot without the newest methods of V8, and adds them when it starts from one. */
function addMissingMethods(): () => void {
  const methods = {
    toSorted(this: unknown[], compare?: (a: unknown, b: unknown) => number) {
      return [...this].sort(compare);
    },
    toReversed(this: unknown[]) {
      // oxlint-disable-next-line unicorn/no-array-reverse -- toReversed is what is missing
      return [...this].reverse();
    },
    with(this: unknown[], index: number, value: unknown) {
      const copy = [...this];
      copy.splice(index, 1, value);
      return copy;
    },
    toSpliced(this: unknown[], start: number, count: number, ...added: unknown[]) {
      const copy = [...this];
      copy.splice(start, count, ...added);
      return copy;
    },
  };
  const missing = Object.entries(methods).filter(([name]) => !(name in Array.prototype));
  for (const [name, value] of missing) {
    // oxlint-disable-next-line eslint/no-extend-native -- as Node does itself, and only for the warm-up
    Object.defineProperty(Array.prototype, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name] of missing) Reflect.deleteProperty(Array.prototype, name);
  };
}
