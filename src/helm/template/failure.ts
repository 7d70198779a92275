import { FunctionError } from '../value/function.ts';
import type { Tracked } from '../value/tracked.ts';
import { quoteGo } from '../go/quote.ts';
import type { Node } from './node.ts';
import type { FailurePlace } from './render-error.ts';
import type { Template } from './template-set.ts';

/** One link of Go's chain of errors: an action that failed, by itself or because a function that it called did. */
export class ExecutionFailure extends Error {
  override readonly name = 'ExecutionFailure';
  /** `template: FILE:LINE:COLUMN: executing "NAME" at <NODE>: TEXT`; what `cause` says follows. */
  readonly link: string;
  /** What it says itself. */
  readonly text: string;
  override readonly cause: ExecutionFailure | FunctionError | undefined;
  readonly place: FailurePlace;
  readonly node: Node;
  readonly template: Template;
  readonly field: number | undefined;
  readonly quoted: readonly Tracked[];

  constructor(at: FailedAction, text: string, cause: ExecutionFailure | FunctionError | undefined) {
    super();
    this.link = `template: ${at.location}: executing ${quoteGo(at.templateName)} at <${at.nodeText}>: ${text}`;
    this.text = text;
    this.cause = cause;
    this.place = at.place;
    this.node = at.node;
    this.template = at.template;
    this.field = at.field;
    this.quoted = at.quoted;
  }
}

/** Where an action failed. */
export interface FailedAction {
  /** `FILE:LINE:COLUMN`. */
  readonly location: string;
  readonly templateName: string;
  readonly nodeText: string;
  readonly place: FailurePlace;
  readonly node: Node;
  readonly template: Template;
  /** Of a chain of names, the index of the one that failed. */
  readonly field: number | undefined;
  /** What the text may quote, or say something of. */
  readonly quoted: readonly Tracked[];
}

/** What `tpl` returns when the text that it was given fails. */
export class TplError extends FunctionError {
  override readonly cause: ExecutionFailure | undefined;

  constructor(message: string, cause?: ExecutionFailure) {
    super(message);
    this.cause = cause;
  }
}

/** The whole text of an error, with those of its causes. */
export function failureText(failure: ExecutionFailure | FunctionError): string {
  let text = '';
  let current: ExecutionFailure | FunctionError | undefined = failure;
  while (current instanceof ExecutionFailure) {
    text += current.link;
    current = current.cause;
  }
  return current === undefined ? text : text + current.message;
}
