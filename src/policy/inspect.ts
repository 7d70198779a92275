import type { LoadedRules, Registry } from '../rule/registry.ts';
import type { Rule } from '../rule/rule.ts';
import { isGlob } from '../text/glob.ts';
import { IGNORES_PRINCIPLE } from './ignores-principle.ts';
import type { Cursor } from '../yaml/cursor.ts';
import { explainGlob, explainNameGlob } from './globs.ts';
import { errorAt, type PolicyError } from './policy-error.ts';
import { didYouMean, withArticle } from './words.ts';

export interface KnownRules {
  readonly registry: Registry;
  /** Those that the file names, loaded. */
  readonly rules: LoadedRules;
}

/** What is wrong with one policy file beyond its structure. Parts of a wrong shape are left to the schema. */
export function inspectPolicyFile(root: Cursor, known: KnownRules): PolicyError[] {
  return [...inspectPrinciples(root, known), ...inspectExternals(root), ...inspectIgnores(root, known.registry)];
}

function* inspectPrinciples(root: Cursor, { registry, rules }: KnownRules): Generator<PolicyError> {
  for (const [id, principle] of root.at('principles').entries()) {
    if (id === IGNORES_PRINCIPLE) {
      yield errorAt(principle.onKey, `The id "${id}" is reserved for findings about ignores. Choose another id.`);
    }
    const seen = new Set<string>();
    for (const check of principle.at('checks').items()) {
      const rule = check.at('rule');
      if (rule.string === undefined) continue;
      const key = check.at('id').string ?? rule.string;
      if (seen.has(key)) {
        yield errorAt(
          check.at('id').exists ? check.at('id') : rule,
          check.at('id').exists
            ? `Principle "${id}" already has a check with id "${key}". Choose another id.`
            : `Principle "${id}" already has a check with rule "${key}". Merge the two, or give each an "id".`,
        );
      }
      seen.add(key);
      yield* inspectRuleId(rule, registry);
      yield* inspectMatch(check, rules.get(rule.string)?.rule);
      yield* inspectGlobs(stringsIn(check.at('with')), explainGlob);
    }
  }
}

/** The lists of a match that hold names. */
const NAME_LISTS = ['kinds', 'names', 'namespaces', 'containers'];

function* inspectRuleId(rule: Cursor, registry: Registry): Generator<PolicyError> {
  if (rule.string === undefined || registry.has(rule.string)) return;
  const hint = didYouMean(rule.string, registry.keys()) || ' "chartlint rules" lists the rules.';
  yield errorAt(rule, `Unknown rule "${rule.string}".${hint}`);
}

function* inspectMatch(check: Cursor, rule: Rule | undefined): Generator<PolicyError> {
  const match = check.at('match');
  const not = match.at('not');
  for (const lists of [match, not]) {
    for (const list of NAME_LISTS) yield* inspectGlobs(lists.at(list).items(), explainNameGlob);
    for (const map of ['labels', 'annotations']) {
      for (const [, value] of lists.at(map).entries()) yield* inspectGlobs([value], explainGlob);
    }
  }
  if (not.isMapping && not.entries().length === 0) {
    yield errorAt(not.onKey, '"not" is empty: it would leave out every object. Name "kinds", "names" or others.');
  }
  if (rule === undefined) return;
  if ((rule.scope === 'chart' || rule.scope === 'environments') && match.exists) {
    const id = check.at('rule').text;
    yield errorAt(match.onKey, `"match" would have no effect: rule "${id}" checks the chart as a whole. Remove it.`);
    return;
  }
  if (rule.scope === 'document' && match.exists) {
    const id = check.at('rule').text;
    yield errorAt(match.onKey, `"match" would have no effect: rule "${id}" looks at all texts. Remove it.`);
    return;
  }
  const subject = rule.scope === 'bundle' ? (rule.selects ?? 'resource') : rule.scope;
  if (subject === 'container') return;
  const noun = subject === 'configMap' ? 'ConfigMap' : withArticle(subject);
  for (const containers of [match.at('containers'), not.at('containers')]) {
    if (!containers.exists) continue;
    yield errorAt(
      containers.onKey,
      `"containers" would have no effect: rule "${check.at('rule').text}" checks ${noun} as a whole. Remove it.`,
    );
  }
}

function* inspectExternals(root: Cursor): Generator<PolicyError> {
  for (const external of root.at('externals').items()) {
    yield* inspectGlobs([external.at('name')], explainNameGlob);
    for (const key of external.at('keys').items()) {
      if (key.string === undefined || !isGlob(key.string)) continue;
      yield errorAt(
        key,
        `"${key.string}" is a glob. List the keys one by one, or leave "keys" out if they are not known.`,
      );
    }
  }
}

function* inspectIgnores(root: Cursor, registry: Registry): Generator<PolicyError> {
  for (const ignore of root.at('ignore').items()) {
    if (!ignore.isMapping) continue;
    if (!['principle', 'rule', 'resource'].some((key) => ignore.at(key).exists)) {
      yield errorAt(ignore, 'This would ignore every finding. Name a "principle", a "rule" or a "resource".');
    }
    yield* inspectRuleId(ignore.at('rule'), registry);
    yield* inspectGlobs([ignore.at('resource')], explainNameGlob);
    yield* inspectGlobs(ignore.at('path').items(), explainGlob);
    const until = ignore.at('until');
    if (until.string !== undefined && isImpossibleDate(until.string)) {
      yield errorAt(until, `The date ${until.string} does not exist.`);
    }
  }
}

/** True for `2027-02-30`; false for what is not written as a date at all. */
function isImpossibleDate(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day;
}

function* inspectGlobs(
  places: Iterable<Cursor>,
  explain: (glob: string) => string | undefined,
): Generator<PolicyError> {
  for (const place of places) {
    const message = place.string === undefined ? undefined : explain(place.string);
    if (message !== undefined) yield errorAt(place, message);
  }
}

function* stringsIn(place: Cursor): Generator<Cursor> {
  if (place.string !== undefined) yield place;
  for (const item of place.items()) yield* stringsIn(item);
  for (const [, value] of place.entries()) yield* stringsIn(value);
}
