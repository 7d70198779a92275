import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Progress } from '../../src/cli/progress.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { folderWith, ROOT } from './chartlint.ts';

const EXECUTABLE = join(ROOT, 'dist/chartlint.cjs');
const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\ndata:\n  PORT: 8000\n';
const LIMIT = 20_000;

/** More than fits into a small heap. */
const LARGE = Array.from({ length: 40_000 }, (_, index) => `---\n${MANIFEST.replace('good', `g${index}`)}`).join('');
const LIST = 'a:\n' + Array.from({ length: 300_000 }, (_, index) => `- { key: value${index} }\n`).join('');

describe('out of memory', () => {
  it.each([
    ['many objects', { 'a.yaml': LARGE }, ['a.yaml']],
    ['one large object', { 'a.yaml': `${MANIFEST}${LIST}` }, ['a.yaml']],
    [
      'a chart',
      {
        'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 0.1.0\n',
        'c/templates/c.yaml': `${MANIFEST}{{ range $i := until 100000 }}  k{{ $i }}: {{ $i | quote }}\n{{ end }}`,
      },
      ['c'],
    ],
  ])('ends with a message and status 2: %s', (_name, files, args) => {
    const { status, stderr } = spawnSync(process.execPath, ['--max-old-space-size=48', EXECUTABLE, ...args], {
      cwd: folderWith(files),
      encoding: 'utf8',
      timeout: LIMIT,
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'chartlint: Not enough memory. Lint less at once, or give Node more: NODE_OPTIONS=--max-old-space-size=8192 (in megabytes).\n',
    });
  });
});

/** Renders for some seconds without a pause. */
const BUSY = '{{ range until 100000 }}{{ $x := sha256sum (repeat 100 "x") }}{{ end }}';

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends a long rendering at once: %s', async (signal) => {
    const templates = Array.from({ length: 20 }, (_, index) => [`c/templates/a${index}.yaml`, BUSY]);
    const folder = folderWith({
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 0.1.0\n',
      ...Object.fromEntries(templates),
    });
    const child = spawn(process.execPath, [EXECUTABLE, 'c', '--format', 'json=report.json'], { cwd: folder });
    const ended = new Promise((resolve) => child.on('exit', (code, by) => resolve(by ?? code)));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const start = performance.now();
    expect(child.exitCode).toBeNull();
    child.kill(signal);
    expect(await ended).toBe(signal);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(readdirSync(folder)).toEqual(['c']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves no half report: %s', async (signal) => {
    const folder = folderWith({ 'a.yaml': LARGE });
    const child = spawn(process.execPath, [EXECUTABLE, 'a.yaml', '--format', 'json=report.json'], { cwd: folder });
    const ended = new Promise((resolve) => child.on('exit', (code, by) => resolve(by ?? code)));
    setTimeout(() => child.kill(signal), 400);
    expect([signal, signal === 'SIGINT' ? 130 : 143]).toContain(await ended);
    expect(readdirSync(folder)).toEqual(['a.yaml']);
  });

  it('is left to the system while there is work, and the line of progress is cleared at the end', async () => {
    const shown: string[] = [];
    const terminal: Terminal = {
      workingDirectory: '/',
      environment: {},
      writeOut: () => {},
      writeError: () => {},
      showProgress: (text) => void shown.push(text),
      progressColumns: () => 80,
      readStdin: async () => new Uint8Array(),
      isInteractive: true,
      columns: 80,
      now: new Date(),
    };
    const before = process.listenerCount('SIGINT');
    const progress = new Progress(terminal);
    progress.report('too early');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(process.listenerCount('SIGINT')).toBe(before);
    progress.report('reading');
    expect(process.listenerCount('SIGINT')).toBe(before);
    progress.end();
    expect(shown).toEqual(['reading', '']);
  });
});

describe('an output that is no file', () => {
  const lint = (line: string, folder: string) =>
    spawnSync('bash', ['-c', `"$0" "$1" a.yaml ${line}`, process.execPath, EXECUTABLE], {
      cwd: folder,
      encoding: 'utf8',
      timeout: LIMIT,
    });

  it('is refused when it is a pipe that nobody reads', () => {
    const folder = folderWith({ 'a.yaml': MANIFEST });
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')]);
    const { status, stderr } = lint('--format json=pipe', folder);
    expect(status).toBe(2);
    expect(stderr).toBe(
      'chartlint: The output cannot be written to pipe: it is a pipe that nobody reads. Specify a file.\n',
    );
  });

  it('is refused when it is full or a folder', () => {
    const folder = folderWith({ 'a.yaml': MANIFEST, 'folder/': '' });
    expect(lint('--format json=/dev/full', folder)).toMatchObject({ status: 2 });
    expect(lint('--format json=folder', folder)).toMatchObject({ status: 2 });
  });

  it('is written to when it is a process, standard output or /dev/null', () => {
    const folder = folderWith({ 'a.yaml': MANIFEST });
    expect(lint('--format json=>(cat >&2) --quiet; sleep 0.3', folder).stderr).toContain('"name": "chartlint"');
    expect(lint('--format json=/dev/stdout', folder).stdout).toContain('"name": "chartlint"');
    expect(lint('--format json=/dev/null', folder)).toMatchObject({ status: 1, stderr: '' });
    expect(lint('--format json=/dev/stdout > out.json; cat out.json', folder).stdout).toContain('"name": "chartlint"');
  });
});
