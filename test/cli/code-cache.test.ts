import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chartlint, folderWith, ROOT, type Outcome } from './chartlint.ts';

const MANIFEST = 'fixtures/manifests/observer/prod.yaml';
const IS_ROOT = process.getuid?.() === 0;

function run(cache: string, ...args: readonly string[]): Outcome {
  return chartlint([...(args.length === 0 ? [MANIFEST, '--policy', 'observer'] : args)], {
    environment: { XDG_CACHE_HOME: cache },
  });
}

/** The folder of this build and this Node. */
function folderIn(cache: string): string {
  const [name = ''] = readdirSync(join(cache, 'chartlint'));
  return join(cache, 'chartlint', name);
}

function kept(cache: string): string[] {
  return readdirSync(folderIn(cache)).filter((name) => name.endsWith('.cjs'));
}

/** Whether a run takes the code that is kept: V8 says how it came to each script. */
function takesCode(cache: string): boolean {
  const program = `
    const vm = require('node:vm');
    const rejected = [];
    const { Script } = vm;
    vm.Script = class extends Script {
      constructor(text, options) { super(text, options); rejected.push(this.cachedDataRejected); }
    };
    process.argv = [process.argv[0], 'chartlint', ...process.argv.slice(1)];
    process.on('exit', () => console.error(JSON.stringify(rejected)));
    require(${JSON.stringify(join(ROOT, 'dist/chartlint.cjs'))});`;
  const { stderr } = spawnSync(process.execPath, ['-e', program, MANIFEST, '--policy', 'observer'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], XDG_CACHE_HOME: cache },
  });
  const rejected: unknown[] = JSON.parse(stderr);
  expect(rejected.length).toBeGreaterThan(1);
  return rejected.every((answer) => answer === false);
}

describe.skipIf(process.platform === 'win32' || process.platform === 'darwin')('the code that a run compiled', () => {
  it('is kept for the next one, which only its user can read or write', () => {
    const cache = join(folderWith({}), 'cache');
    const first = run(cache);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const folder = folderIn(cache);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(kept(cache)).toContain('main.cjs');
    expect(takesCode(cache)).toBe(true);
    expect(run(cache)).toEqual(first);
  });

  it('is that of the first runs of each kind, and of no run that failed', () => {
    const cache = join(folderWith({}), 'cache');
    expect(run(cache, 'missing.yaml').status).toBe(2);
    expect(existsSync(join(cache, 'chartlint'))).toBe(false);
    run(cache);
    const manifests = kept(cache);
    run(cache, 'fixtures/charts/observer');
    expect(kept(cache).length).toBeGreaterThan(manifests.length);
    run(cache);
    run(cache);
    const when = statSync(join(folderIn(cache), 'main.cjs')).mtimeMs;
    run(cache);
    expect(statSync(join(folderIn(cache), 'main.cjs')).mtimeMs).toBe(when);
  });

  it('is not taken where another user could have written it', () => {
    const cache = join(folderWith({}), 'cache');
    run(cache);
    const folder = folderIn(cache);
    expect(takesCode(cache)).toBe(true);
    chmodSync(folder, 0o777);
    expect(takesCode(cache)).toBe(false);
    chmodSync(folder, 0o700);
    for (const name of kept(cache)) chmodSync(join(folder, name), 0o666);
    expect(takesCode(cache)).toBe(false);
    for (const name of kept(cache)) chmodSync(join(folder, name), 0o600);
    expect(takesCode(cache)).toBe(true);
    const elsewhere = join(folderWith({}), 'cache');
    mkdirSync(join(elsewhere, 'chartlint'), { recursive: true });
    symlinkSync(folder, join(elsewhere, 'chartlint', folder.replace(/.*\//, '')));
    expect(takesCode(elsewhere)).toBe(false);
  });

  it.skipIf(!IS_ROOT)('is not taken from another user, nor left in the home of one (skipped without root)', () => {
    const cache = join(folderWith({}), 'cache');
    run(cache);
    for (const name of ['', ...readdirSync(folderIn(cache))]) {
      spawnSync('chown', ['65534', join(folderIn(cache), name)]);
    }
    expect(takesCode(cache)).toBe(false);
    const home = folderWith({});
    spawnSync('chown', ['65534', home]);
    expect(run(join(home, '.cache')).status).toBe(0);
    expect(readdirSync(home)).toEqual([]);
  });

  it('is not missed where it cannot be kept, or is cut short', () => {
    const folder = folderWith({ 'a-file': '' });
    const outcome = run(join(folder, 'a-file/cache'));
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    const cache = join(folder, 'cache');
    run(cache);
    for (const name of kept(cache)) {
      const file = join(folderIn(cache), name);
      writeFileSync(file, readFileSync(file).subarray(0, 100));
    }
    expect(run(cache)).toEqual(outcome);
    const off = chartlint([MANIFEST, '--policy', 'observer'], {
      environment: { XDG_CACHE_HOME: join(folder, 'off'), NODE_DISABLE_COMPILE_CACHE: '1' },
    });
    expect(off).toEqual(outcome);
    expect(existsSync(join(folder, 'off'))).toBe(false);
  });
});
