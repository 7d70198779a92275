import type { CompiledPolicy } from '../../../policy/compiled.ts';
import type { Ignore, Match } from '../../../policy/policy.ts';
import type { Rule, Severity } from '../../../rule/rule.ts';
import { enumerate } from '../../../text/enumerate.ts';
import type { Exemption, Left, TakenCheck } from './configuration.ts';
import type { PeerCheck } from './peer-check.ts';

/** A check of the policy to be written. */
interface PlannedCheck {
  readonly rule: string;
  readonly severity?: Severity | undefined;
  readonly match?: Match | undefined;
  readonly with?: object | undefined;
}

export interface PlannedPrinciple {
  readonly id: string;
  /** Undefined where the parent has the principle: its checks are merged over the parent's. */
  readonly title: string | undefined;
  readonly severity: Severity | undefined;
  readonly checks: readonly PlannedCheck[];
}

export type PlannedIgnore = Pick<Ignore, 'principle' | 'rule' | 'resource' | 'reason' | 'until'>;

export interface Plan {
  readonly principles: readonly PlannedPrinciple[];
  readonly ignores: readonly PlannedIgnore[];
  readonly left: readonly Left[];
}

interface Sources {
  /** What the linter is called. */
  readonly title: string;
  readonly table: ReadonlyMap<string, PeerCheck>;
  readonly rules: ReadonlyMap<string, Rule>;
  /** The policy that the new one extends. */
  readonly parent: CompiledPolicy;
}

/** Where a rule is checked: what an exemption from it names. */
interface Home {
  readonly principle: string;
  readonly rule: string;
}

/** The verdict is a fact, not an opinion. */
const VERDICT = 'schema-valid';

/** Makes principles and ignores of what another linter checks and accepts: the same rule with the same options stands once. */
export function plan(checks: readonly TakenCheck[], exemptions: readonly Exemption[], sources: Sources): Plan {
  const principles = new Map<string, PlannedPrinciple>();
  const homes = new Map<string, readonly Home[]>();
  const seen = new Map<string, Home>();
  const left: Left[] = [];
  for (const check of checks) homes.set(check.name, addCheck(check));
  const ignores = exemptions.flatMap((exemption) => planIgnores(exemption, homes, sources.title, left));
  return { principles: [...principles.values()], ignores: distinct(ignores), left };

  function addCheck({ name, severity, uses, match }: TakenCheck): Home[] {
    const known = sources.table.get(name);
    const wanted = (uses ?? known?.uses ?? []).filter(({ rule }) => sources.rules.has(rule));
    if (wanted.length === 0) {
      if (known?.home !== 'helm') left.push({ what: name, why: known?.reason || 'No rule asks what it asks.' });
      return [];
    }
    const complete = wanted.filter(({ rule, with: options }) => {
      const missing = missingOptions(sources.rules.get(rule), options);
      if (missing.length === 0) return true;
      left.push({ what: name, why: `Rule ${rule} needs to know ${enumerate(missing)}.` });
      return false;
    });
    return complete.map(({ rule, with: options }) => {
      const key = JSON.stringify([rule, options ?? {}, match ?? {}]);
      const home =
        seen.get(key) ??
        inParent(rule, options, { match, severity }) ??
        inOwn(name, severity, { rule, match, with: options });
      seen.set(key, home);
      return home;
    });
  }

  /** A rule that the parent checks is checked there, with the options of both linters' meaning. */
  function inParent(
    rule: string,
    options: object | undefined,
    { match, severity }: Pick<PlannedCheck, 'match' | 'severity'>,
  ): Home | undefined {
    for (const { id, severity: usual, checks: inherited } of sources.parent.principles) {
      const same = inherited.filter(({ ruleId }) => ruleId === rule);
      const [only] = same;
      if (only === undefined || same.length > 1) continue;
      const changed = differences({ ...defaultsOf(sources.rules.get(rule)), ...options }, only.options);
      const raised = weighsMore(severity, only.severity ?? usual) ? severity : undefined;
      if (changed === undefined && (raised === undefined || rule === VERDICT)) return { principle: id, rule };
      if (match !== undefined) return undefined;
      addTo(id, undefined, undefined, { rule, severity: raised, with: changed });
      return { principle: id, rule };
    }
    return undefined;
  }

  function inOwn(name: string, severity: Severity | undefined, check: PlannedCheck): Home {
    const id = principleId(name, sources);
    addTo(id, sources.rules.get(check.rule)?.meta.summary, severity, check);
    return { principle: id, rule: check.rule };
  }

  function addTo(id: string, title: string | undefined, severity: Severity | undefined, check: PlannedCheck): void {
    const before = principles.get(id);
    const checksOf = before?.checks.filter(({ rule }) => rule !== check.rule || title !== undefined) ?? [];
    principles.set(id, { id, title: before?.title ?? title, severity, checks: [...checksOf, check] });
  }
}

function planIgnores(
  { check, resource, reason, until }: Exemption,
  homes: ReadonlyMap<string, readonly Home[]>,
  title: string,
  left: Left[],
): PlannedIgnore[] {
  const said = `Taken over from ${title}${reason === undefined || reason === '' ? '' : `: ${oneLine(reason)}`}`;
  const rest = { resource, reason: said, until };
  if (check === undefined) return [{ principle: undefined, rule: undefined, ...rest }];
  const found = homes.get(check);
  // What is not checked needs no exemption.
  if (found === undefined) return [];
  return found.flatMap((home): PlannedIgnore[] => {
    if (home.rule !== VERDICT) return [{ ...home, ...rest }];
    left.push({
      what: `the exemption of ${resource ?? 'all objects'} from ${check}`,
      why: 'The API server refuses what it finds.',
    });
    return [];
  });
}

/** Several checks of the other linter may be one rule. */
function distinct(ignores: readonly PlannedIgnore[]): PlannedIgnore[] {
  const byTarget = new Map<string, PlannedIgnore>();
  for (const ignore of ignores) {
    const { principle, rule, resource, until } = ignore;
    const key = JSON.stringify([principle, rule, resource, until]);
    if (!byTarget.has(key)) byTarget.set(key, ignore);
  }
  return [...byTarget.values()];
}

const WEIGHTS: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** Whether a finding would weigh more than it does in the parent. */
function weighsMore(wanted: Severity | undefined, given: Severity | undefined): boolean {
  return wanted !== undefined && given !== undefined && WEIGHTS[wanted] > WEIGHTS[given];
}

/** What differs from the options of another check; undefined where nothing does. */
function differences(wanted: object, given: object): object | undefined {
  const before = new Map(Object.entries(given));
  const changed = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)),
  );
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** What a rule cannot do without. */
function missingOptions(rule: Rule | undefined, given: object = {}): string[] {
  return (rule?.meta.options?.required ?? []).filter((option) => !Object.hasOwn(given, option));
}

function defaultsOf(rule: Rule | undefined): object {
  const properties = Object.entries(rule?.meta.options?.properties ?? {});
  return Object.fromEntries(
    properties.flatMap(([name, schema]) => ('default' in schema ? [[name, schema.default] as const] : [])),
  );
}

/** The name of the check, as far as a policy allows it; a principle of the parent is not meant by it. */
function principleId(name: string, { parent, title }: Sources): string {
  const id = name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z]/, 'x$&');
  const isTaken = [...parent.principles, ...parent.disabled].some((principle) => principle.id === id);
  return isTaken ? `${title.toLowerCase()}-${id}` : id;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
