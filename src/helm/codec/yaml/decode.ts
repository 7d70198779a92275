import { byteLength } from '../../go/bytes.ts';
import { Composer } from './composer.ts';
import { findUnconvertible } from './convertible.ts';
import { Input } from './input.ts';
import type { Node } from './node.ts';
import { findUnreadable } from './readable.ts';
import { TokenReader } from './token-reader.ts';
import { YamlError } from './yaml-error.ts';

/** go-yaml reads so many bytes at a time, and looks at their characters before it makes tokens of them. */
const BLOCK = 512;

/**
 * The first document of a YAML text, as sigs.k8s.io/yaml 1.6 reads it on its way to JSON; undefined when it has no
 * content. Offsets are zero-based.
 * @throws YamlError with the text that follows Helm's `error converting YAML to JSON: `
 */
export function decodeYaml(text: string): Node | undefined {
  const unreadable = findUnreadable(text);
  if (unreadable === undefined) return decode(new Input(text));
  const input = new Input(text.slice(0, unreadable.range.start));
  // What stands in earlier blocks is complained of first, and a document that ends there is read.
  const isReached = (): boolean => blockOf(text, input.position + 4) >= blockOf(text, unreadable.range.start);
  try {
    const root = decode(input);
    if (isReached()) throw unreadable;
    return root;
  } catch (error) {
    throw error instanceof YamlError && isReached() ? unreadable : error;
  }
}

function decode(input: Input): Node | undefined {
  const composer = new Composer(new TokenReader(input));
  const root = composer.document();
  const fault = composer.fault ?? (root && composer.isSuspect ? findUnconvertible(root) : undefined);
  if (fault !== undefined) throw fault;
  return root;
}

function blockOf(text: string, offset: number): number {
  return Math.floor(byteLength(text.slice(0, offset)) / BLOCK);
}
