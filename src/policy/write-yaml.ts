import { Document, isCollection, isMap, isPair, isScalar, Scalar, visit, type Node, type Pair } from 'yaml';

/** What a policy file is made of. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** A collection that would end beyond it stands in several lines. */
const WIDTH = 110;
/** Not printable in YAML 1.1, or line breaks of it; `yaml` writes some of them as they are. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;
/** Strings are quoted that are no strings in YAML 1.2 or 1.1. What a value holds twice is written twice. */
const SETTINGS = { version: '1.2', compat: 'yaml-1.1', aliasDuplicateObjects: false } as const;

/** A document to write, every collection in several lines. */
export function makeYaml(value: object): Document {
  const document = new Document(value, SETTINGS);
  visit(document, {
    Scalar(_, scalar) {
      const { value: text } = scalar;
      if (typeof text === 'string' && text.search(UNPRINTABLE) !== -1) scalar.type = Scalar.QUOTE_DOUBLE;
    },
    Collection(_, collection) {
      // `{ a: b }` but `[a]`, as everywhere in chartlint's documentation; `yaml` has one setting for both.
      const flowCollectionPadding = isMap(collection) ? ' ' : '';
      const print = collection.toString.bind(collection);
      collection.toString = (context, ...rest) => print(context && { ...context, flowCollectionPadding }, ...rest);
    },
  });
  return document;
}

/** The text of a document. Long strings stay in one line: in several they are harder to read, and to search. */
export function printYaml(document: Document): string {
  const text = document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY });
  // Each of them is in double quotes.
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Lets the collections inside of one stand in one line each, as far as they fit.
 * @param column where its keys or dashes are, zero-based
 */
export function joinInside(node: unknown, column: number): void {
  if (!isCollection(node)) return;
  for (const item of node.items) {
    if (isPair(item)) joinValue(item, column);
    else if (isCollection(item)) join(item, column + 2, column + 2);
  }
}

/** Lets the value of a key stand in the key's line if it fits. */
export function joinValue({ key, value }: Pair, column: number): void {
  const name = isScalar(key) ? String(key.value) : '';
  if (isCollection(value)) join(value, column + name.length + 2, column + 2);
}

/** @param column where the node would begin in one line @param inner where its parts begin in several */
function join(node: Node & { flow?: boolean }, column: number, inner: number): void {
  node.flow = true;
  const alone = new Document(null, SETTINGS);
  alone.contents = node;
  if (column + printYaml(alone).trimEnd().length <= WIDTH) return;
  node.flow = false;
  joinInside(node, inner);
}

/** The entry of a mapping. */
export function pairOf(mapping: unknown, name: string): Pair<Scalar, unknown> {
  const pairs = isMap(mapping) ? mapping.items : [];
  for (const pair of pairs) if (hasName(pair, name)) return pair;
  throw new TypeError(`The mapping has no key ${name}.`);
}

function hasName(pair: Pair, name: string): pair is Pair<Scalar, unknown> {
  return isScalar(pair.key) && pair.key.value === name;
}

/** Puts lines of comment, and maybe an empty line, before an entry. */
export function commentOn({ key }: Pair<Scalar, unknown>, lines: readonly string[], { space = false } = {}): void {
  if (lines.length > 0) key.commentBefore = lines.map((line) => ` ${line}`).join('\n');
  key.spaceBefore = space;
}
