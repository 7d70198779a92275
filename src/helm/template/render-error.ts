import type { TemplateFile } from '../value/origin.ts';
import type { Node } from './node.ts';
import type { Template, TemplateSet } from './template-set.ts';

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
}

/** Why a chart cannot be rendered. The message is what Helm prints after `Error: `, without its hint at `--debug`. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
  /** Where it happened: in the innermost of the templates that called each other. */
  readonly place: FailurePlace | undefined;
  /** Where the file that Helm executes itself called what led there; the same place when it called nothing. */
  readonly outermost: FailurePlace | undefined;
  /** What failed, in the template of `place`. */
  readonly node: Node | undefined;
  /** The template of the node. */
  readonly template: Template | undefined;
  /** Of a chain of names, the index of the one that failed. */
  readonly field: number | undefined;
  /** All templates that could be called. */
  readonly templates: TemplateSet | undefined;

  constructor(
    message: string,
    place?: FailurePlace,
    outermost: FailurePlace | undefined = place,
    failed?: Pick<Failed, 'node'> & Partial<Failed>,
    templates?: TemplateSet,
  ) {
    super(message);
    this.place = place;
    this.outermost = outermost;
    this.node = failed?.node;
    this.template = failed?.template;
    this.field = failed?.field;
    this.templates = templates;
  }
}
