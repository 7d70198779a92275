import { type Call, FunctionError, type HelmFunction } from '../value/function.ts';
import { quoteGo } from '../go/quote.ts';
import { isOfStack, limitText } from '../value/limit-error.ts';
import { type Condition, type Site, Taint, type TemplateFile } from '../value/origin.ts';
import { SourceText } from '../../text/source.ts';
import type { Tracked } from '../value/tracked.ts';
import type { ValuesKey } from '../value/values-key.ts';
import { withConditions } from './conditions.ts';
import { reportFailure } from './error-report.ts';
import { ExecutionFailure, failureText, TplError } from './failure.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { withoutNoValue } from './no-value.ts';
import type { FieldChain } from './node.ts';
import type { MissingRead } from './missing-reads.ts';
import type { Override } from './override.ts';
import { parseText } from './parser.ts';
import { RenderError } from './render-error.ts';
import { type Methods, Rendering } from './rendering.ts';
import { SeededBytes } from './seeded-bytes.ts';
import type { TemplateSet } from './template-set.ts';
import { ParseFailure } from './token-reader.ts';
import { TplText } from './tpl-text.ts';
import type { ParsedText } from './tree.ts';
import { Walker } from './walker.ts';

/** What Helm calls the set of all templates, and every text given to `tpl`. */
const SET_NAME = 'gotpl';

/** Beyond this many nested calls of one name, it is the name's fault that the stack ends. */
const MANY_INCLUDES = 100;

/** What parsing an action takes, in steps. */
const STEPS_TO_PARSE = 50;

export interface ExecutionOptions {
  readonly set: TemplateSet;
  readonly functions: ReadonlyMap<string, HelmFunction>;
  /** Whether to find out where each character came from. */
  readonly isTracing: boolean;
  /** What pseudo-random functions give depends on this alone. */
  readonly seed: string;
  /** What the templates take for the present: milliseconds since 1970. */
  readonly now: number;
  /** The methods of maps and lists that only the caller knows: `.Files.Get`. Objects bring their own. */
  readonly methods?: Methods;
  readonly limits?: Partial<Limits>;
}

/** Executes the templates of a set, as Helm does in one rendering: what they change in their data stays. */
export class Execution {
  readonly #rendering: Rendering;
  readonly #walker: Walker;
  readonly #includes = new Map<string, number>();
  readonly #parsed = new Map<string, ParsedText>();
  readonly #random: SeededBytes;
  readonly #set: TemplateSet;

