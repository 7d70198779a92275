import type { Match, MatchLists } from '../../../policy/policy.ts';
import type { Severity } from '../../../rule/rule.ts';
import type { Cursor } from '../../../yaml/cursor.ts';
import {
  annotationsOf,
  listOf,
  type Configuration,
  type Exemption,
  type Left,
  type Peer,
  type TakenCheck,
} from './configuration.ts';

const ANNOTATION = /^polaris\.fairwinds\.com\/(?:(.+)-)?(exempt)$/;
const SEVERITIES: Readonly<Record<string, Severity>> = { danger: 'error', warning: 'warning' };

/** https://polaris.docs.fairwinds.com/customization/configuration/ */
export const POLARIS: Peer = {
  title: 'Polaris',
  files: ['polaris.yaml', 'polaris.yml', '.polaris.yaml', '.polaris.yml', 'polaris-config.yaml'],
  read([file], all): Configuration {
    const written = file?.root?.at('checks').entries();
    // Without --merge-config, a configuration is all that counts.
    const severities = new Map(
      written === undefined
        ? [...all].map(([name, { initial }]) => [name, initial] as const)
        : written.map(([name, value]) => [name, value.text ?? 'ignore'] as const),
    );
    const custom = new Set(file?.root?.at('customChecks').keys() ?? []);
    const on = [...severities].filter(([, severity]) => SEVERITIES[severity] !== undefined);
    const { exemptions, exceptions, left } = readExemptions(
      file?.root,
      on.map(([name]) => name),
    );
    const checks = on.flatMap(([name, severity]): TakenCheck[] => {
      const match = exceptions.get(name);
      const isKnown = all.has(name) && !custom.has(name);
      return isKnown ? [{ name, severity: SEVERITIES[severity], ...(match !== undefined && { match }) }] : [];
    });
    const others = on.filter(([name]) => !all.has(name) || custom.has(name));
    return {
      checks,
      exemptions,
      left: [
        ...others.map(([what]) => ({
          what,
          why: custom.has(what)
            ? 'It is a check of your own: write a rule for it with defineRule.'
            : 'Polaris has no check of this name.',
        })),
        ...left,
      ],
    };
  },
  exemptionsOf({ root }) {
    const exemptions = annotationsOf(root).flatMap(([key, value]) => {
      const [, check, isExempt] = ANNOTATION.exec(key) ?? [];
      return isExempt !== undefined && value.toLowerCase() === 'true' ? [{ check }] : [];
    });
    return { exemptions };
  },
};

/** An ignore knows no namespaces and containers: what names them becomes a part of the check. */
function readExemptions(
  root: Cursor | undefined,
  names: readonly string[],
): {
  readonly exemptions: readonly Exemption[];
  readonly exceptions: ReadonlyMap<string, Match>;
  readonly left: readonly Left[];
} {
  const exemptions: Exemption[] = [];
  const exceptions = new Map<string, Match>();
  const left: Left[] = [];
  for (const exemption of root?.at('exemptions').items() ?? []) {
    const rules = listOf(exemption.at('rules'));
    const namespace = exemption.at('namespace').text;
    const controllers = listOf(exemption.at('controllerNames')).map((name) => `${name}*`);
    const containers = listOf(exemption.at('containerNames')).map((name) => `${name}*`);
    const checks = rules.length === 0 ? names : rules.filter((name) => names.includes(name));
    if (namespace === undefined && containers.length === 0) {
      const resources = controllers.length === 0 ? [undefined] : controllers.map((name) => `*/${name}`);
      const all = rules.length === 0 ? [undefined] : checks;
      for (const check of all) for (const resource of resources) exemptions.push({ check, resource });
      continue;
    }
    const not: MatchLists = {
      ...(controllers.length > 0 && { names: controllers }),
      ...(namespace !== undefined && { namespaces: [namespace] }),
      ...(containers.length > 0 && { containers }),
    };
    for (const check of checks) {
      if (exceptions.has(check))
        left.push({ what: `an exemption from ${check}`, why: 'There is another one with a namespace or containers.' });
      else exceptions.set(check, { not });
    }
  }
  return { exemptions, exceptions, left };
}
