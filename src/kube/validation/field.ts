import { nearMiss } from '../../text/near-miss.ts';
import { entryOf, type Node } from '../../yaml/node.ts';
import type { Cause, ValidationIssue } from './issue.ts';
import type { Api } from './versions.ts';

/** What is known while one object is validated, and what was found. */
export interface Validation {
  readonly api: Api;
  /** Whether the object is in a namespace; true where that is not known. */
  readonly isNamespaced: boolean;
  readonly issues: ValidationIssue[];
  /** Whether what is validated is not looked at by the API server until something is made from it. */
  readonly isLate?: boolean | undefined;
  /** What checks expressions of CEL; absent where there are none. */
  readonly expressions?: ExpressionChecks | undefined;
}

/** What checks the expressions of CEL in objects. It is loaded only where there are some. */
export interface ExpressionChecks {
  /** The rules of the schema of a custom resource. */
  checkSchema(schema: Field): void;
  /** Variables, validations and the like of the `spec` of a policy; `matchConditions` apart. */
  checkPolicy(spec: Field): void;
  /** One of the `matchConditions` of a policy or a webhook. */
  checkCondition(expression: Field, hasParams: boolean): void;
  /** What selects devices. */
  checkSelector(expression: Field): void;
}

/** What is validated: a field, whatever its type. */
export type Check = (field: Field) => void;

/**
 * A field of an object as the API server decodes it: null, like an absent field, is the zero value of its type, and a
 * value of the wrong type (which decoding refuses) counts as absent too. Every step is safe.
 */
export class Field {
  readonly node: Node | undefined;
  readonly parent: Field | undefined;
  readonly step: string | number;
  readonly validation: Validation;
  /** What the API server calls the step, where that differs: its own types are not always those of the API. */
  readonly alias: readonly string[] | undefined;

  constructor(
    node: Node | undefined,
    parent: Field | undefined,
    step: string | number,
    validation: Validation,
    alias?: readonly string[],
  ) {
    this.node = node?.kind === 'scalar' && node.value === null ? undefined : node;
    this.parent = parent;
    this.step = step;
    this.validation = validation;
    this.alias = alias;
  }

  /** The same field, of which the API server calls the last step otherwise, or leaves it out. */
  as(...alias: readonly string[]): Field {
    return new Field(this.node, this.parent, this.step, this.validation, alias);
  }

  /** The same field, which the API server does not look at until something is made from it. */
  late(): Field {
    return new Field(this.node, this.parent, this.step, { ...this.validation, isLate: true }, this.alias);
  }

  get api(): Api {
    return this.validation.api;
  }

  get path(): (string | number)[] {
    return this.parent === undefined ? [] : [...this.parent.path, this.step];
  }

