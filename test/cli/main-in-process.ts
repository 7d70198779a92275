import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { RULES } from '../../src/engine/registry.generated.ts';
import type { Rules } from '../../src/rule/rule.ts';
import type { Outcome } from './chartlint.ts';

/** Runs the command line without a process of its own, which is faster and lets the test choose the day. */
export async function runMain(
  argv: readonly string[],
  workingDirectory: string,
  terminal: Partial<Terminal> = {},
  rules: Rules = RULES,
): Promise<Outcome & { status: number }> {
  let stdout = '';
  let stderr = '';
  const status = await main(
    argv,
    {
      workingDirectory,
      environment: {},
      writeOut: (text) => (stdout += text),
      writeError: (text) => (stderr += text),
      showProgress: () => {},
      progressColumns: () => 80,
      readStdin: async () => new Uint8Array(),
      isInteractive: false,
      columns: undefined,
      now: new Date('2026-05-01T12:00:00Z'),
      ...terminal,
    },
    rules,
  );
  return { status, stdout, stderr };
}

/** An empty folder for all tests of a `describe`, gone after them. */
export function keepFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chartlint-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
