/** What a policy file is made of. */
export type PolicyNode = string | number | boolean | readonly PolicyNode[] | { readonly [key: string]: PolicyNode };

const WIDTH = 110;
/** Nothing that YAML reads as something else, in any of its versions. */
const PLAIN = /^[A-Za-z_/](?:[A-Za-z0-9_./ -]*[A-Za-z0-9_./-])?$/;
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/** A node in one line. */
export function inFlow(node: PolicyNode): string {
  if (typeof node === 'string') return quote(node);
  if (typeof node !== 'object') return String(node);
  if (isList(node)) return `[${node.map(inFlow).join(', ')}]`;
  const entries = Object.entries(node).map(([key, value]) => `${quote(key)}: ${inFlow(value)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A key with its value, in one line if it fits. */
export function entry(key: string, value: PolicyNode, indent: number): string[] {
  const pad = ' '.repeat(indent);
  const line = `${pad}${quote(key)}: ${inFlow(value)}`;
  if (typeof value !== 'object' || line.length <= WIDTH) return [line];
  return [`${pad}${quote(key)}:`, ...inBlock(value, indent + 2)];
}

function inBlock(node: readonly PolicyNode[] | { readonly [key: string]: PolicyNode }, indent: number): string[] {
  if (!isList(node)) return Object.entries(node).flatMap(([key, value]) => entry(key, value, indent));
  return node.flatMap((item) => listItem(item, indent));
}

/** An item of a list, in one line if it fits. */
export function listItem(item: PolicyNode, indent: number): string[] {
  const pad = ' '.repeat(indent);
  const line = `${pad}- ${inFlow(item)}`;
  if (typeof item !== 'object' || line.length <= WIDTH) return [line];
  const [first = '', ...rest] = inBlock(item, indent + 2);
  return [`${pad}- ${first.trimStart()}`, ...rest];
}

function quote(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  // What JSON writes, YAML reads.
  return JSON.stringify(text).replace(UNPRINTABLE, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** `Array.isArray` does not know lists that are readonly. */
function isList(node: object): node is readonly PolicyNode[] {
  return Array.isArray(node);
}
