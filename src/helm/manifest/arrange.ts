import { posix } from 'node:path';
import { compareBytes } from '../value/bytes.ts';
import type { Range } from '../../text/source.ts';
import { readHead, type Head } from './head.ts';
import { readHook } from './hooks.ts';
import { compareKinds } from './install-order.ts';
import { splitManifests } from './split-manifests.ts';
import { trimSpace } from '../go/trim-space.ts';

/** What a template printed. */
export interface RenderedFile {
  /** As `# Source:` names it: `chart/templates/x.yaml`. */
  readonly path: string;
  readonly text: string;
}

export interface ArrangeOptions {
  /** `--no-hooks`. */
  readonly noHooks: boolean;
  /** `--skip-tests`. */
  readonly skipTests: boolean;
}

/** One document: a range of the text that its template printed. */
export interface Manifest extends Range {
  readonly path: string;
  readonly head: Head;
  readonly isHook: boolean;
}

export interface ArrangedManifests {
  /** In the order in which Helm prints them: first what is not a hook. */
  readonly manifests: readonly Manifest[];
  /** What Helm would print to standard error. */
  readonly warnings: readonly string[];
}

/**
 * Splits what templates printed into documents, and sorts these as `helm template` does. Notes, partials and files of
 * white space have none.
 * @throws ManifestError for a document whose head cannot be read
 */
export function arrangeManifests(files: readonly RenderedFile[], options: ArrangeOptions): ArrangedManifests {
  const generic: Manifest[] = [];
  const hooks: Manifest[] = [];
  const warnings: string[] = [];
  for (const { path, text } of [...files].sort((a, b) => compareBytes(a.path, b.path))) {
    if (isNotes(path) || posix.basename(path).startsWith('_')) continue;
    const { start, end } = trimSpace(text);
    if (start === end) continue;
    for (const range of splitManifests(text)) {
      const head = readHead(path, text, range);
      const hook = readHook(head.annotations);
      const manifest = { ...range, path, head, isHook: hook.kind === 'hook' };
      if (hook.kind === 'none') generic.push(manifest);
      else if (hook.kind === 'unknown') warnings.push(`skipping unknown hooks hookTypes=${hook.events}`);
      else if (!options.noHooks && !(options.skipTests && hook.isTest)) hooks.push(manifest);
    }
  }
  const byKind = (a: Manifest, b: Manifest): number => compareKinds(a.head.kind, b.head.kind);
  return { manifests: [...generic.sort(byKind), ...hooks.sort(byKind)], warnings };
}

/** Helm executes notes, but prints them never: every path that ends so. */
function isNotes(path: string): boolean {
  return path.endsWith('NOTES.txt');
}
