import { FunctionError, plain, type HelmFunction } from '../value/function.ts';
import { fromBytes } from '../value/bytes.ts';
import { compileGlob } from '../go/glob.ts';
import { Bytes, GoList, GoMap } from '../value/value.ts';
import { Tracked } from '../value/tracked.ts';
import { CodecError } from '../codec/codec-error.ts';
import { emitYaml } from '../codec/yaml-emit.ts';
import type { ChartFile } from './chart-file.ts';

/** `.Files`: the contents by name. */
export function makeFiles(files: readonly ChartFile[]): GoMap {
  return GoMap.from(
    files.map((file) => [file.name, new Bytes(() => file.data)]),
    'engine.files',
  );
}

/** The methods of `.Files` and of what its `Glob` gives; undefined for any other name. */
export function filesMethod(files: GoMap, name: string): HelmFunction | undefined {
  switch (name) {
    case 'Get':
      return plain(['string'], (path) => fromBytes(bytesOf(files, path)));
    case 'GetBytes':
      return plain(['string'], (path) => new Bytes(bytesOf(files, path)));
    case 'Glob':
      return plain(['string'], (pattern) => selectFiles(files, pattern));
    case 'Lines':
      return plain(['string'], (path) => linesOf(files, path));
    case 'AsConfig':
      return plain([], () => flatten(files, fromBytes));
    case 'AsSecrets':
      return plain([], () => flatten(files, (bytes) => Buffer.from(bytes).toString('base64')));
    default:
      return undefined;
  }
}

function bytesOf(files: GoMap, path: string): Uint8Array {
  const value = files.get(path);
  return value instanceof Bytes ? value.bytes : new Uint8Array();
}

function selectFiles(files: GoMap, pattern: string): GoMap {
  const glob = compileGlob(pattern);
  const selected = files.keys().filter((name) => glob(name));
  return GoMap.from(
    selected.map((name) => [name, files.get(name)]),
    'engine.files',
  );
}

function linesOf(files: GoMap, path: string): GoList {
  if (!files.has(path)) return new GoList([], '[]string');
  const text = fromBytes(bytesOf(files, path));
  if (text === '') throw new FunctionError('runtime error: index out of range [-1]');
  return new GoList((text.endsWith('\n') ? text.slice(0, -1) : text).split('\n'), '[]string');
}

/** By the last part of the name; of two files with one name Helm takes either, here it is the later. */
function flatten(files: GoMap, encode: (bytes: Uint8Array) => string): string {
  const contents = files.keys().map((path): [string, string] => {
    return [path.slice(path.lastIndexOf('/') + 1), encode(bytesOf(files, path))];
  });
  try {
    return emitYaml(new Tracked(GoMap.from(contents, 'map[string]string'))).value.replace(/\n$/, '');
  } catch (error) {
    if (error instanceof CodecError) return '';
    throw error;
  }
}