  constructor({ set, functions, isTracing, seed, now, methods = () => undefined, limits }: ExecutionOptions) {
    this.#set = set;
    this.#random = new SeededBytes(seed);
    this.#rendering = new Rendering({
      set,
      functions,
      methods,
      isTracing,
      limits: { ...DEFAULT_LIMITS, ...limits },
      call: this.#makeCall(now),
    });
    this.#walker = new Walker(this.#rendering);
  }

  /** The keys that had a part in anything that was evaluated. */
  get reads(): ReadonlySet<ValuesKey> {
    return this.#rendering.reads;
  }

  /** Those of them that a chain of fields named, rather than what passes them on whole. */
  get named(): ReadonlySet<ValuesKey> {
    return this.#rendering.named;
  }

  /** The chains of fields that were evaluated at least once. */
  get evaluated(): ReadonlySet<FieldChain> {
    return this.#rendering.evaluated;
  }

  /** Those of which the last name was found at least once. */
  get complete(): ReadonlySet<FieldChain> {
    return this.#rendering.complete;
  }

  get missing(): readonly MissingRead[] {
    return this.#rendering.missing.list();
  }

  /** What identifies the maps that `range` went through. */
  get ranged(): ReadonlySet<object> {
    return this.#rendering.ranged;
  }

  /** The values that templates took for values that are not set. */
  get overrides(): readonly Override[] {
    return this.#rendering.overrides.list();
  }

  /**
   * Executes a template. `<no value>` stays in its output: see `withoutNoValue`.
   * @param enabledBy the keys that decided that it is executed at all
   * @throws {RenderError} with Helm's message
   */
  execute(name: string, data: Tracked, enabledBy: Taint = Taint.none): Tracked<string> {
    this.#rendering.set = this.#set;
    this.#includes.clear();
    const template = this.#set.get(name);
    if (template === undefined) throw new RenderError(noTemplate(name));
    this.#rendering.condition = this.#rendering.isTracing ? conditionOf(enabledBy, template.file) : undefined;
    try {
      return this.#walker.execute(template, data, undefined);
    } catch (error) {
      throw this.#toRenderError(error, template.file);
    }
  }

  #toRenderError(error: unknown, file: TemplateFile): unknown {
    if (error instanceof ExecutionFailure) return reportFailure(error, this.#set);
    if (!(error instanceof RangeError)) return error;
    const frame = this.#rendering.frame;
    const place = frame?.place() ?? { file, offset: 0 };
    const reason = isOfStack(error) ? this.#tooDeep() : limitText(error);
    return new RenderError(`rendering ${file.name} was stopped: ${reason}`, place, place, frame);
  }

  /** The stack ends before some of Helm's limits: what calls itself so often mostly calls itself forever. */
  #tooDeep(): string {
    const [name, depth] = [...this.#includes].reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0]);
    return depth > MANY_INCLUDES
      ? nestedReference(name)
      : `exceeded maximum template depth (${this.#rendering.limits.depth})`;
  }

  #makeCall(now: number): Call {
    const site = (): Site | undefined => this.#rendering.frame?.site;
    const condition = (): Condition | undefined => this.#rendering.condition;
    const file = (): TemplateFile | undefined => this.#rendering.frame?.template.file;
    return {
      get site() {
        return site();
      },
      get condition() {
        return condition();
      },
      get file() {
        return file();
      },
      now,
      passOver: (passed, chosen, place) => this.#passOver(passed, chosen, place),
      include: (name, data) => this.#include(name, data),
      tpl: (text, data) => this.#tpl(text, data),
      randomBytes: (count) => this.#random.next(count),
    };
  }

  #passOver(passed: Tracked, chosen: Tracked, place: Parameters<NonNullable<Call['passOver']>>[2]): void {
    const { frame, command, isTracing, overrides } = this.#rendering;
    if (isTracing && frame !== undefined && command !== undefined)
      overrides.note(frame, command, passed, chosen, place);
  }

  #include(name: string, data: Tracked): Tracked<string> {
    const { limits, set } = this.#rendering;
    const depth = this.#includes.get(name) ?? 0;
    // Helm's count of a name that was never included begins with 1 unchecked.
    if (depth > limits.includes) {
      throw new FunctionError(nestedReference(name));
    }
    const template = set.get(name);
    if (template === undefined) throw new FunctionError(noTemplate(name));
    this.#includes.set(name, depth + 1);
    const text = this.#walker.execute(template, data, this.#caller());
    this.#includes.set(name, depth);
    return withConditions(text, this.#rendering.condition);
  }

  #caller(): Site | undefined {
    return this.#rendering.isTracing ? this.#rendering.frame?.site : undefined;
  }

  #tpl(text: Tracked<string>, data: Tracked): Tracked<string> {
    const { value, origin } = text;
    if (!value.includes('{{')) return withoutNoValue(text);
    const { set } = this.#rendering;
    const parsed = this.#parse(value);
    const file = { name: SET_NAME, source: new SourceText(SET_NAME, value), origin };
    const inner = set.with(parsed, file, new TplText(value, origin, this.#caller()));
    const template = inner.get(SET_NAME);
    if (template === undefined) throw new FunctionError(noTemplate(SET_NAME));
    this.#rendering.set = inner;
    try {
      const printed = this.#walker.execute(template, data, this.#caller());
      return withConditions(withoutNoValue(printed), this.#rendering.condition);
    } catch (error) {
      if (!(error instanceof ExecutionFailure)) throw error;
      throw new TplError(`error during tpl function execution for ${quoteGo(value)}: ${failureText(error)}`, error);
    } finally {
      this.#rendering.set = set;
    }
  }

  #parse(text: string): ParsedText {
    const known = this.#parsed.get(text);
    if (known !== undefined) return known;
    const { frame } = this.#rendering;
    if (frame !== undefined) this.#rendering.step(frame, STEPS_TO_PARSE * text.split('{{').length);
    try {
      const parsed = parseText(SET_NAME, text, (name) => this.#rendering.functions.has(name));
      this.#parsed.set(text, parsed);
      return parsed;
    } catch (error) {
      if (!(error instanceof ParseFailure)) throw error;
      throw new TplError(`cannot parse template ${quoteGo(text)}: ${error.message}`);
    }
  }
}

function conditionOf(enabledBy: Taint, file: TemplateFile): Condition | undefined {
  if (enabledBy === Taint.none) return undefined;
  const site = { file, start: 0, end: 0, caller: undefined };
  return { taint: enabledBy.asChoice, site, outer: undefined, depth: 0, isApart: true };
}

function nestedReference(name: string): string {
  return `rendering template has a nested reference name: ${name}: unable to execute template`;
}

function noTemplate(name: string): string {
  return `template: no template ${quoteGo(name)} associated with template "${SET_NAME}"`;
}
