import type { SourceText } from '../text/source.ts';
import type { ValuesKey } from './values-key.ts';

/** Which values keys had a part in a value, and whether chance or the clock had. Immutable. */
export class Taint {
  static readonly none = new Taint([], false);
  static readonly random = new Taint([], true);

  readonly keys: readonly ValuesKey[];
  readonly isRandom: boolean;
  #origin: Origin | undefined;

  private constructor(keys: readonly ValuesKey[], isRandom: boolean) {
    this.keys = keys;
    this.isRandom = isRandom;
  }

  static of(key: ValuesKey): Taint {
    return new Taint([key], false);
  }

  /** The union of two; the same object when one holds the other. */
  with(other: Taint): Taint {
    if (other === this || isEmpty(other)) return this;
    if (isEmpty(this)) return other;
    const isRandom = this.isRandom || other.isRandom;
    const missing = other.keys.filter((key) => !this.keys.includes(key));
    if (missing.length === 0 && isRandom === this.isRandom) return this;
    return new Taint([...this.keys, ...missing], isRandom);
  }

  static union(taints: Iterable<Taint>): Taint {
    let only: Taint = Taint.none;
    let keys: Set<ValuesKey> | undefined;
    let isRandom = false;
    for (const taint of taints) {
      if (taint === only || isEmpty(taint)) continue;
      isRandom ||= taint.isRandom;
      if (only === Taint.none) {
        only = taint;
        continue;
      }
      keys ??= new Set(only.keys);
      for (const key of taint.keys) keys.add(key);
    }
    if (keys === undefined) return only;
    if (keys.size === 0) return Taint.random;
    return keys.size === only.keys.length && isRandom === only.isRandom ? only : new Taint([...keys], isRandom);
  }

  /** This taint as the origin of a value of which nothing else is known. */
  get origin(): Origin {
    this.#origin ??= { taint: this, segments: undefined };
    return this.#origin;
  }
}

function isEmpty({ keys, isRandom }: Taint): boolean {
  return keys.length === 0 && !isRandom;
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
  readonly taint: Taint;
  /** Whether another string in the same key can change the outcome: it is compared, or it is empty. */
  readonly isSensitive: boolean;
  readonly site: Site;
  readonly outer: Condition | undefined;
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

/** Where a value came from. */
export interface Origin {
  readonly taint: Taint;
  /** Of a string of several origins. Their lengths add up to the string's. */
  readonly segments: readonly Segment[] | undefined;
}

export const NO_ORIGIN: Origin = Taint.none.origin;
