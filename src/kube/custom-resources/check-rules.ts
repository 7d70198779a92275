import type { Node } from '../../yaml/node.ts';
import { CelEnvironment, type Outcome, type Program } from '../cel/program.ts';
import type { Cause } from '../validation/issue.ts';
import { CelValues, isSeen, NotInCel } from './cel-values.ts';
import type { Issues } from './issues.ts';
import { Place } from './place.ts';
import { redactText } from '../redact.ts';
import { looksSecret } from '../secret-name.ts';
import { MASK } from '../../text/mask.ts';
import type { Rule } from './rule.ts';
import type { Schema } from './schema.ts';
import { isNull } from './value-type.ts';

/** Asks the rules of schemas, `x-kubernetes-validations`. */
export interface RuleChecker {
  check(object: Node, schema: Schema, issues: Issues): void;
}

/** Rules asked for one object: more are asked of none that the API server can afford. */
const MOST_EVALUATIONS = 100_000;

export function makeRuleChecker(): RuleChecker {
  const environment = new CelEnvironment();
  return {
    check(object, schema, issues) {
      const walk = new Walk(environment, issues);
      walk.visit(object, schema, schema, Place.root, true);
    },
  };
}

/** One walk through one object. Source: validation.go of package cel in k8s.io/apiextensions-apiserver. */
class Walk {
  readonly #environment: CelEnvironment;
  readonly #issues: Issues;
  readonly #values = new CelValues();
  readonly #withRules = new Map<Schema, boolean>();
  #left = MOST_EVALUATIONS;

  constructor(environment: CelEnvironment, issues: Issues) {
    this.#environment = environment;
    this.#issues = issues;
  }

  /** @param rules what has the rules: the schema itself, or one of its `allOf` */
  visit(node: Node, rules: Schema, schema: Schema, place: Place, isResource: boolean): void {
    // A rule is never asked of null; what is around it can.
    if (isNull(node) || !this.#hasRules(rules) || !isSeen(schema)) return;
    for (const rule of rules.rules) this.#ask(rule, node, schema, place, isResource);
    for (const each of rules.alternatives('allOf')) {
      if (each !== undefined) this.visit(node, each, schema, place, isResource);
    }
    if (node.kind === 'sequence') {
      const [itemRules, items] = [rules.items, schema.items];
      if (itemRules === undefined || items === undefined) return;
      for (const [index, item] of node.items.entries()) {
        this.visit(item, itemRules, items, place.at(index), items.isEmbeddedResource);
      }
    } else if (node.kind === 'mapping') {
      for (const { key, value } of node.entries) {
        const [fieldRules, field] = [rules.field(key), schema.field(key)];
        if (fieldRules !== undefined && field !== undefined) {
          this.visit(value, fieldRules, field, place.at(key), field.isEmbeddedResource);
        }
      }
    }
  }

  #hasRules(schema: Schema): boolean {
    const known = this.#withRules.get(schema);
    if (known !== undefined) return known;
    // A schema that refers to itself is asked again where it is met.
    this.#withRules.set(schema, true);
    const { additional, items } = schema;
    const inside = [
      items,
      typeof additional === 'object' ? additional : undefined,
      ...schema.propertyNames.map((name) => schema.property(name)),
      ...schema.alternatives('allOf'),
    ];
    const has = schema.rules.length > 0 || inside.some((each) => each !== undefined && this.#hasRules(each));
    this.#withRules.set(schema, has);
    return has;
  }

  #ask(rule: Rule, node: Node, schema: Schema, place: Place, isResource: boolean): void {
    if (this.#left-- <= 0) return;
    const program = this.#environment.compile(rule.rule);
    // There is no older object where one is created.
    if (program === undefined || (program.uses('oldSelf') && !rule.hasOptionalOldSelf)) return;
    const outcome = this.#evaluate(program, node, schema, isResource);
    if (outcome.is === 'unknown' || (outcome.is === 'value' && outcome.value !== false)) return;
    const where = place.at(...pathOf(rule.fieldPath));
    if (outcome.is === 'error') {
      this.#issues.invalid(
        place,
        `makes a rule of its schema fail (${redactText(outcome.message)}): ${inLine(rule.rule)}`,
        REMEDY,
      );
      return;
    }
    const message = this.#messageOf(rule, node, schema, isResource);
    const problem =
      message === undefined
        ? `does not fulfil a rule of its schema: ${inLine(rule.rule)}`
        : `does not fulfil a rule of its schema: ${message}`;
    this.#issues.invalid(where, problem, REMEDY, causeOf(rule.reason));
  }

  #evaluate(program: Program, node: Node, schema: Schema, isResource: boolean): Outcome {
    try {
      return program.evaluate(this.#values.of(node, schema, isResource));
    } catch (error) {
      if (error instanceof NotInCel) return { is: 'unknown' };
      throw error;
    }
  }

  /** What the schema's author has to say, without a full stop. A message that is computed may hold values. */
  #messageOf(
    { message, messageExpression }: Rule,
    node: Node,
    schema: Schema,
    isResource: boolean,
  ): string | undefined {
    const program = messageExpression === undefined ? undefined : this.#environment.compile(messageExpression);
    const outcome = program && this.#evaluate(program, node, schema, isResource);
    const computed = outcome?.is === 'value' && typeof outcome.value === 'string' ? outcome.value.trim() : '';
    const isUsable = computed !== '' && computed.length <= 5120 && !computed.includes('\n');
    const text = isUsable ? hideSecrets(computed, node) : message?.trim();
    return text === undefined || text === '' ? undefined : text.replace(/\.$/, '');
  }
}

/** What a message computes may be a value that its key says is secret, or one that looks it. */
function hideSecrets(message: string, node: Node): string {
  let shown = message;
  for (const secret of secretsIn(node)) shown = shown.replaceAll(secret, MASK);
  return redactText(shown);
}

function* secretsIn(node: Node, isSecret = false): Generator<string> {
  if (node.kind === 'scalar') {
    if (isSecret && node.value !== null && node.value !== '') yield String(node.value);
  } else if (node.kind === 'sequence') for (const item of node.items) yield* secretsIn(item, isSecret);
  else for (const { key, value } of node.entries) yield* secretsIn(value, isSecret || looksSecret(key));
}

const REMEDY = 'Change it so that the rule holds';

function causeOf(reason: string | undefined): Cause {
  switch (reason) {
    case 'FieldValueForbidden':
    case 'FieldValueRequired':
    case 'FieldValueDuplicate':
      return reason;
    default:
      return 'FieldValueInvalid';
  }
}

/** The steps of `.spec.items['a.b']`. */
function pathOf(fieldPath: string | undefined): string[] {
  const steps = (fieldPath ?? '').matchAll(/\.([^.[]+)|\['((?:[^'\\]|\\.)*)'\]/g);
  return [...steps].map(([, name, quoted = '']) => name ?? quoted.replaceAll(/\\(.)/g, '$1'));
}

/** A rule of several lines as one. */
function inLine(rule: string): string {
  return rule.trim().replaceAll(/\s+/g, ' ');
}
