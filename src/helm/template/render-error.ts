import type { TemplateFile } from '../value/origin.ts';
import type { Tracked } from '../value/tracked.ts';
import type { Node } from './node.ts';
import type { Template } from './template-set.ts';

/** A place in a template of the chart. */
export interface FailurePlace {
  readonly file: TemplateFile;
  /** Zero-based, in UTF-16 units. */
  readonly offset: number;
  /** Where what failed ends, when it is known. */
  readonly end?: number;
}

/** What failed. */
interface Failed {
  readonly node: Node;
  /** The template that it is in. */
  readonly template: Template;
  /** Of a chain of names, the index of the one that failed. */
  readonly field: number | undefined;
  readonly quoted: readonly Tracked[];
  /** The part of the message that may quote it; undefined: any. */
  readonly detail: string | undefined;
}

/** Why a chart cannot be rendered. The message is what Helm prints after `Error: `, without its hint at `--debug`. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
  /** Where it happened: in the innermost of the templates that called each other. */
  readonly place: FailurePlace | undefined;
  /** Where the file that Helm executes itself called what led there; the same place when it called nothing. */
  readonly outermost: FailurePlace | undefined;
  /** Private, so that no log of the error shows what may be secret: values, and texts given to `tpl`. */
  readonly #failed: Partial<Failed>;

  constructor(
    message: string,
    place?: FailurePlace,
    outermost: FailurePlace | undefined = place,
    failed: Partial<Failed> = {},
  ) {
    super(message);
    this.place = place;
    this.outermost = outermost;
    this.#failed = failed;
  }

  /** What failed, in the template of `place`. */
  get node(): Node | undefined {
    return this.#failed.node;
  }

  /** The template of the node. */
  get template(): Template | undefined {
    return this.#failed.template;
  }

  /** Of a chain of names, the index of the one that failed. */
  get field(): number | undefined {
    return this.#failed.field;
  }

  /** The values that the message may quote, or say something of. */
  get quoted(): readonly Tracked[] {
    return this.#failed.quoted ?? [];
  }

  /** The part of the message that may quote them; undefined: any. */
  get detail(): string | undefined {
    return this.#failed.detail;
  }
}
