import type { Check, Ignore, Policy, PolicyEnvironment, Principle } from './policy.ts';

const LINE_WIDTH = 120;

/**
 * The effective policy as YAML: a policy file without parents, with every option written out. Loading it gives the same
 * policy, apart from the places of its parts.
 */
export async function printPolicy(policy: Policy): Promise<string> {
  // The other build of js-yaml, so that the writer is not loaded with the parser.
  const { dump } = await import('js-yaml/browser');
  const { name, release, environments, externals, podKinds, principles, disabled, ignores } = policy;
  return dump(
    omitEmpty({
      version: 1,
      name,
      release: omitEmpty(release),
      environments: Object.fromEntries(
        environments.map((environment) => [environment.name, toEnvironment(environment)]),
      ),
      externals: externals.map((external) => omitUndefined(external)),
      workloads: podKinds,
      principles: Object.fromEntries([
        ...principles
          .filter(({ isImplied }) => isImplied !== true)
          .map((principle) => [principle.id, toPrinciple(principle, principle.severity)] as const),
        ...disabled.map((principle) => [principle.id, toPrinciple(principle, 'off')] as const),
      ]),
      ignore: ignores.map(toIgnore),
    }),
    { lineWidth: LINE_WIDTH, noRefs: true },
  );
}

function toEnvironment({ values, set, namespace }: PolicyEnvironment): object {
  return omitUndefined({ values, set, namespace });
}

function toPrinciple({ clause, title, rationale, checks }: Principle, severity: string | undefined): object {
  return omitUndefined({ clause, title, rationale, severity, checks: checks.map(toCheck) });
}

function toCheck({ ruleId, match, options }: Check): object {
  return omitEmpty({ rule: ruleId, match, with: options });
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
      return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
    }),
  );
}
