import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarStyle } from 'js-yaml';
import type { Range } from '../text/source.ts';
import { YamlFault } from './fault.ts';
import type { Entry, MappingNode, Node, ScalarNode, SequenceNode } from './node.ts';
import { formatKey, resolvePlainScalar, resolveTaggedScalar, type ScalarSchema } from './scalar.ts';

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
type CollectionEvent = Extract<Event, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>;

interface MappingFrame {
  readonly kind: 'mapping';
  readonly start: number;
  readonly anchor: string | undefined;
  readonly isFlow: boolean;
  readonly entries: Entry[];
  /** Made when the mapping grows: few keys are compared faster than hashed. */
  keys: Map<string, number> | undefined;
  /** Keys whose entries came through a merge key. */
  merged: Set<string> | undefined;
  keyNode: ScalarNode | undefined;
  isMergeKey: boolean;
  size: number;
}

interface SequenceFrame {
  readonly kind: 'sequence';
  readonly start: number;
  readonly anchor: string | undefined;
  readonly isFlow: boolean;
  readonly items: Node[];
  size: number;
}

type Frame = MappingFrame | SequenceFrame;

const NO_OFFSET = -1;
const FEW_KEYS = 32;
const MANY_KEYS = 10_000;
/** go-yaml's guard against alias bombs looks away below this many nodes (`decode.go`, `allowedAliasRatio`). */
const SMALL_DOCUMENT = 400_000;

/**
 * Turns parser events into node trees, one per document; undefined stands for a document without content.
 * @param text the text that the events' offsets point into
 * @param base the offset of that text in its source
 * @param keys the words that were keys before; grows
 * @throws YamlFault for duplicate keys, unknown tags, undefined aliases and the like
 */
export function composeDocuments(
  text: string,
  base: number,
  events: readonly Event[],
  schema: ScalarSchema,
  keys: Map<string, string>,
): (Node | undefined)[] {
  return new Composer(text, base, events, schema, keys).documents();
}

class Composer {
  readonly #text: string;
  readonly #base: number;
  readonly #events: readonly Event[];
  readonly #schema: ScalarSchema;
  readonly #keys: Map<string, string>;
  readonly #frames: Frame[] = [];
  #anchors = new Map<string, { node: Node; size: number }>();
  #openAnchors = new Set<string>();
  #tagPrefixes = new Map<string, string>();
  #root: Node | undefined;
  /** Nodes written, and nodes that aliases stand for. */
  #written = 0;
  #aliased = 0;
  /** Offset behind the last token: where an empty value would stand. */
  #lastEnd = 0;

  constructor(text: string, base: number, events: readonly Event[], schema: ScalarSchema, keys: Map<string, string>) {
    this.#keys = keys;
    this.#text = text;
    this.#base = base;
    this.#events = events;
    this.#schema = schema;
  }

  documents(): (Node | undefined)[] {
    const roots: (Node | undefined)[] = [];
    for (const event of this.#events) {
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          this.#startDocument(event.directives);
          break;
        case EVENT_ID.SCALAR:
          this.#scalar(event);
          break;
        case EVENT_ID.MAPPING:
          this.#startMapping(event);
          break;
        case EVENT_ID.SEQUENCE:
          this.#startSequence(event);
          break;
        case EVENT_ID.ALIAS:
          this.#alias(event.anchorStart, event.anchorEnd);
          break;
        case EVENT_ID.POP: {
          const frame = this.#frames.pop();
          if (frame === undefined) {
            roots.push(this.#root);
            this.#root = undefined;
          } else if (frame.kind === 'mapping') this.#endMapping(frame);
          else this.#endSequence(frame);
          break;
        }
      }
    }
    return roots;
  }

