import { requireHeap } from '../../memory/require-heap.ts';
import { regexpWork } from '../../re2/work.ts';
import type { Call, HelmFunction } from '../value/function.ts';
import type { GoMap, Value } from '../value/value.ts';
import { type Condition, Taint } from '../value/origin.ts';
import { holdsText, type Tracked } from '../value/tracked.ts';
import type { ValuesKey } from '../value/values-key.ts';
import { withConditions } from './conditions.ts';
import type { Frame } from './frame.ts';
import type { Limits } from './limits.ts';
import type { FieldChain, Node } from './node.ts';
import { MissingReads } from './missing-reads.ts';
import { Overrides } from './override.ts';
import { RenderError } from './render-error.ts';
import type { TemplateSet } from './template-set.ts';

/** The methods that maps and lists of some types have, by the value and the name. */
export type Methods = (receiver: Value, name: string) => HelmFunction | undefined;

/** A union this large is remembered, not gone through again. */
const LARGE_TAINT = 8;

/** A step of a template takes as long as two of a regular expression. */
const SEARCH_BY_STEP_SHIFT = 1;

/** What all templates of one rendering share. */
export class Rendering {
  readonly functions: ReadonlyMap<string, HelmFunction>;
  readonly methods: Methods;
  readonly isTracing: boolean;
  readonly limits: Limits;
  /** What functions get to call back. */
  readonly call: Call;
  /** The templates in scope: `tpl` adds its own. */
  set: TemplateSet;
  /** The template that called a function last. */
  frame: Frame | undefined;
  /** What called it. */
  command: Node | undefined;
  /** The innermost condition that is being executed. */
  condition: Condition | undefined;
  /** The keys that had a part in anything that was evaluated. */
  readonly reads = new Set<ValuesKey>();
  /** Those of them that a chain of fields named. */
  readonly named = new Set<ValuesKey>();
  /** The chains of fields that were evaluated at least once. */
  readonly evaluated = new Set<FieldChain>();
  /** Those of which the last name was found at least once. */
  readonly complete = new Set<FieldChain>();
  readonly missing = new MissingReads();
  /** The maps that `range` went through. */
  readonly ranged = new Set<object>();
  readonly overrides = new Overrides();
  #steps = 0;
  /** The work of regular expressions that is counted. */
  #searched = regexpWork.steps;
  #output = 0;
  #lastRead = Taint.none;
  readonly #largeReads = new WeakSet<Taint>();

  constructor(options: Pick<Rendering, 'functions' | 'methods' | 'isTracing' | 'limits' | 'set' | 'call'>) {
    this.functions = options.functions;
    this.methods = options.methods;
    this.isTracing = options.isTracing;
    this.limits = options.limits;
    this.set = options.set;
    this.call = options.call;
  }

  /** Counts a step. @throws {RenderError} beyond the limit */
  step(frame: Frame, count = 1): void {
    requireHeap();
    this.#steps += count + ((regexpWork.steps - this.#searched) >> SEARCH_BY_STEP_SHIFT);
    this.#searched = regexpWork.steps;
    if (this.#steps > this.limits.steps) this.#refuse(frame, `takes more than ${this.limits.steps} steps`);
  }

  /** Counts characters that are written. @throws {RenderError} beyond the limit */
  countOutput(frame: Frame, length: number): void {
    this.#output += length;
    if (this.#output > this.limits.output) {
      this.#refuse(frame, `writes more than ${this.limits.output} characters`);
    }
  }

  /** Counts what a function made, and notes what it was made of. */
  accept(frame: Frame, result: Tracked): Tracked {
    const { value } = result;
    if (typeof value === 'string') {
      if (value.length > this.limits.output) {
        this.#refuse(frame, `makes a text of more than ${this.limits.output} characters`);
      }
    }
    if (!this.isTracing) return result;
    const accepted = holdsText(result) ? withConditions(result, this.condition) : result;
    this.noteRead(accepted.taint);
    return accepted;
  }

  /** Notes that a chain of fields asks a map for a key. */
  noteField(node: FieldChain, map: GoMap, name: string): void {
    if (!map.has(name)) this.missing.note(node, map, name);
    this.overrides.noteRead(map, name);
  }

  noteNamed(taint: Taint): void {
    for (const key of taint.keys) this.named.add(key);
    this.noteRead(taint);
  }

  noteRead(taint: Taint): void {
    if (taint === this.#lastRead || taint === Taint.none) return;
    this.#lastRead = taint;
    if (taint.keys.length + taint.choices.length > LARGE_TAINT) {
      if (this.#largeReads.has(taint)) return;
      this.#largeReads.add(taint);
    }
    for (const key of taint.keys) this.reads.add(key);
    for (const key of taint.choices) this.reads.add(key);
  }

  #refuse(frame: Frame, what: string): never {
    const { file } = frame.template;
    const place = frame.place();
    throw new RenderError(`rendering ${file.name} was stopped: the template ${what}`, place, place, frame);
  }
}
