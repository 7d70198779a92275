import type { SourceText } from '../../text/source.ts';
import type { ValuesKey } from './values-key.ts';

/** Up to this many keys are looked through. */
const FEW_KEYS = 8;

/**
 * Which values keys had a part in a value, and whether chance, the clock or the cluster had. Immutable.
 *
 * Some keys only chose: `if .Values.a` goes on with any other text in `a`, `eq .Values.a "x"` that fails goes on to fail
 * with nearly any other. These are told from the keys of which another value makes another value.
 */
export class Taint {
  static readonly none = new Taint([], [], false, false);
  static readonly random = new Taint([], [], true, false);
  /** Of what a cluster would answer, and helm template answers itself. */
  static readonly cluster = new Taint([], [], false, true);

  /** With another value in one of these, the value would most likely be another. */
  readonly keys: readonly ValuesKey[];
  /** Keys that were asked for an answer that nearly any other value would give as well. */
  readonly choices: readonly ValuesKey[];
  readonly isRandom: boolean;
  /** Whether it was asked which APIs the cluster serves. */
  readonly asksCluster: boolean;
  #origin: Origin | undefined;
  #asChoice: Taint | undefined;
  /** Every key, and whether it is one of `keys`. */
  #known: Map<ValuesKey, boolean> | undefined;
  /** The last union: the same two meet again and again. */
  #lastOther: Taint | undefined;
  #lastUnion: Taint | undefined;

  private constructor(
    keys: readonly ValuesKey[],
    choices: readonly ValuesKey[],
    isRandom: boolean,
    asksCluster: boolean,
  ) {
    this.keys = keys;
    this.choices = choices;
    this.isRandom = isRandom;
    this.asksCluster = asksCluster;
  }

  static of(key: ValuesKey): Taint {
    return new Taint([key], [], false, false);
  }

  /** The union of two; the same object when one holds the other. */
  with(other: Taint): Taint {
    if (other === this || isEmptyTaint(other)) return this;
    if (isEmptyTaint(this)) return other;
    if (this.#lastOther !== other || this.#lastUnion === undefined) {
      this.#lastOther = other;
      this.#lastUnion = this.#unite(other);
    }
    return this.#lastUnion;
  }

  #unite(other: Taint): Taint {
    if (this.#covers(other)) return this;
    if (other.#covers(this)) return other;
    return Taint.#gather([this, other]);
  }

  #covers({ keys, choices, isRandom, asksCluster }: Taint): boolean {
    if ((isRandom && !this.isRandom) || (asksCluster && !this.asksCluster)) return false;
    if (keys.length > this.keys.length) return false;
    if (this.keys.length + this.choices.length <= FEW_KEYS) {
      return (
        keys.every((key) => this.keys.includes(key)) &&
        choices.every((key) => this.keys.includes(key) || this.choices.includes(key))
      );
    }
    const known = this.#knownKeys;
    return keys.every((key) => known.get(key) === true) && choices.every((key) => known.has(key));
  }

  get #knownKeys(): ReadonlyMap<ValuesKey, boolean> {
    if (this.#known === undefined) {
      this.#known = new Map();
      for (const key of this.choices) this.#known.set(key, false);
      for (const key of this.keys) this.#known.set(key, true);
    }
    return this.#known;
  }

  /** The same keys as mere choices. */
  get asChoice(): Taint {
    if (this.keys.length === 0) return this;
    this.#asChoice ??= new Taint([], [...this.keys, ...this.choices], this.isRandom, this.asksCluster);
    return this.#asChoice;
  }

  static union(taints: Iterable<Taint>): Taint {
    let only: Taint = Taint.none;
    let others: Set<Taint> | undefined;
    for (const taint of taints) {
      if (taint === only || isEmptyTaint(taint)) continue;
      if (only === Taint.none) only = taint;
      else (others ??= new Set([only])).add(taint);
    }
    if (others === undefined) return only;
    return others.size === 2 ? [...others].reduce((union, taint) => union.with(taint)) : Taint.#gather(others);
  }

  static #gather(taints: Iterable<Taint>): Taint {
    const keys = new Set<ValuesKey>();
    const choices = new Set<ValuesKey>();
    let isRandom = false;
    let asksCluster = false;
    for (const taint of taints) {
      for (const key of taint.keys) keys.add(key);
      for (const key of taint.choices) choices.add(key);
      isRandom ||= taint.isRandom;
      asksCluster ||= taint.asksCluster;
    }
    for (const key of keys) choices.delete(key);
    return new Taint([...keys], [...choices], isRandom, asksCluster);
  }

  /** This taint as the origin of a value of which nothing else is known. */
  get origin(): Origin {
    this.#origin ??= { taint: this, segments: undefined };
    return this.#origin;
  }
}