  #startDocument(directives: readonly { kind: string; handle?: string; prefix?: string }[]): void {
    this.#anchors = new Map();
    this.#openAnchors = new Set();
    this.#tagPrefixes = new Map();
    this.#written = 0;
    this.#aliased = 0;
    for (const { handle, prefix } of directives) {
      if (handle !== undefined && prefix !== undefined) this.#tagPrefixes.set(handle, prefix);
    }
  }

  #scalar(event: ScalarEvent): void {
    const isEmpty = event.valueStart === NO_OFFSET;
    const text = isEmpty ? '' : getScalarValue(this.#text, event);
    const { start, end } = isEmpty
      ? { start: this.#lastEnd, end: this.#lastEnd }
      : tokenRange(this.#text, event.valueStart, event.valueEnd, event.style);
    const frame = this.#frames[this.#frames.length - 1];
    // A document of nothing but comments.
    if (isEmpty && frame === undefined && event.tagStart === NO_OFFSET && event.anchorStart === NO_OFFSET) return;
    this.#lastEnd = end;
    const value = this.#resolve(event, text);
    const node: ScalarNode = {
      kind: 'scalar',
      start: this.#base + start,
      end: this.#base + end,
      value,
      style: styleOf(event.style),
    };
    if (frame?.kind === 'mapping' && frame.keyNode === undefined) {
      frame.isMergeKey =
        text === '<<' && (event.tagStart === NO_OFFSET ? node.style === 'plain' : this.#isMerge(event));
    }
    if (event.anchorStart !== NO_OFFSET) this.#anchors.set(this.#nameAt(event), { node, size: 1 });
    this.#add(node, 1);
  }

  #isMerge({ tagStart, tagEnd }: ScalarEvent): boolean {
    return this.#tagName(tagStart, tagEnd) === 'tag:yaml.org,2002:merge';
  }

  #resolve(event: ScalarEvent, text: string): ScalarNode['value'] {
    if (event.tagStart === NO_OFFSET) {
      return event.style === SCALAR_STYLE.PLAIN ? resolvePlainScalar(text, this.#schema) : text;
    }
    const tag = this.#tagName(event.tagStart, event.tagEnd);
    const value = resolveTaggedScalar(tag, text, this.#schema);
    if (value === undefined) {
      const written = this.#text.slice(event.tagStart, event.tagEnd);
      const message = isKnownTag(tag)
        ? `The value does not fit its tag ${written}. Remove the tag or correct the value.`
        : unknownTag(written);
      throw new YamlFault(message, this.#range(event.tagStart, event.tagEnd));
    }
    return value;
  }

  #startMapping(event: CollectionEvent): void {
    this.#checkCollectionTag(event, 'tag:yaml.org,2002:map');
    this.#frames.push({
      kind: 'mapping',
      start: event.start,
      anchor: this.#openAnchor(event),
      isFlow: this.#isFlowAt(event.start, '{'),
      entries: [],
      keys: undefined,
      merged: undefined,
      keyNode: undefined,
      isMergeKey: false,
      size: 1,
    });
    this.#lastEnd = event.start;
  }

  #startSequence(event: CollectionEvent): void {
    this.#checkCollectionTag(event, 'tag:yaml.org,2002:seq');
    this.#frames.push({
      kind: 'sequence',
      start: event.start,
      anchor: this.#openAnchor(event),
      isFlow: this.#isFlowAt(event.start, '['),
      items: [],
      size: 1,
    });
    this.#lastEnd = event.start;
  }

  #endMapping(frame: MappingFrame): void {
    const end = this.#endOf(frame, '}');
    const node: MappingNode = {
      kind: 'mapping',
      start: this.#base + frame.start,
      end: this.#base + end,
      // A copy without the room for more that pushing leaves, which is most of a small array.
      entries: frame.entries.slice(),
    };
    this.#close(frame, node, end);
  }

  #endSequence(frame: SequenceFrame): void {
    const end = this.#endOf(frame, ']');
    const node: SequenceNode = {
      kind: 'sequence',
      start: this.#base + frame.start,
      end: this.#base + end,
      items: frame.items.slice(),
    };
    this.#close(frame, node, end);
  }

  #close(frame: Frame, node: Node, end: number): void {
    this.#lastEnd = end;
    if (frame.anchor !== undefined) {
      this.#anchors.set(frame.anchor, { node, size: frame.size });
      this.#openAnchors.delete(frame.anchor);
    }
    this.#add(node, frame.size);
  }

  #alias(anchorStart: number, anchorEnd: number): void {
    const name = this.#text.slice(anchorStart, anchorEnd);
    const range = this.#range(anchorStart - 1, anchorEnd);
    const anchor = this.#anchors.get(name);
    if (this.#openAnchors.has(name)) {
      throw new YamlFault('The anchor contains an alias to itself. Remove the alias.', range);
    }
    if (anchor === undefined) {
      throw new YamlFault('The alias refers to an anchor that is not defined. Define the anchor above it.', range);
    }
    this.#lastEnd = anchorEnd;
    this.#aliased += anchor.size;
    if (this.#aliased > SMALL_DOCUMENT && this.#aliased > 10 * this.#written) {
      throw new YamlFault('The document contains excessive aliasing. Write the repeated parts out.', range);
    }
    this.#add(anchor.node, anchor.size);
  }

  #add(node: Node, size: number): void {
    this.#written++;
    const frame = this.#frames[this.#frames.length - 1];
    if (frame === undefined) {
      this.#root = node;
      return;
    }
    frame.size += size;
    if (frame.kind === 'sequence') {
      frame.items.push(node);
    } else if (frame.keyNode === undefined) {
      frame.keyNode = toKey(node);
    } else {
      this.#addEntry(frame, frame.keyNode, node);
      frame.keyNode = undefined;
      frame.isMergeKey = false;
    }
  }

  #addEntry(frame: MappingFrame, keyNode: ScalarNode, value: Node): void {
    if (frame.isMergeKey) {
      this.#merge(frame, keyNode, value);
      return;
    }
    const key = this.#keyText(keyNode);
    const entry = { key, start: keyNode.start, end: keyNode.end, value };
    const index = indexOf(frame, key);
    if (index === -1) {
      append(frame, entry);
    } else if (frame.merged?.delete(key) === true) {
      frame.entries[index] = entry;
    } else {
      throw new YamlFault(`The key "${key}" is already in this mapping. Remove one of the two.`, keyNode);
    }
  }

  #keyText(keyNode: ScalarNode): string {
    const value = keyNode.value ?? '';
    if (typeof value === 'string') return this.#keys.get(value) ?? this.#remember(value);
    const key = formatKey(value, this.#text.slice(keyNode.start - this.#base, keyNode.end - this.#base));
    if (key === undefined) throw new YamlFault('A key that is a number must fit 64 bits. Quote it.', keyNode);
    return key;
  }

  /** The same words are keys again and again: one string serves all of them. */
  #remember(key: string): string {
    // As the name of a property it is one that V8 compares by its address.
    const [name = key] = Object.keys({ [key]: true });
    if (this.#keys.size < MANY_KEYS) this.#keys.set(name, name);
    return name;
  }

  /**
   * Merges in the order of the text, as go-yaml does: what stands later wins, even over a key that is written out. In a
   * list of mappings the earlier wins (yaml.org/type/merge).
   */
  #merge(frame: MappingFrame, keyNode: ScalarNode, value: Node): void {
    frame.merged ??= new Set();
    for (const mapping of value.kind === 'sequence' ? value.items.toReversed() : [value]) {
      if (mapping.kind !== 'mapping') {
        throw new YamlFault('A merge key (<<) takes a mapping or a list of mappings.', keyNode);
      }
      this.#aliased += mapping.entries.length;
      for (const entry of mapping.entries) {
        const index = indexOf(frame, entry.key);
        if (index === -1) append(frame, entry);
        else frame.entries[index] = entry;
        frame.merged.add(entry.key);
      }
    }
  }

  #openAnchor(event: CollectionEvent): string | undefined {
    if (event.anchorStart === NO_OFFSET) return undefined;
    const name = this.#nameAt(event);
    this.#openAnchors.add(name);
    return name;
  }

  #nameAt(event: { anchorStart: number; anchorEnd: number }): string {
    return this.#text.slice(event.anchorStart, event.anchorEnd);
  }

  #checkCollectionTag(event: CollectionEvent, expected: string): void {
    if (event.tagStart === NO_OFFSET) return;
    const tag = this.#tagName(event.tagStart, event.tagEnd);
    if (tag === expected || tag === '!') return;
    const written = this.#text.slice(event.tagStart, event.tagEnd);
    throw new YamlFault(unknownTag(written), this.#range(event.tagStart, event.tagEnd));
  }

  /** The full name of a tag as written: `!!str`, `!<tag:yaml.org,2002:str>` or `!handle!name`. */
  #tagName(start: number, end: number): string {
    const written = this.#text.slice(start, end);
    if (written.startsWith('!<')) return written.slice(2, -1);
    const handleEnd = written.indexOf('!', 1);
    const handle = handleEnd === -1 ? '!' : written.slice(0, handleEnd + 1);
    const prefix = this.#tagPrefixes.get(handle) ?? (handle === '!!' ? 'tag:yaml.org,2002:' : handle);
    return prefix + written.slice(handle.length);
  }

  #isFlowAt(offset: number, bracket: string): boolean {
    return this.#text[offset] === bracket;
  }

  /** Block collections end with their last token, flow collections with their bracket. */
  #endOf(frame: Frame, bracket: string): number {
    if (!frame.isFlow) return this.#lastEnd;
    const close = this.#text.indexOf(bracket, Math.max(this.#lastEnd, frame.start + 1));
    return close === -1 ? this.#lastEnd : close + 1;
  }

  #range(start: number, end: number): Range {
    return { start: this.#base + start, end: this.#base + end };
  }
}

