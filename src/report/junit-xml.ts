import { printable } from '../text/printable.ts';

/** A finished element, so that no text is taken for one. */
export class XmlElement {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An XML 1.0 element; attributes without a value are left out.
 * @param content text, or elements, each of which gets a line of its own
 */
export function element(
  name: string,
  attributes: Attributes,
  content: string | readonly XmlElement[] = '',
): XmlElement {
  const list = Object.entries(attributes)
    .map(([key, value]) =>
      value === undefined ? '' : ` ${key}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`,
    )
    .join('');
  const body = typeof content === 'string' ? escapeXml(content) : content.map((child) => `\n${child}`).join('');
  if (body === '') return new XmlElement(`<${name}${list}/>`);
  return new XmlElement(`<${name}${list}>${body}${typeof content === 'string' ? '' : '\n'}</${name}>`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no way to write control characters and U+FFFE and U+FFFF (2.2), so they are shown as `\u001b`. */
function escapeXml(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map(printable)
    .join('\n')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
