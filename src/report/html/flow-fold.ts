import { isOff, WRITTEN, type Stop, type Way } from './flow-ways.ts';
import { count } from '../count.ts';

/** Above this many lines the picture shows parent keys instead of settings. */
const MANY_WAYS = 60;
const MANY_USES = 150;
/** Lines that a picture has at most. */
const MOST_WAYS = 120;
/** Containers that a folded line leads to. */
const MOST_USES = 8;
const MOST_REASONS = 5;

/** What a picture shows of the ways: folded by parent key where they are many. */
export function foldWays(ways: readonly Way[]): { readonly shown: readonly Way[]; readonly left: number } {
  const uses = ways.reduce((total, { to }) => total + to.length, 0);
  if (ways.length <= MANY_WAYS && uses <= MANY_USES) return { shown: ways, left: 0 };
  // What leaves the path is shown by itself, unless that is most.
  const foldsOff = ways.filter(isOff).length > MANY_WAYS;
  const groups = new Map<string, Way[]>();
  for (const [index, way] of ways.entries()) {
    const identity = isOff(way) && !foldsOff ? String(index) : foldingKey(way);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [way]);
    else group.push(way);
  }
  const folded = [...groups.values()].map(fold).map(cutUses);
  // What leaves the path must be seen.
  const shown = new Set([...folded.filter(isOff), ...folded.filter((way) => !isOff(way))].slice(0, MOST_WAYS));
  return { shown: folded.filter((way) => shown.has(way)), left: folded.length - shown.size };
}

/** Ways that begin at the same parent key and go through the same objects. */
function foldingKey(way: Way): string {
  const to = way.to.map(({ box, isPast }) => `${box} ${isPast}`);
  return JSON.stringify([way.kind, boxesOf(way.from), way.via?.box, [...new Set(to)], isOff(way)]);
}

function boxesOf(stops: readonly Stop[]): string[] {
  return [...new Set(stops.map(({ box }) => box))];
}

function cutUses(way: Way): Way {
  const left = way.to.length - MOST_USES;
  if (left <= 0) return way;
  const more = { box: 'More containers', label: count(left, 'variable'), note: '', isPast: false };
  return { ...way, to: [...way.to.slice(0, MOST_USES), more] };
}

/** Settings that no values key feeds have no parent key. */
function everyKeyOf(parent: string): string {
  return parent === WRITTEN ? parent : `${parent}.*`;
}

function fold(group: readonly Way[]): Way {
  const [first] = group;
  if (first === undefined) throw new Error('A group has a way.');
  if (group.length === 1) return first;
  const parents = boxesOf(first.from);
  const label = parents.length === 0 ? count(group.length, 'key') : everyKeyOf(parents[0] ?? '');
  const to = new Map(first.to.map((stop) => [stop.box, stop]));
  const reasons = [...new Set(group.flatMap(({ departures }) => departures))];
  const more = reasons.length - MOST_REASONS;
  return {
    kind: first.kind,
    from: parents.map((parent) => ({ box: 'Values', label: everyKeyOf(parent), note: count(group.length, 'key') })),
    via: first.via && { box: first.via.box, label, note: parents.length === 0 ? '' : count(group.length, 'key') },
    to: [...to.values()].map(({ box, isPast }) => {
      const note = parents.length === 0 ? '' : count(group.length, 'variable');
      return { box, label: parents.length === 0 ? count(group.length, 'variable') : label, note, isPast };
    }),
    text: `${count(group.length, 'setting')}, the first of them: ${first.text}`,
    departures: more <= 0 ? reasons : [...reasons.slice(0, MOST_REASONS), `${count(more, 'more reason')} in the list.`],
  };
}