function toKey(node: Node): ScalarNode {
  if (node.kind !== 'scalar') {
    throw new YamlFault('A key must be a plain word or a quoted string. Is a quote missing around {{ … }}?', node);
  }
  if (node.value === null) throw new YamlFault('A key must not be empty or null. Write a name or quote it.', node);
  return node;
}

/** A tag of its own may be a secret that was not quoted: `DB_PASSWORD: !x`. */
function unknownTag(written: string): string {
  const tag = written.startsWith('!!') ? `Unknown tag ${written}` : 'Unknown tag';
  return `${tag}: Kubernetes reads only the standard YAML types. Remove the tag, or quote the value.`;
}

/** Where the entry of a key stands in a mapping; -1 when it is not there. */
function indexOf(frame: MappingFrame, key: string): number {
  if (frame.keys !== undefined) return frame.keys.get(key) ?? -1;
  if (frame.entries.length < FEW_KEYS) {
    for (let index = 0; index < frame.entries.length; index++) if (frame.entries[index]?.key === key) return index;
    return -1;
  }
  frame.keys = new Map(frame.entries.map((entry, index) => [entry.key, index]));
  return frame.keys.get(key) ?? -1;
}

function append(frame: MappingFrame, entry: Entry): void {
  frame.keys?.set(entry.key, frame.entries.length);
  frame.entries.push(entry);
}