function isEmptyTaint({ keys, choices, isRandom, asksCluster }: Taint): boolean {
  return keys.length === 0 && choices.length === 0 && !isRandom && !asksCluster;
}

/** A template's text: a file of a chart, or what `tpl` was given. */
export interface TemplateFile {
  /** As `# Source:` names it: `chart/templates/x.yaml`. */
  readonly name: string;
  /** The text, under the name that reports show. */
  readonly source: SourceText;
  /** Of a text given to `tpl`: where its own characters came from. */
  readonly origin?: Origin;
}

/** A place in a template and the calls (`include`, `template`, `tpl`) that led there. */
export interface Site {
  readonly file: TemplateFile;
  /** Zero-based offsets of the text or of the whole action, delimiters included. */
  readonly start: number;
  readonly end: number;
  /** The call that this template was executed for; undefined in the file that Helm executes itself. */
  readonly caller: Site | undefined;
}

/** An `if`, `with` or `range` that let text through, innermost first. */
export interface Condition {
  /** All of its keys are choices: none of them is in the text. */
  readonly taint: Taint;
  readonly site: Site;
  readonly outer: Condition | undefined;
  /** How many are around it. */
  readonly depth: number;
  /** Whether it lets through lines of their own: when it does not, the line it stands behind is as it would have been. */
  readonly isApart: boolean;
}

/** A stretch of a string of which all characters have one origin. */
export interface Segment {
  /** In UTF-16 units; 0 marks a choice that printed nothing. */
  readonly length: number;
  readonly taint: Taint;
  /** Undefined until the text is printed by a template. */
  readonly site: Site | undefined;
  /** Of text copied character by character from a template: the zero-based offset of its first character there. */
  readonly offset: number | undefined;
  readonly condition: Condition | undefined;
  /** Whether exactly these characters come from the site or the keys; otherwise a function mixed its inputs. */
  readonly isExact: boolean;
}

/** Whether a segment marks a block that printed nothing, and whose lines would not have changed those around it. */
export function isApart({ length, taint, condition }: Segment): boolean {
  return length === 0 && condition?.isApart === true && taint === Taint.none;
}

/** Where a value came from. */
export interface Origin {
  readonly taint: Taint;
  /** Of a string of several origins. Their lengths add up to the string's. */
  readonly segments: readonly Segment[] | undefined;
  /** Of a map or list: the keys that chose it. They had a part in all that is found inside. */
  readonly reach?: Taint | undefined;
  /** Of an entry or item of a document that was read from a text. */
  readonly written?: Written | undefined;
  /** Of a map among the values: what it does not hold would be a key inside of this one. */
  readonly key?: ValuesKey | undefined;
}

/** The origin of what a key of the values holds. */
export function originOfKey(key: ValuesKey): Origin {
  return { taint: Taint.of(key), segments: undefined, key };
}

/** Which stretches of a text wrote an entry or item of a document. Its keys stand in the origin itself. */
export interface Written {
  /** What the key is, and where it stands; undefined of an item. */
  readonly key: string | undefined;
  readonly keySegments: readonly Segment[];
  /** Where the value begins. */
  readonly value: Segment | undefined;
}

export const NO_ORIGIN: Origin = Taint.none.origin;

/** Of an entry that came from no key, whatever its container came from. (`NO_ORIGIN`: from where the container came.) */
export const OWN_ORIGIN: Origin = { taint: Taint.none, segments: undefined };
