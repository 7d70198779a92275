import type { Check, Ignore, Policy, PolicyEnvironment, Principle } from './policy.ts';
import { makeYaml, printYaml } from './write-yaml.ts';

/**
 * The effective policy as YAML: a policy file without parents, with every option written out. Loading it gives the same
 * policy, apart from the places of its parts.
 */
export function printPolicy(policy: Policy): string {
  const { name, release, baseline, environments, externals, schemas, unknownKinds, podKinds } = policy;
  const { principles, disabled, ignores } = policy;
  const document = makeYaml(
    omitEmpty({
      version: 1,
      name,
      release: omitEmpty(release),
      baseline: baseline?.file,
      // Objects put keys that are numbers first.
      environments: new Map(environments.map((environment) => [environment.name, toEnvironment(environment)] as const)),
      externals: externals.map((external) => omitUndefined(external)),
      schemas: schemas.map(({ path }) => path),
      unknownKinds: unknownKinds === 'allow' ? undefined : unknownKinds,
      workloads: podKinds,
      principles: new Map([
        ...principles
          .filter(({ isImplied }) => isImplied !== true)
          .map((principle) => [principle.id, toPrinciple(principle, principle.severity)] as const),
        ...disabled.map((principle) => [principle.id, toPrinciple(principle, 'off')] as const),
      ]),
      ignore: ignores.map(toIgnore),
    }),
  );
  return printYaml(document);
}

function toEnvironment({ values, set, namespace, kubeVersion, optional }: PolicyEnvironment): object {
  return omitUndefined({ values, set, namespace, kubeVersion, optional });
}

function toPrinciple(principle: Principle, severity: string | undefined): object {
  const { clause, title, rationale, checks, removed = [] } = principle;
  const written = [...checks.map((check) => toCheck(check)), ...removed.map((check) => toCheck(check, 'off'))];
  return omitUndefined({ clause, title, rationale, severity, checks: written });
}

function toCheck({ id, ruleId, severity, match, options }: Check, off?: 'off'): object {
  return omitEmpty({ rule: ruleId, id, severity: off ?? severity, match, with: options });
}

function toIgnore({ principle, rule, resource, path, reason, until }: Ignore): object {
  return omitUndefined({ principle, rule, resource, path, reason, until });
}

function omitUndefined(object: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Leaves out what is undefined, an empty list or an empty mapping. */
function omitEmpty(object: object): object {
  return Object.fromEntries(
    Object.entries(omitUndefined(object)).filter(([, value]) => {
      if (value instanceof Map) return value.size > 0;
      return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
    }),
  );
}
