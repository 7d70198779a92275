import { AUTHORIZER, RESOURCE_CHECK } from '../cel/compile/functions.ts';
import {
  BOOL,
  DYN,
  INT,
  listOf,
  mapOf,
  NULL,
  objectType,
  SIMPLE,
  STRING,
  TIMESTAMP,
  type CelType,
} from '../cel/compile/type.ts';
import { compileField } from './expression-issue.ts';
import type { Field } from './field.ts';

/**
 * The expressions of admission policies and of `matchConditions`. Of the object in question nothing is known when a policy
 * is created. Source: plugin/cel/compile.go in k8s.io/apiserver.
 */

const KIND = objectType('kubernetes.GroupVersionKind', { group: STRING, version: STRING, kind: STRING });
const RESOURCE = objectType('kubernetes.GroupVersionResource', { group: STRING, version: STRING, resource: STRING });
const USER = objectType('kubernetes.UserInfo', {
  username: STRING,
  uid: STRING,
  groups: listOf(STRING),
  extra: mapOf(STRING, listOf(STRING)),
});
const REQUEST = objectType('kubernetes.AdmissionRequest', {
  kind: KIND,
  resource: RESOURCE,
  subResource: STRING,
  requestKind: KIND,
  requestResource: RESOURCE,
  requestSubResource: STRING,
  name: STRING,
  namespace: STRING,
  operation: STRING,
  userInfo: USER,
  dryRun: BOOL,
  options: DYN,
});

const TEXTS = mapOf(STRING, STRING);
const NAMESPACE = objectType('kubernetes.Namespace', {
  metadata: objectType('kubernetes.NamespaceMetadata', {
    name: STRING,
    generateName: STRING,
    namespace: STRING,
    labels: TEXTS,
    annotations: TEXTS,
    UID: STRING,
    creationTimestamp: TIMESTAMP,
    deletionGracePeriodSeconds: INT,
    deletionTimestamp: TIMESTAMP,
    generation: INT,
    resourceVersion: STRING,
    finalizers: listOf(STRING),
  }),
  spec: objectType('kubernetes.NamespaceSpec', { finalizers: listOf(STRING) }),
  status: objectType('kubernetes.NamespaceStatus', {
    conditions: listOf(
      objectType('kubernetes.NamespaceCondition', {
        status: STRING,
        type: STRING,
        lastTransitionTime: TIMESTAMP,
        message: STRING,
        reason: STRING,
      }),
    ),
    phase: STRING,
  }),
});

type Variables = ReadonlyMap<string, CelType>;

function variablesOf({ hasParams = false, hasAuthorizer = true }): Variables {
  return new Map([
    ['object', DYN],
    ['oldObject', DYN],
    ['namespaceObject', NAMESPACE],
    ['request', REQUEST],
    ...(hasParams ? [['params', DYN] as const] : []),
    ...(hasAuthorizer
      ? [['authorizer', AUTHORIZER] as const, ['authorizer.requestResource', RESOURCE_CHECK] as const]
      : []),
  ]);
}

export function checkCondition(expression: Field, hasParams: boolean): void {
  compileField(expression, { variables: variablesOf({ hasParams }) }, [BOOL], expression.text.trim());
}

/** Of an object that a mutation makes, the fields are not looked at. */
const ANY_FIELDS = (name: string): CelType => ({ kind: 'object', name, of: [], fieldOf: () => DYN });
const PATCH: CelType = {
  kind: 'object',
  name: 'JSONPatch',
  of: [],
  fieldOf: (name) => (['op', 'path', 'from'].includes(name) ? STRING : DYN),
};

function patchTypes(name: string): CelType | undefined {
  if (name === PATCH.name) return PATCH;
  return name === 'Object' || name.startsWith('Object.') ? ANY_FIELDS(name) : undefined;
}

export function checkPolicy(spec: Field): void {
  const hasParams = spec.at('paramKind').isSet;
  const own: Record<string, CelType> = {};
  const withVariables = (hasAuthorizer: boolean): Variables =>
    new Map([...variablesOf({ hasParams, hasAuthorizer }), ['variables', objectType('kubernetes.variables', own)]]);
  const variables = withVariables(true);
  const compileOwn = (field: Field, types: readonly CelType[], text?: string, surroundings = variables): void => {
    if (field.text.trim() !== '') compileField(field, { variables: surroundings }, types, text);
  };
  for (const variable of spec.at('variables').items()) {
    const expression = variable.at('expression');
    const compiled = expression.text.trim() === '' ? undefined : compileField(expression, { variables });
    // What is wrong, or not known, can be anything.
    own[variable.at('name').text] = compiled === undefined ? DYN : composed(compiled.checked.type);
  }
  for (const validation of spec.at('validations').items()) {
    compileOwn(validation.at('expression'), [BOOL]);
    compileOwn(validation.at('messageExpression'), [STRING], undefined, withVariables(false));
  }
  for (const annotation of spec.at('auditAnnotations').items()) {
    const value = annotation.at('valueExpression');
    compileOwn(value, [STRING, NULL], value.text.trim());
  }
  for (const mutation of spec.at('mutations').items()) {
    const surroundings = { variables, typeNamed: patchTypes };
    const configuration = mutation.at('applyConfiguration', 'expression');
    const patch = mutation.at('jsonPatch', 'expression');
    const isPatch = mutation.at('patchType').text === 'JSONPatch';
    const [expression, type] = isPatch ? [patch, listOf(PATCH)] : [configuration, ANY_FIELDS('Object')];
    if (expression.text.trim() !== '') compileField(expression, surroundings, [type], expression.text.trim());
  }
}

/** The type of a variable where it is used: of what is not made of simple types nothing is known. */
function composed(type: CelType): CelType {
  if (type.kind === 'list' || type.kind === 'map') return { ...type, of: type.of.map(composed) };
  return SIMPLE.has(type.name) && type.kind === 'simple' ? type : DYN;
}