/** Events give the range of a scalar's content; people mean the token, with its quotes or its `|` line. */
function tokenRange(text: string, valueStart: number, valueEnd: number, style: ScalarStyle): Range {
  switch (style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { start: valueStart - 1, end: valueEnd + 1 };
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK: {
      let lineStart = valueStart;
      while (lineStart > 0 && isLineBreak(text.charCodeAt(lineStart - 1))) lineStart--;
      while (lineStart > 0 && !isLineBreak(text.charCodeAt(lineStart - 1))) lineStart--;
      const indicator = /[|>][-+0-9]*[ \t]*(?:#.*)?[\r\n]*$/.exec(text.slice(lineStart, valueStart));
      const start = indicator === null ? valueStart : lineStart + indicator.index;
      let end = valueEnd;
      while (end > start && isLineBreak(text.charCodeAt(end - 1))) end--;
      return { start, end };
    }
    default:
      return { start: valueStart, end: valueEnd };
  }
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

function styleOf(style: ScalarStyle): ScalarNode['style'] {
  switch (style) {
    case SCALAR_STYLE.PLAIN:
      return 'plain';
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return 'quoted';
    default:
      return 'block';
  }
}

function isKnownTag(tag: string): boolean {
  return tag.startsWith('tag:yaml.org,2002:');
}
