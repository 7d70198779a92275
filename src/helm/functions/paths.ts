import type { Tracked } from '../value/tracked.ts';
import { mixed } from '../value/tracked.ts';
import { type HelmFunction, plain, traced, type TrackedParameter } from '../value/function.ts';
import { influencedSlice } from './influence.ts';
import { Taint } from '../value/origin.ts';

type Text = TrackedParameter<'string'>;

const base = traced(['string'], (_call, text) => {
  const { value } = text;
  let end = value.length;
  while (end > 1 && value[end - 1] === '/') end--;
  if (value === '' || value.slice(0, end) === '/') return mixed(value === '' ? '.' : '/', text.taint);
  return influencedSlice(text, value.lastIndexOf('/', end - 1) + 1, end, Taint.none);
});

const dir = traced(['string'], (_call, text) =>
  sliceOfPath(text, cleanPath(text.value.slice(0, text.value.lastIndexOf('/') + 1))),
);

const clean = traced(['string'], (_call, text) => sliceOfPath(text, cleanPath(text.value)));

const ext = traced(['string'], (_call, text) => {
  const dot = text.value.lastIndexOf('.');
  const start = dot > text.value.lastIndexOf('/') ? dot : text.value.length;
  return influencedSlice(text, start, text.value.length, Taint.none);
});

const isAbs = plain(['string'], (text) => text.startsWith('/'));

/** Sprig's functions over paths. Helm's binary for Linux is the model, so those for files (`osBase`) are the same. */
export const pathFunctions: Readonly<Record<string, HelmFunction>> = {
  base,
  dir,
  clean,
  ext,
  isAbs,
  osBase: base,
  osDir: dir,
  osClean: clean,
  osExt: ext,
  osIsAbs: isAbs,
};

/** A path that is mostly the beginning of the one it was made of. */
function sliceOfPath(text: Text, path: string): Tracked<string> {
  return path !== '' && text.value.startsWith(path)
    ? influencedSlice(text, 0, path.length, Taint.none)
    : mixed(path, text.taint);
}

/** The shortest path that means the same: Go's `path.Clean`. */
function cleanPath(path: string): string {
  const isRooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isRooted) parts.push('..');
  }
  const joined = parts.join('/');
  return isRooted ? `/${joined}` : joined === '' ? '.' : joined;
}
