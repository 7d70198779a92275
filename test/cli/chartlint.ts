import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Report } from '../../src/report/json.ts';

export const ROOT = join(import.meta.dirname, '../..');
const EXECUTABLE = join(ROOT, 'dist/chartlint.cjs');

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Invocation {
  /** The repository by default. */
  readonly folder?: string;
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the built command line as a user would. `npm test` builds it first. */
export function chartlint(
  args: readonly string[],
  { folder = ROOT, input = '', environment = {} }: Invocation = {},
): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [EXECUTABLE, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  });
  return { status, stdout, stderr };
}

/** Runs with `--format json` and reads the report. */
export function chartlintJson(args: readonly string[], invocation?: Invocation): Outcome & { report: Report } {
  const outcome = chartlint(['--format', 'json', ...args], invocation);
  return { ...outcome, report: JSON.parse(outcome.stdout) as Report };
}

/** A folder with these files, gone after the test. A name that ends in `/` is an empty folder. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'chartlint-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
  return folder;
}
