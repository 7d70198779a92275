import { comparePrereleases, compareVersions, parseVersion, SemverError, type Version } from './semver-version.ts';

/** One comparison of a range. */
interface Comparison {
  readonly operator: string;
  readonly version: Version;
  /** The first part that was left out or written as `x` or `*`; those after it count as left out too. */
  readonly wild: 'major' | 'minor' | 'patch' | undefined;
}

/** Comparisons that must all hold. */
interface Group {
  readonly comparisons: readonly Comparison[];
  /** A group takes prereleases when one of its comparisons names one. */
  readonly takesPrereleases: boolean;
}

const SPACE = '[\\t\\n\\f\\r ]';
const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const NUMBER = '[0-9|xX*]+';
const TAIL = `(-${IDENTIFIERS})?(?:\\+${IDENTIFIERS})?`;
const VERSION = `v?(${NUMBER})(?:\\.(${NUMBER}))?(?:\\.(${NUMBER}))?${TAIL}`;
const OPERATOR = '!=|>=|=>|<=|=<|~>|=|>|<|~|\\^|';
/** The groups of a `VERSION` and the one around it. */
const VERSION_GROUPS = 5;

/** Whether a version is in a range, such as `>=1.2 <2 || ^3`. Throws `SemverError` when either cannot be read. */
export function satisfies(constraint: string, version: string): boolean {
  const groups = rewriteRanges(constraint)
    .split('||')
    .map((text) => parseGroup(text));
  const parsed = parseVersion(version);
  return groups.some(({ comparisons, takesPrereleases }) => {
    if (parsed.prerelease !== '' && !takesPrereleases) return false;
    return comparisons.every((comparison) => holds(comparison, parsed));
  });
}

/** `1.2 - 1.4` means `>=1.2 <=1.4`. */
function rewriteRanges(text: string): string {
  if (!/\s-\s/.test(text)) return text;
  const side = `${SPACE}*(${VERSION})`;
  const pattern = new RegExp(`${side}${SPACE}+-(?=${SPACE})${side}${SPACE}*`, 'g');
  let rewritten = text;
  for (const match of text.matchAll(pattern)) {
    rewritten = rewritten.replace(match[0], () => `>= ${match[1] ?? ''}, <= ${match[1 + VERSION_GROUPS] ?? ''} `);
  }
  return rewritten;
}

function parseGroup(text: string): Group {
  const comparisons = readComparisons(text).map((match) => comparisonOf(match));
  return { comparisons, takesPrereleases: comparisons.some(({ version }) => version.prerelease !== '') };
}

/** Comparisons have white space or a comma between them. */
function readComparisons(text: string): readonly RegExpExecArray[] {
  const pattern = new RegExp(`${SPACE}*(${OPERATOR})${SPACE}*(${VERSION})${SPACE}*`, 'y');
  const matches: RegExpExecArray[] = [];
  let at = 0;
  do {
    pattern.lastIndex = at;
    const match: RegExpExecArray | null = pattern.exec(text);
    if (match === null) throw new SemverError(`improper constraint: ${text}`);
    matches.push(match);
    at = pattern.lastIndex;
    if (text[at] === ',') at++;
    else if (at < text.length && !/[\t\n\f\r ]/.test(text[at - 1] ?? '')) {
      throw new SemverError(`improper constraint: ${text}`);
    }
  } while (at < text.length || text[at - 1] === ',');
  return matches;
}

function comparisonOf(match: RegExpExecArray): Comparison {
  const [, operator = '', text = '', major = '', minor = '', patch = '', prerelease = ''] = match;
  const wild = isWild(major) ? 'major' : isWild(minor) ? 'minor' : isWild(patch) ? 'patch' : undefined;
  let full = text;
  if (wild === 'major') full = `0.0.0${prerelease}`;
  else if (wild === 'minor') full = `${major}.0.0${prerelease}`;
  else if (wild === 'patch') full = `${major}.${minor}.0${prerelease}`;
  try {
    return { operator, version: parseVersion(full), wild };
  } catch {
    throw new SemverError('constraint parser error');
  }
}

function isWild(part: string): boolean {
  return part === '' || part === 'x' || part === 'X' || part === '*';
}

function holds(comparison: Comparison, version: Version): boolean {
  const { operator, wild } = comparison;
  const result = compareVersions(version, comparison.version);
  switch (operator) {
    case '':
    case '=':
      return wild === undefined ? result === 0 : isTilde(comparison, version);
    case '!=':
      return isDifferent(comparison, version);
    case '>':
      return isGreater(comparison, version);
    case '<':
      return result < 0;
    case '>=':
    case '=>':
      return result >= 0;
    case '<=':
    case '=<':
      return isLessOrEqual(comparison, version);
    case '~':
    case '~>':
      return isTilde(comparison, version);
    default:
      return isCaret(comparison, version);
  }
}

function isDifferent({ version: limit, wild }: Comparison, version: Version): boolean {
  if (wild === undefined) return compareVersions(version, limit) !== 0;
  if (limit.major !== version.major) return true;
  if (wild === 'minor') return false;
  if (limit.minor !== version.minor) return true;
  if (wild !== 'patch') return compareVersions(version, limit) !== 0;
  if (version.prerelease === '' && limit.prerelease === '') return false;
  return comparePrereleases(version.prerelease, limit.prerelease) !== 0;
}

function isGreater({ version: limit, wild }: Comparison, version: Version): boolean {
  if (wild !== undefined && version.major !== limit.major) return version.major > limit.major;
  if (wild === 'minor') return false;
  if (wild === 'patch') return version.minor > limit.minor;
  return compareVersions(version, limit) > 0;
}

function isLessOrEqual({ version: limit, wild }: Comparison, version: Version): boolean {
  if (wild === undefined) return compareVersions(version, limit) <= 0;
  if (version.major > limit.major) return false;
  return version.major !== limit.major || version.minor <= limit.minor || wild === 'minor';
}

/** `~1.2.3` takes other patches, `~1` and `1.x` also other minors. `~0.0.0` and `*` take everything. */
function isTilde({ version: limit, wild }: Comparison, version: Version): boolean {
  if (compareVersions(version, limit) < 0) return false;
  const isZero = limit.major === 0n && limit.minor === 0n && limit.patch === 0n;
  if (isZero && wild !== 'minor' && wild !== 'patch') return true;
  if (version.major !== limit.major) return false;
  return version.minor === limit.minor || wild === 'minor';
}

/** `^` keeps the first part that is not 0. */
function isCaret({ version: limit, wild }: Comparison, version: Version): boolean {
  if (compareVersions(version, limit) < 0) return false;
  if (limit.major > 0n || wild === 'minor') return version.major === limit.major;
  if (version.major > 0n) return false;
  if (limit.minor > 0n || wild === 'patch') return version.minor === limit.minor;
  return version.minor === 0n && version.patch === limit.patch;
}
