import { type Anchor, Anchors } from './anchors.ts';
import { printGoSyntax } from './go-syntax.ts';
import { formatKey, isUnsupportedKey } from './key.ts';
import type { MappingDraft } from './mapping-draft.ts';
import type { Node, ScalarNode } from './node.ts';
import { type Resolved, resolvePlain, TAG_PREFIX } from './resolve.ts';
import { resolveTagged } from './tagged.ts';
import type { Token } from './token.ts';
import { YamlError } from './yaml-error.ts';

/** What stands before a node: `&anchor` and `!tag`. */
export interface Properties {
  readonly anchor: Anchor | undefined;
  /** The full name of the tag. */
  readonly tag: string | undefined;
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
  readonly anchors = new Anchors();
  /** What go-yaml finds wrong with a document only when it has read it whole. */
  fault: YamlError | undefined;
  /** Whether there is something that has no form in JSON. */
  isSuspect = false;

  scalar(
    { value: text, style, start, end }: Pick<Token, 'value' | 'style' | 'start' | 'end'>,
    tag?: string,
  ): ScalarNode {
    this.anchors.size++;
    const value = this.#resolve(text, style, tag, start, end);
    this.isSuspect ||= typeof value === 'number' && !Number.isFinite(value);
    if (typeof value !== 'bigint') return { kind: 'scalar', start, end, value, style };
    return { kind: 'scalar', start, end, value: Number(value), style, integer: value };
  }

  /** @throws YamlError when there is no such anchor */
  anchor({ value: name, start, end }: Token): Anchor {
    const anchor = this.anchors.get(name);
    if (anchor === undefined) throw new YamlError(`yaml: unknown anchor '${name}' referenced`, start, end);
    if (this.anchors.repeat(anchor)) this.#note('yaml: document contains excessive aliasing', start, end);
    if (anchor.node === undefined) this.#note(`yaml: anchor '${name}' value contains itself`, start, end);
    return anchor;
  }

  keyOf(node: Node, start: number = node.start, end: number = node.end): Key {
    if (node.kind === 'scalar') return { start, end, value: node.integer ?? node.value, isMerge: false };
    this.#note(`yaml: invalid map key: ${printGoSyntax(node)}`, start, end);
    return { start, end, value: '', isMerge: false };
  }

  /** Adds an entry whose value `read` reads; `isAlias`: it is written as an alias. */
  addEntry(draft: MappingDraft, { start, end, value: rawKey, isMerge }: Key, isAlias: boolean, read: () => Node): void {
    const { fault } = this;
    const value = read();
    if (isMerge) {
      if (draft.merge(value, isAlias)) return;
      // go-yaml does not look into such a value.
      this.fault = fault;
      this.#note('yaml: map merge requires map or sequence of maps as the value', start, end);
    } else if (typeof rawKey === 'string') draft.add({ key: rawKey, start, end, value });
    else {
      this.isSuspect ||= isUnsupportedKey(rawKey);
      draft.add({ key: formatKey(rawKey), start, end, value, rawKey });
    }
  }

  #resolve(text: string, style: ScalarNode['style'], tag: string | undefined, start: number, end: number): Resolved {
    if (tag === undefined) return style === 'plain' ? resolvePlain(text) : text;
    const resolved = resolveTagged(tag, text);
    if ('value' in resolved) return resolved.value;
    this.#note(resolved.problem, start, end);
    return null;
  }

  #note(problem: string, start: number, end: number): void {
    this.fault ??= new YamlError(problem, start, end);
  }
}

/** True for a key that merges mappings into its own. */
export function isMergeKey({ type, value, style }: Token, tag: string | undefined): boolean {
  if (type !== 'scalar' || value !== '<<') return false;
  return tag === undefined ? style === 'plain' : tag === '!' || tag === `${TAG_PREFIX}merge`;
}
