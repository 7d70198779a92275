import { paramKind, paramRef, policyMatch, variable } from './admission-policy.ts';
import { all, each, fields, is, required, strictlyOneOf, withSpec } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_SUBDOMAIN } from './formats.ts';
import { metadata } from './metadata.ts';
import { failurePolicy, matchConditions } from './webhook.ts';

/** The field of a patch, by its type. */
const PATCHES: Readonly<Record<string, string>> = {
  ApplyConfiguration: 'applyConfiguration',
  JSONPatch: 'jsonPatch',
};

const mutation: Check = (item) => {
  const type = item.at('patchType');
  if (type.isEmpty) return type.required();
  const wanted = Object.hasOwn(PATCHES, type.text) ? PATCHES[type.text] : undefined;
  if (wanted === undefined) return type.notSupported(Object.keys(PATCHES));
  const patch = item.at(wanted);
  if (!patch.isSet) patch.required(`where patchType is ${type.text}`);
  else if (patch.at('expression').text.trim() === '') patch.at('expression').required();
  for (const other of Object.values(PATCHES)) {
    if (other !== wanted && item.at(other).isSet) {
      item.at(other).invalid(`is set, but patchType is ${type.text}`, `Remove ${other}, or change patchType`);
    }
  }
};

const MUTATED = ['CREATE', 'UPDATE'];

/** Only requests that bring an object can be changed. */
function checkOperations(constraints: Field): void {
  for (const rule of constraints.at('resourceRules').items()) {
    for (const operation of rule.at('operations').items()) {
      if (!MUTATED.includes(operation.text)) operation.notSupported(MUTATED);
    }
  }
}

export const mutatingAdmissionPolicy = all(
  metadata({ name: DNS_SUBDOMAIN, knownFinalizers: false }),
  withSpec(
    fields(
      {
        failurePolicy,
        paramKind,
        matchConditions,
        variables: each(variable),
        mutations: required(each(mutation)),
        reinvocationPolicy: required(strictlyOneOf('IfNeeded', 'Never')),
      },
      (spec) => {
        const constraints = spec.at('matchConstraints');
        if (!constraints.isSet) constraints.required();
        else {
          policyMatch(constraints);
          if (constraints.at('resourceRules').size === 0) constraints.at('resourceRules').required();
          checkOperations(constraints);
        }
        spec.validation.expressions?.checkPolicy(spec);
      },
    ),
  ),
);

export const mutatingAdmissionPolicyBinding = all(
  metadata({ name: DNS_SUBDOMAIN, knownFinalizers: false }),
  withSpec(fields({ policyName: required(is(DNS_SUBDOMAIN)), paramRef, matchResources: policyMatch })),
);