  /** The path as the API server names it; undefined where that is the path. */
  get #named(): (string | number)[] | undefined {
    for (let field: Field | undefined = this; field !== undefined; field = field.parent) {
      if (field.alias !== undefined) return this.#namedSteps();
    }
    return undefined;
  }

  #namedSteps(): (string | number)[] {
    return this.parent === undefined ? [] : [...this.parent.#namedSteps(), ...(this.alias ?? [this.step])];
  }

  /** The field of this object, or of an object inside it. */
  at(key: string, ...deeper: readonly string[]): Field {
    let field = this.#under(key);
    for (const each of deeper) field = field.#under(each);
    return field;
  }

  #under(key: string): Field {
    const { node } = this;
    return new Field(node?.kind === 'mapping' ? entryOf(node, key)?.value : undefined, this, key, this.validation);
  }

  /** Whether a field of this object is there: cheaper than to look at it. */
  says(key: string): boolean {
    const value = this.node?.kind === 'mapping' ? entryOf(this.node, key)?.value : undefined;
    return value !== undefined && (value.kind !== 'scalar' || value.value !== null);
  }

  /** The field under a key whose value is at hand. */
  child(key: string, value: Node): Field {
    return new Field(value, this, key, this.validation);
  }

  /** Whether the field has a value, even an empty one: whether the pointer that the API server decodes it to is not nil. */
  get isSet(): boolean {
    return this.node !== undefined;
  }

  /** Whether the field has the zero value of its type: absent, `""`, 0, false, no items. */
  get isEmpty(): boolean {
    const { node } = this;
    if (node === undefined) return true;
    if (node.kind === 'mapping') return node.entries.length === 0;
    if (node.kind === 'sequence') return node.items.length === 0;
    return node.value === '' || node.value === 0 || node.value === false;
  }

  /** The text; empty where there is none. */
  get text(): string {
    return this.node?.kind === 'scalar' && typeof this.node.value === 'string' ? this.node.value : '';
  }

  get number(): number | undefined {
    return this.node?.kind === 'scalar' && typeof this.node.value === 'number' ? this.node.value : undefined;
  }

  /** True where the field says so, false where it does not or is absent. */
  get isTrue(): boolean {
    return this.node?.kind === 'scalar' && this.node.value === true;
  }

  /** True where the field says that it is not so. */
  get isFalse(): boolean {
    return this.node?.kind === 'scalar' && this.node.value === false;
  }

  /** How many items or entries there are. */
  get size(): number {
    if (this.node?.kind === 'sequence') return this.node.items.length;
    return this.node?.kind === 'mapping' ? this.node.entries.length : 0;
  }

  items(): Field[] {
    if (this.node?.kind !== 'sequence') return [];
    return this.node.items.map((item, index) => new Field(item, this, index, this.validation));
  }

  /** The texts of the items of a list. */
  texts(): string[] {
    return this.items().map((item) => item.text);
  }

  keys(): string[] {
    return this.node?.kind === 'mapping' ? this.node.entries.map(({ key }) => key) : [];
  }

  has(key: string): boolean {
    return this.node?.kind === 'mapping' && entryOf(this.node, key) !== undefined;
  }

  entries(): [key: string, value: Field][] {
    if (this.node?.kind !== 'mapping') return [];
    return this.node.entries.map(({ key, value }) => [key, new Field(value, this, key, this.validation)]);
  }

  /** @param problem what is wrong, such as `is not a DNS label` @param remedy a command without a full stop */
  invalid(problem: string, remedy: string): void {
    this.#report('FieldValueInvalid', problem, remedy);
  }

  /** What is wrong with the key of this field. */
  invalidKey(problem: string, remedy: string): void {
    this.#report('FieldValueInvalid', problem, remedy, true);
  }

  /**
   * @param why what it needs (`with a handler`), what it has to be (`to be Never`), or when it is needed at all
   * (`where there are several ports`); always by default
   */
  required(why = '', remedy = `Add ${this.#name}`): void {
    const absence = this.isSet ? 'is empty' : 'is missing';
    const problem = why.startsWith('with ')
      ? `needs ${why.slice('with '.length)}`
      : why.startsWith('to ')
        ? `is required ${why}`
        : `${absence}${why && `; it is required ${why}`}`;
    this.#report('FieldValueRequired', problem, remedy);
  }

  /** @param why as `when the type is ClusterIP` */
  forbidden(why: string, remedy = `Remove ${this.#name}`): void {
    this.#report('FieldValueForbidden', `is not allowed ${why}`, remedy);
  }

  notSupported(allowed: readonly string[], why = ''): void {
    const values = allowed.map((value) => (value === '' ? '""' : value));
    const meant = nearMiss(this.text, allowed);
    const problem = `${values.length === 1 ? 'is not' : 'is not one of'} ${values.join(', ')}${why && `, ${why}`}`;
    const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
    this.#report('FieldValueNotSupported', `${problem}${hint}`, `Write ${choice(values)}`);
  }

  duplicate(of: string): void {
    this.#report('FieldValueDuplicate', `repeats ${of}`, `Make ${this.#name} unique, or remove one of the two`);
  }

  notFound(problem: string, remedy: string): void {
    this.#report('FieldValueNotFound', problem, remedy);
  }

  tooLong(most: number, unit = 'characters'): void {
    this.#report('FieldValueTooLong', `is longer than ${most} ${unit}`, `Use at most ${most} ${unit}`);
  }

  tooMany(most: number): void {
    this.#report('FieldValueTooMany', `has more than ${most} items`, `Use at most ${most} items`);
  }

  get #name(): string {
    return typeof this.step === 'string' ? this.step : 'the item';
  }

  #report(cause: Cause, problem: string, remedy: string, isAboutKey = false): void {
    const field = this.#named;
    this.validation.issues.push({
      path: this.path,
      ...(field !== undefined && { field }),
      cause,
      problem,
      remedy,
      ...(isAboutKey && { isAboutKey }),
      ...(this.validation.isLate === true && { isLate: true }),
    });
  }
}

function choice(allowed: readonly string[]): string {
  return allowed.length < 2 ? (allowed[0] ?? '') : `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
}
