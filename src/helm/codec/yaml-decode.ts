import { YamlFault } from '../../yaml/fault.ts';
import { explainFault } from '../../yaml/explain-fault.ts';
import { Input } from '../../yaml/input.ts';
import type { Node } from '../../yaml/node.ts';
import { readFirstDocument } from '../../yaml/read-documents.ts';
import type { Reading } from '../../yaml/reading.ts';
import { findUnprintable } from '../../yaml/unprintable.ts';
import { byteLength } from '../value/bytes.ts';
import { LimitError } from '../value/limit-error.ts';
import { YamlError } from './yaml-error.ts';
import { describeFault } from './yaml-fault.ts';

/** Deeper than any values file, and far from the end of the stack. Helm goes on to 10,000. */
const MAX_DEPTH = 500;
const READING: Reading = { schema: 'kubernetes', isStrict: false, maxDepth: MAX_DEPTH };

/** go-yaml reads this many bytes at a time, and checks their characters before it makes tokens of them. */
const BLOCK = 512;

/**
 * The first document of a YAML text, as sigs.k8s.io/yaml 1.6 reads it on its way to JSON; undefined when it has no
 * content. Offsets are zero-based.
 * @throws YamlError with the text that follows Helm's `error converting YAML to JSON: `; LimitError
 */
export function decodeYaml(text: string): Node | undefined {
  const unprintable = findUnprintable(text);
  try {
    return unprintable === Infinity ? readFirstDocument(new Input(text), READING) : decodeBefore(text, unprintable);
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    if (error.problem === 'exceeded max depth') {
      throw new LimitError(`a YAML text is nested deeper than ${MAX_DEPTH} levels`);
    }
    const isAtEnd = text.slice(error.range.start).trim() === '';
    throw new YamlError(describeFault(error), error.range, explainFault(error, text, isAtEnd, READING));
  }
}

/** What is in earlier blocks is reported first, and a document that ends there is read. */
function decodeBefore(text: string, unprintable: number): Node | undefined {
  const input = new Input(text, 0, unprintable);
  const culprit = { text: text.slice(unprintable, unprintable + 4) };
  const fault = new YamlFault('control characters are not allowed', unprintable, unprintable + 1, culprit);
  const isReached = (): boolean => blockOf(text, input.position + 4) >= blockOf(text, unprintable);
  try {
    const root = readFirstDocument(input, READING);
    if (isReached()) throw fault;
    return root;
  } catch (error) {
    throw error instanceof YamlFault && isReached() ? fault : error;
  }
}

function blockOf(text: string, offset: number): number {
  return Math.floor(byteLength(text.slice(0, offset)) / BLOCK);
}
