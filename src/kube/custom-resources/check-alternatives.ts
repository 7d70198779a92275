import { enumerate } from '../../text/enumerate.ts';
import type { Node } from '../../yaml/node.ts';
import type { Issues } from './issues.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';

/**
 * Checks `allOf`, `anyOf`, `oneOf` and `not`.
 * @param issuesOf what is wrong with the value for a schema
 */
export function checkAlternatives(
  node: Node,
  schema: Schema,
  place: Place,
  issues: Issues,
  issuesOf: (alternative: Schema | undefined) => Issues,
): void {
  const any = schema.alternatives('anyOf');
  if (any.length > 0) {
    const found: Issues[] = [];
    for (const alternative of any) {
      found.push(issuesOf(alternative));
      if (found.at(-1)?.isEmpty === true) break;
    }
    if (found.at(-1)?.isEmpty === false) noneFits(node, any, found, place, issues);
  }
  const one = schema.alternatives('oneOf');
  if (one.length > 0) {
    const found = one.map(issuesOf);
    const fitting = one.filter((_, index) => found[index]?.isEmpty === true);
    if (fitting.length === 0) noneFits(node, one, found, place, issues);
    else if (fitting.length > 1) severalFit(fitting, place, issues);
  }
  for (const each of schema.alternatives('allOf')) issues.all.push(...issuesOf(each).all);
  const { not } = schema;
  if (not !== undefined && issuesOf(not).isEmpty) {
    if (not.onlyRequires) {
      const names = enumerate(not.required);
      issues.invalid(place, `has ${names}, which its schema does not allow here`, `Remove ${names}`);
    } else issues.invalid(place, 'is what "not" in its schema excludes', 'Write another value');
  }
}

function noneFits(
  node: Node,
  alternatives: readonly (Schema | undefined)[],
  found: readonly Issues[],
  place: Place,
  issues: Issues,
): void {
  if (alternatives.every((alternative) => alternative?.onlyRequires === true)) {
    const choices = alternatives.flatMap((alternative) => alternative?.required.join(' and ') ?? []);
    return issues.invalid(place, `lacks ${choices.join(' or ')}`, `Add ${choices.join(' or ')}`, 'FieldValueRequired');
  }
  // The alternative with the fewest mistakes is the one that is meant.
  const best = found.reduce((a, b) => (b.all.length < a.all.length ? b : a));
  const types = alternatives.map((alternative) => alternative?.types ?? []);
  const isAboutType = found.every(
    ({ all }) => all.length === 1 && all[0]?.by === 'decoding' && all[0].problem === 'type',
  );
  const first = best.all[0];
  if (isAboutType && first?.by === 'decoding') issues.type(place, types.flat(), first.found ?? '');
  else if (node.kind === 'scalar' || best.all.length > 1) {
    issues.invalid(
      place,
      `fits none of the ${alternatives.length} alternatives of its schema`,
      'Write what one of them allows',
    );
  } else issues.all.push(...best.all);
}

function severalFit(fitting: readonly (Schema | undefined)[], place: Place, issues: Issues): void {
  if (fitting.every((alternative) => alternative?.onlyRequires === true)) {
    const names = enumerate(fitting.map((alternative) => alternative?.required.join(' with ') ?? ''));
    return issues.invalid(place, `has ${names}, of which only one is allowed`, 'Remove all of them but one');
  }
  issues.invalid(
    place,
    `fits ${fitting.length} of the alternatives of its schema, of which only one may fit`,
    'Write what one of them alone allows',
  );
}
