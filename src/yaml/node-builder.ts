import { type Anchor, Anchors } from './anchors.ts';
import { type Culprit, YamlFault } from './fault.ts';
import { formatKey, isUnsupportedKey } from './key.ts';
import type { MappingDraft } from './mapping-draft.ts';
import type { Node, ScalarNode } from './node.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './reading.ts';
import { type Resolved, resolvePlain } from './scalar.ts';
import { isTagKnown, resolveTagged, TAG_PREFIX } from './tagged.ts';
import type { Token, TokenType } from './token.ts';

export interface Tag {
  /** The full name: `tag:yaml.org,2002:str` for `!!str`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What stands before a node: `&anchor` and `!tag`. */
export interface Properties {
  readonly anchor: Anchor | undefined;
  readonly tag: Tag | undefined;
}

export const NO_PROPERTIES: Properties = { anchor: undefined, tag: undefined };

/** A key that was read, and whether it merges mappings into its own. */
export interface Key {
  readonly start: number;
  readonly end: number;
  readonly value: Resolved;
  readonly isMerge: boolean;
}

/** What tokens mean, by the rules of go-yaml v2's `decode.go`. */
export class NodeBuilder {
  readonly #reading: Reading;
  readonly anchors = new Anchors();
  /** What go-yaml finds wrong with a document only when it has read it whole. */
  fault: YamlFault | undefined;
  /** Whether there is something that has no form in JSON. */
  isSuspect = false;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  scalar({ value: text, style, start, end }: Pick<Token, 'value' | 'style' | 'start' | 'end'>, tag?: Tag): ScalarNode {
    this.anchors.size++;
    let value: Resolved = text;
    if (tag !== undefined) value = this.#resolveTagged(text, tag);
    else if (style === 'plain') value = resolvePlain(text, this.#reading.schema);
    if (typeof value === 'bigint') return { kind: 'scalar', start, end, value: Number(value), style, integer: value };
    if (typeof value === 'number' && !Number.isFinite(value)) this.isSuspect ||= this.#reading.schema === 'kubernetes';
    return { kind: 'scalar', start, end, value, style };
  }

  /** @throws YamlFault when there is no such anchor */
  anchor({ value: text, start, end }: Token): Anchor {
    const anchor = this.anchors.get(text);
    if (anchor === undefined) throw new YamlFault('alias without anchor', start, end, { text });
    if (this.anchors.repeat(anchor)) this.#note('document contains excessive aliasing', start, end);
    if (anchor.node === undefined) this.#note('alias inside its anchor', start, end, { text });
    return anchor;
  }

  keyOf(node: Node, start: number = node.start, end: number = node.end): Key {
    if (node.kind === 'scalar') return { start, end, value: node.integer ?? node.value, isMerge: false };
    this.#note('collection as key', start, end, { node });
    return { start, end, value: '', isMerge: false };
  }

  /**
   * Adds an entry. `isAlias`: its value is written as an alias; `faultBefore`: what was wrong before the value.
   */
  addEntry(
    draft: MappingDraft,
    { start, end, value: rawKey, isMerge }: Key,
    value: Node,
    isAlias: boolean,
    faultBefore: YamlFault | undefined,
  ): void {
    if (isMerge) {
      if (draft.merge(value, isAlias)) return;
      // go-yaml does not look into such a value.
      this.fault = faultBefore;
      this.#note('map merge requires map or sequence of maps as the value', start, end);
      return;
    }
    const key = formatKey(rawKey);
    const entry = typeof rawKey === 'string' ? { key, start, end, value } : { key, start, end, value, rawKey };
    const replaced = draft.add(entry);
    if (replaced !== undefined) this.#reading.onRepeat?.({ first: replaced, second: entry });
    this.isSuspect ||= isUnsupportedKey(rawKey);
  }

  /** Refuses a tag that is not one of the collection that begins with a token; go-yaml passes over it. */
  checkTag(tag: Tag | undefined, type: TokenType): void {
    if (tag === undefined || !this.#reading.isStrict) return;
    const kind = collectionOf(type);
    if (kind !== undefined && !isTagKnown(tag.name, kind)) throw unknownTag(tag);
  }

  #resolveTagged(text: string, tag: Tag): Resolved {
    if (this.#reading.isStrict && !isTagKnown(tag.name, 'scalar', text)) throw unknownTag(tag);
    const resolved = resolveTagged(tag.name, text, this.#reading.schema);
    if ('value' in resolved) return resolved.value;
    const { misfit } = resolved;
    if (misfit === '') this.#note('!!binary value contains invalid base64 data', tag.start, tag.end);
    else this.#note('tag that does not fit', tag.start, tag.end, { text: misfit });
    return null;
  }

  #note(problem: Problem, start: number, end: number, culprit?: Culprit): void {
    const fault = new YamlFault(problem, start, end, culprit);
    if (this.#reading.isStrict) throw fault;
    this.fault ??= fault;
  }
}

function collectionOf(type: TokenType): 'sequence' | 'mapping' | undefined {
  switch (type) {
    case 'block mapping start':
    case 'flow mapping start':
      return 'mapping';
    case 'block sequence start':
    case 'flow sequence start':
    case 'block entry':
      return 'sequence';
    default:
      return undefined;
  }
}

function unknownTag({ start, end, name }: Tag): YamlFault {
  return new YamlFault('unknown tag', start, end, { text: name });
}

/** True for a key that merges mappings into its own. */
export function isMergeKey({ type, value, style }: Token, tag: Tag | undefined): boolean {
  if (type !== 'scalar' || value !== '<<') return false;
  return tag === undefined ? style === 'plain' : tag.name === '!' || tag.name === `${TAG_PREFIX}merge`;
}
