import { expect, it } from 'vitest';
import { versionSetMethod } from '../../../src/helm/prepare/capabilities.ts';
import { filesMethod, makeFiles } from '../../../src/helm/chart/files.ts';
import type { HelmFunction } from '../../../src/helm/value/function.ts';
import { Bytes, GoList, GoMap, type Value } from '../../../src/helm/value/value.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { chartOf } from './chart-files.ts';

const FILES = makeFiles(
  chartOf({ 'd/a.txt': 'a\nb\n', 'd/e/c.txt': 'c', 'b.bin': Uint8Array.of(0, 255, 107), 'empty.txt': '' }).files,
);

function run(method: HelmFunction | undefined, ...args: string[]): Value {
  if (method === undefined) throw new Error('There is no such method.');
  const call = { site: undefined, file: undefined, now: 0, include: fail, tpl: fail, randomBytes: fail };
  return method.call(
    call,
    args.map((argument) => new Tracked(argument)),
  ).value;
}

function fail(): never {
  throw new Error('Not to be called.');
}

function ask(name: string, ...args: string[]): Value {
  return run(filesMethod(FILES, name), ...args);
}

it('gives contents', () => {
  expect(ask('Get', 'd/a.txt')).toBe('a\nb\n');
  expect(ask('Get', 'b.bin')).toBe('\0\udcffk');
  expect(ask('Get', './d/a.txt')).toBe('');
  const found = ask('GetBytes', 'b.bin');
  expect(found instanceof Bytes ? [...found.bytes] : found).toEqual([0, 255, 107]);
  expect(ask('Lines', 'd/a.txt')).toEqual(new GoList(['a', 'b'], '[]string'));
  expect(ask('Lines', 'nope')).toEqual(new GoList([], '[]string'));
  expect(() => ask('Lines', 'empty.txt')).toThrow('runtime error: index out of range [-1]');
  expect(filesMethod(FILES, 'Nope')).toBeUndefined();
});

it('selects files', () => {
  const selected = ask('Glob', '**.txt');
  if (!(selected instanceof GoMap)) throw new Error('It is no map.');
  expect([selected.type, selected.keys()]).toEqual(['engine.files', ['d/a.txt', 'd/e/c.txt', 'empty.txt']]);
  expect(run(filesMethod(selected, 'AsConfig'))).toBe('a.txt: |\n  a\n  b\nc.txt: c\nempty.txt: ""');
  expect(run(filesMethod(selected, 'AsSecrets'))).toBe('a.txt: YQpiCg==\nc.txt: Yw==\nempty.txt: ""');
  expect(run(filesMethod(makeFiles([]), 'AsConfig'))).toBe('{}');
});

it('knows API versions', () => {
  const versions = new GoList(['v1', 'apps/v1'], 'common.VersionSet');
  expect(run(versionSetMethod(versions, 'Has'), 'apps/v1')).toBe(true);
  expect(run(versionSetMethod(versions, 'Has'), 'apps/v1/Deployment')).toBe(false);
});
