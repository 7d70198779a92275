import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWhole } from '../../src/cli/write-whole.ts';
import { folderWith } from './chartlint.ts';

describe('writeWhole', () => {
  it('writes over a file, and leaves nothing else', () => {
    const folder = folderWith({ 'report.json': 'old' });
    writeWhole('report.json', 'new', folder);
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('leaves nothing where it cannot write', () => {
    const folder = folderWith({ 'report.json/': '' });
    expect(() => writeWhole('report.json', 'new', folder)).toThrow(/cannot be written to report\.json \(EISDIR\)/);
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('writes to the file that a link leads to', () => {
    const folder = folderWith({ 'there/report.json': 'old' });
    symlinkSync('there/report.json', join(folder, 'link.json'));
    writeWhole('link.json', 'new', folder);
    expect(lstatSync(join(folder, 'link.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'there/report.json'), 'utf8')).toBe('new');
  });

  it('writes to a pipe, and leaves it one', () => {
    const folder = folderWith({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n' });
    const executable = join(import.meta.dirname, '../../dist/chartlint.cjs');
    const command = 'mkfifo pipe; cat pipe > got & "$NODE" "$CHARTLINT" a.yaml --format json=pipe; wait';
    execFileSync('sh', ['-c', command], {
      cwd: folder,
      env: { ...process.env, NODE: process.execPath, CHARTLINT: executable },
    });
    expect(JSON.parse(readFileSync(join(folder, 'got'), 'utf8'))).toMatchObject({ version: 1 });
    expect(lstatSync(join(folder, 'pipe')).isFIFO()).toBe(true);
  });
});
