import type { Cursor } from '../../../yaml/cursor.ts';
import {
  annotationsOf,
  listOf,
  NAME_INPUTS,
  type Configuration,
  type Left,
  type OwnExemptions,
  type Peer,
  type TakenCheck,
} from './configuration.ts';
import type { PeerCheck } from './peer-check.ts';
import { customCheck, plainTemplate } from './kube-linter-templates.ts';

/** Nothing is built in that a template alone asks. */
const TEMPLATE = 'template';
const IGNORED = 'ignore-check.kube-linter.io/';

/** https://docs.kubelinter.io/#/configuring-kubelinter */
export const KUBE_LINTER: Peer = {
  title: 'kube-linter',
  files: ['.kube-linter.yaml', '.kube-linter.yml'],
  read([file], all): Configuration {
    const checks = file?.root?.at('checks');
    const has = (name: string): boolean => checks?.at(name).boolean === true;
    const included = listOf(checks?.at('include'));
    const excluded = new Set(listOf(checks?.at('exclude')));
    const custom = readCustom(file?.root, all);
    const known = new Set([...all.keys(), ...custom.taken.map(({ name }) => name), ...custom.names]);
    const built = [...all].filter(([name, { initial }]) => {
      if (initial === TEMPLATE) return false;
      if (has('addAllBuiltIn')) return !custom.names.has(name);
      return included.includes(name) || (initial === 'on' && !has('doNotAutoAddDefaults'));
    });
    const taken = [...built.map(([name]): TakenCheck => ({ name, severity: 'error' })), ...custom.taken];
    const unknown = [...included, ...excluded].filter((name) => !known.has(name));
    return {
      checks: taken.filter(({ name }) => !excluded.has(name)),
      exemptions: [],
      left: [
        ...custom.left.filter(({ what }) => !excluded.has(what)),
        ...unknown.map((what) => ({ what, why: 'kube-linter has no check of this name.' })),
        ...listOf(checks?.at('ignorePaths')).map((path) => ({ what: `ignorePaths ${path}`, why: NAME_INPUTS })),
      ],
    };
  },
  exemptionsOf({ root }) {
    const exemptions = annotationsOf(root).flatMap(([key, reason]): OwnExemptions['exemptions'] => {
      if (key === 'kube-linter.io/ignore-all') return [{ check: undefined, reason }];
      return key.startsWith(IGNORED) ? [{ check: key.slice(IGNORED.length), reason }] : [];
    });
    return { exemptions };
  },
};

function readCustom(
  root: Cursor | undefined,
  all: ReadonlyMap<string, PeerCheck>,
): {
  readonly taken: readonly TakenCheck[];
  readonly names: ReadonlySet<string>;
  readonly left: readonly Left[];
} {
  const taken: TakenCheck[] = [];
  const left: Left[] = [];
  const names = new Set<string>();
  for (const check of root?.at('customChecks').items() ?? []) {
    const name = check.at('name').text ?? '';
    const template = check.at('template').text ?? '';
    names.add(name);
    const plain = all.get(plainTemplate(template) ?? '')?.uses;
    const uses = customCheck(template, check.at('params')) ?? (plain?.length === 0 ? undefined : plain);
    if (uses === undefined)
      left.push({ what: name, why: `No rule asks what the template ${template} does with these params.` });
    else taken.push({ name, uses, severity: 'error' });
  }
  return { taken, names, left };
}
