import { FunctionError } from '../value/function.ts';
import { printTracked } from '../go/print.ts';
import { type Condition, type Segment, Taint } from '../value/origin.ts';
import { holdsText, segmentsOf, type Tracked } from '../value/tracked.ts';
import { ConditionLinks } from './conditions.ts';
import type { Frame } from './frame.ts';
import type { ActionNode, BranchNode, TextNode } from './node.ts';
import type { Rendering } from './rendering.ts';

/** Writes what templates print, with where it came from. */
export class Printer {
  readonly #rendering: Rendering;
  #links: ConditionLinks | undefined;

  constructor(rendering: Rendering) {
    this.#rendering = rendering;
  }

  /** Writes a template's own text. */
  text(frame: Frame, { text, start, end }: TextNode): void {
    const { condition, isTracing } = this.#rendering;
    this.#rendering.countOutput(frame, text.length);
    frame.output.appendText(text);
    if (!isTracing) return;
    const { file, tplText } = frame.template;
    if (tplText === undefined) {
      const site = { file, start, end, caller: frame.caller };
      frame.output.appendSegment({
        length: end - start,
        taint: Taint.none,
        site,
        offset: start,
        condition,
        isExact: true,
      });
      return;
    }
    for (const piece of tplText.pieces(start, end)) {
      this.#rendering.noteRead(piece.taint);
      const site = piece.site ?? tplText.call;
      const { length, taint, offset, isExact } = piece;
      frame.output.appendSegment({ length, taint, site, offset, condition: this.#link(piece.condition), isExact });
    }
  }

  /** Writes the value of an action. */
  value(frame: Frame, { start, end }: ActionNode, value: Tracked): void {
    const { value: text, origin } = holdsText(value) ? value : printAction(frame, value);
    this.#rendering.countOutput(frame, text.length);
    frame.output.appendText(text);
    if (!this.#rendering.isTracing) return;
    const { tplText } = frame.template;
    const taint = tplText === undefined ? Taint.none : tplText.taintOf(start, end);
    for (const segment of segmentsOf(text, origin)) this.#append(frame, segment, taint);
  }

  #append(frame: Frame, segment: Segment, taint: Taint): void {
    const { condition } = this.#rendering;
    const site = segment.site ?? frame.site;
    const linked = condition === segment.condition ? condition : this.#link(segment.condition);
    const wider = segment.taint.with(taint);
    this.#rendering.noteRead(wider);
    if (site === segment.site && linked === segment.condition && wider === segment.taint) {
      frame.output.appendSegment(segment);
      return;
    }
    const { length, offset, isExact } = segment;
    frame.output.appendSegment({ length, taint: wider, site, offset, condition: linked, isExact });
  }

  /** Marks that a branch inside of a line has printed nothing. */
  nothing(frame: Frame, { start, headerEnd }: BranchNode): void {
    const { condition } = this.#rendering;
    const site = frame.siteOf(start, headerEnd);
    frame.output.appendSegment({ length: 0, taint: Taint.none, site, offset: undefined, condition, isExact: true });
  }

  /** The conditions of a text that is printed now: its own, inside of the current ones. */
  #link(condition: Condition | undefined): Condition | undefined {
    const current = this.#rendering.condition;
    if (current === undefined) return condition;
    if (this.#links?.isFor(current) !== true) this.#links = new ConditionLinks(current);
    return this.#links.link(condition);
  }
}

function printAction(frame: Frame, value: Tracked): Tracked<string> {
  try {
    return printTracked(value);
  } catch (error) {
    if (error instanceof FunctionError) return frame.fail(error.message, undefined, undefined, [value]);
    throw error;
  }
}
