import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWhole } from '../../src/cli/write-whole.ts';
import { folderWith } from './chartlint.ts';

describe('writeWhole', () => {
  it('puts a new file or another text in the place of an old one, and leaves no draft', () => {
    const folder = folderWith({ 'old.json': 'old' });
    writeWhole('old.json', 'new', folder);
    writeWhole('other.json', 'other', folder);
    expect(readdirSync(folder)).toEqual(['old.json', 'other.json']);
    expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('new');
  });

  it('writes what a link leads to, and the link stays', () => {
    const folder = folderWith({ 'real/report.json': 'old' });
    symlinkSync('real/report.json', join(folder, 'link.json'));
    writeWhole('link.json', 'new', folder);
    expect(readFileSync(join(folder, 'real/report.json'), 'utf8')).toBe('new');
  });

  it('writes into a pipe, and does not replace it', () => {
    const folder = folderWith({});
    const pipe = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    // Open at both ends, so that nobody waits for the other one.
    const ends = openSync(pipe, 'r+');
    writeWhole('pipe', 'new', folder);
    const bytes = Buffer.alloc(3);
    readSync(ends, bytes);
    closeSync(ends);
    expect(bytes.toString()).toBe('new');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  it('says so when it cannot', () => {
    const folder = folderWith({ file: '' });
    mkdirSync(join(folder, 'folder'));
    for (const [name, code] of [
      ['missing/x', 'ENOENT'],
      ['file/x', 'ENOTDIR'],
      ['folder', 'EISDIR'],
    ] as const) {
      expect(() => writeWhole(name, 'text', folder)).toThrow(`The output cannot be written to ${name} (${code}).`);
    }
    expect(readdirSync(folder)).toEqual(['file', 'folder']);
  });
});
