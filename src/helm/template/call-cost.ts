import { Bytes, GoList, GoMap, type Value } from '../value/value.ts';
import type { Origin } from '../value/origin.ts';
import type { Tracked } from '../value/tracked.ts';

/** How far a function looks into the maps and lists that it is given. */
type Reach = 'no further' | 'entries' | 'all' | 'to append';

/** What a call takes beyond what the sizes of its arguments and its result say. */
interface Weight {
  /** Steps for the call itself. */
  readonly call?: number;
  /** Steps for each character that it reads, beyond one for sixteen. */
  readonly character?: number;
  /** Steps for each entry that it reads; by default one, or four where it goes through all that they hold. */
  readonly entry?: number;
}

/** Texts are copied and searched by many characters at once. */
const CHARACTERS_BY_STEP_SHIFT = 4;

/** Functions have bounds of their own beyond this, and a value that holds itself has no end. */
const MAX_COUNTED = 1_000_000;

const REACHES: ReadonlyMap<string, Reach> = new Map<string, Reach>([
  ...named('to append', 'append mustAppend push mustPush'),
  ...named(
    'no further',
    'and call coalesce default dict empty fail first get hasKey include index kindIs kindOf last len list lookup mustFirst',
    'mustLast not or required set ternary tpl tuple typeIs typeIsLike typeOf unset AsMap Get GetBytes Has Table',
  ),
  ...named(
    'entries',
    'chunk concat initial keys mustChunk mustInitial mustPrepend mustRest mustReverse mustSlice',
    'omit pick pluck prepend rest reverse slice values Glob',
  ),
]);

/** Measured: a step takes about 0.15 µs. */
const WEIGHTS: ReadonlyMap<string, Weight> = new Map<string, Weight>([
  ...weighed({ call: 2_000_000 }, 'derivePassword'),
  ...weighed({ call: 500_000 }, 'genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey'),
  ...weighed({ call: 500_000 }, 'genSignedCert genSignedCertWithKey buildCustomCert'),
  ...weighed({ call: 1000 }, 'bcrypt htpasswd'),
  ...weighed({ call: 8 }, 'set'),
  ...weighed(
    { character: 2 },
    'shuffle fromYaml fromYamlArray fromJson mustFromJson fromJsonArray fromToml mustFromToml semverCompare',
  ),
  ...weighed(
    { character: 1 },
    'camelcase snakecase kebabcase title untitle initials swapcase wrap wrapWith html js urlquery quote adler32sum',
    'b32enc b32dec semver duration durationRound toDate mustToDate dateModify date_modify',
    'mustDateModify must_date_modify date dateInZone date_in_zone htmlDate htmlDateInZone ago',
  ),
  ...weighed(
    { entry: 10 },
    'has mustHas uniq mustUniq without mustWithout deepEqual sortAlpha',
    'toYaml toYamlPretty toJson mustToJson toRawJson mustToRawJson toPrettyJson toToml',
  ),
]);

function named(reach: Reach, ...names: readonly string[]): [string, Reach][] {
  return names.flatMap((line) => line.split(' ')).map((name) => [name, reach]);
}

function weighed(weight: Weight, ...names: readonly string[]): [string, Weight][] {
  return names.flatMap((line) => line.split(' ')).map((name) => [name, weight]);
}

const NO_WEIGHT: Weight = {};

/** Verbs that go through a text character by character. */
const SLOW_VERB = /%[^A-Za-z%]*[qxXU]/;

/** The steps that a call takes for what it reads. */
export function costOfCall(name: string, args: readonly Tracked[]): number {
  const reach = REACHES.get(name) ?? 'all';
  const weight = WEIGHTS.get(name) ?? NO_WEIGHT;
  const { call = 0, entry = reach === 'all' ? 4 : 1 } = weight;
  const character = name === 'printf' && isSlow(args[0]?.value) ? 1 : (weight.character ?? 0);
  let cost = call;
  for (const { value, origin } of args) {
    if (typeof value === 'string') {
      cost += (value.length >> CHARACTERS_BY_STEP_SHIFT) + value.length * character + (origin.segments?.length ?? 0);
    } else if (reach === 'to append') cost += costOfCopy(value, origin);
    else cost += sizeOf(value, reach) * entry;
  }
  return cost;
}

function isSlow(format: Value): boolean {
  return typeof format === 'string' && SLOW_VERB.test(format);
}

/** A list is copied before something is appended to it, unless it was made for that. */
function costOfCopy(value: Value, { reach }: Origin): number {
  if (!(value instanceof GoList)) return 0;
  return value.canGrow && reach === undefined ? 2 : 3 * value.length;
}

/** The steps that a call takes for what it makes: memory, above all. */
export function costOfResult(name: string, { value }: Tracked): number {
  if (typeof value === 'string')
    return name.startsWith('rand') ? value.length : value.length >> CHARACTERS_BY_STEP_SHIFT;
  const reach = REACHES.get(name) ?? 'all';
  return reach === 'to append' ? 0 : 2 * sizeOf(value, reach);
}

function sizeOf(value: Value, reach: Reach): number {
  if (value instanceof Bytes) return reach === 'no further' ? 0 : value.bytes.length >> CHARACTERS_BY_STEP_SHIFT;
  if (reach === 'no further' || !(value instanceof GoMap || value instanceof GoList)) return 0;
  if (value instanceof GoMap && value.type === 'engine.files') return value.size;
  return reach === 'entries' ? entriesOf(value) : sizeOfAll(value);
}

function entriesOf(value: GoMap | GoList): number {
  return value instanceof GoMap ? costOfEntries(value) : value.length;
}

/** A map is sorted when its entries are listed, unless it was before and has got no other keys since. */
function costOfEntries(map: GoMap): number {
  const { size, isSorted } = map;
  return isSorted ? size : size + ((size * Math.log2(size + 1)) >> 2);
}

/** The steps that `range` takes before it begins. */
export function costOfRange(value: Value): number {
  return value instanceof GoMap ? 3 * costOfEntries(value) : 0;
}

/** How many entries there are in a value and in all that it holds, once for each place where they are. */
function sizeOfAll(root: GoMap | GoList): number {
  const open: (GoMap | GoList)[] = [root];
  let size = 0;
  for (let next = open.pop(); next !== undefined && size < MAX_COUNTED; next = open.pop()) {
    size += entriesOf(next);
    const children = next instanceof GoMap ? next.values() : next.items;
    for (const child of children) {
      if (child instanceof GoMap || child instanceof GoList) open.push(child);
      else if (typeof child === 'string') size += child.length >> CHARACTERS_BY_STEP_SHIFT;
    }
  }
  return size;
}
