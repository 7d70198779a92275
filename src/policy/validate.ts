import type { OptionsSchema } from '../rule/options.ts';
import type { OptionsValidator, RegisteredRule } from '../rule/registry.ts';
import type { Cursor } from '../yaml/cursor.ts';
import { toValue } from '../yaml/node.ts';
import { explainSchemaErrors } from './explain-schema-errors.ts';
import { inspectPolicyFile, type KnownRules } from './inspect.ts';
import type { CheckDraft } from './merge-policies.ts';
import { errorAt, type PolicyError } from './policy-error.ts';
import { POLICY_SCHEMA } from './policy-schema.ts';

interface PolicyValidation extends KnownRules {
  /** What `POLICY_SCHEMA` compiles to, with `AJV_OPTIONS`. */
  readonly validateStructure: OptionsValidator;
}

/** Everything that is wrong with one policy file on its own. */
export function validatePolicyFile(root: Cursor, { validateStructure, ...known }: PolicyValidation): PolicyError[] {
  // To name what another file holds, which a policy of strangers may extend, would give it away.
  if (root.keys().length > 0 && root.keys().every((key) => !Object.hasOwn(POLICY_SCHEMA.properties, key))) {
    const message = 'This is not a policy: it has none of the keys of one. A policy begins with "version: 1".';
    return [errorAt(root.at('version'), message)];
  }
  const errors: PolicyError[] = [];
  if (root.node !== undefined && !validateStructure(toValue(root.node))) {
    errors.push(
      ...explainSchemaErrors(validateStructure.errors ?? [], {
        schema: POLICY_SCHEMA,
        locate: (path) => root.at(...path),
        owner: 'in the policy',
        key: 'key',
      }),
    );
  }
  return [...errors, ...inspectPolicyFile(root, known)];
}

/** The options of a check, with the rule's defaults, and what is wrong with them where it was written. */
export function readOptions(
  check: CheckDraft,
  ruleId: string,
  { rule, validateOptions }: RegisteredRule,
): { options: object; errors: PolicyError[] } {
  const schema = rule.meta.options ?? { type: 'object' };
  if (!takesOptions(schema)) {
    const written = check.withs.filter((place) => place.entries().length > 0);
    const message = `Rule "${ruleId}" has no options. Remove "with".`;
    return { options: {}, errors: written.map((place) => errorAt(place.onKey, message)) };
  }
  // What such a `with` was meant to say is not known; that it is wrong has already been reported.
  if (check.withs.some((place) => !place.isMapping)) return { options: {}, errors: [] };
  const options: Record<string, unknown> = {};
  for (const [name, { node }] of check.options) if (node !== undefined) setOwn(options, name, toValue(node));
  if (validateOptions(options)) return { options, errors: [] };
  const whole = check.withs.at(-1) ?? check.rule;
  const errors = explainSchemaErrors(validateOptions.errors ?? [], {
    schema,
    locate: ([name, ...inside]) =>
      name === undefined ? whole : (check.options.get(String(name)) ?? whole).at(...inside),
    owner: `of rule "${ruleId}"`,
    key: 'option',
  });
  return { options, errors };
}

function takesOptions({ properties, additionalProperties }: OptionsSchema): boolean {
  return additionalProperties !== undefined || (properties !== undefined && Object.keys(properties).length > 0);
}

/** Sets a property whatever its name is, `__proto__` included. */
function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
