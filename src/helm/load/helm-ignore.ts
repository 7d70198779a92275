import { basename } from 'node:path/posix';
import { trimSpace } from '../go/trim-space.ts';
import { ChartError } from '../chart/chart-error.ts';
import { matchPath } from '../go/match-path.ts';

interface IgnoreRule {
  readonly isNegated: boolean;
  /** Only folders. */
  readonly mustBeFolder: boolean;
  readonly pattern: string;
  /** The whole path is matched rather than its last part. */
  readonly isOfPath: boolean;
}

/** Some seconds. A hundred patterns for 10,000 files take a tenth of it. */
const MAX_WORK = 20_000_000;
const CHARACTERS_BY_STEP_SHIFT = 6;

/** What always comes last: hidden files right in templates/. */
const DEFAULT_RULE = 'templates/.?*';

/** Whether a path is left out of a chart. */
export type IsIgnored = (path: string, isFolder: boolean) => boolean;

/**
 * Compiles a .helmignore file.
 * @throws ChartError for `**` and for patterns that Go cannot read; what it returns, for too much work
 */
export function compileIgnore(text: string): IsIgnored {
  const rules = [...text.split('\n'), DEFAULT_RULE].flatMap(parseRule);
  let left = MAX_WORK;
  return (path, isFolder) => {
    for (const { pattern } of rules) left -= 1 + ((pattern.length * path.length) >> CHARACTERS_BY_STEP_SHIFT);
    if (left < 0)
      throw new ChartError('.helmignore has too many patterns for so many files. Use fewer or shorter ones');
    return isIgnored(rules, path, isFolder);
  };
}

function parseRule(line: string): IgnoreRule[] {
  const { start, end } = trimSpace(line);
  const rule = line.slice(start, end);
  if (rule === '' || rule.startsWith('#')) return [];
  if (rule.includes('**')) throw new ChartError('double-star (**) syntax is not supported');
  if (matchPath(rule, 'abc') === undefined) throw new ChartError('syntax error in pattern');
  const isNegated = rule.startsWith('!');
  const positive = isNegated ? rule.slice(1) : rule;
  const mustBeFolder = positive.endsWith('/');
  const pattern = mustBeFolder ? positive.slice(0, -1) : positive;
  const isRooted = pattern.startsWith('/');
  const isOfPath = isRooted || pattern.includes('/');
  return [{ isNegated, mustBeFolder, pattern: isRooted ? pattern.slice(1) : pattern, isOfPath }];
}

/** The first rule that says something decides. A negated rule ignores whatever it does not match. */
function isIgnored(rules: readonly IgnoreRule[], path: string, isFolder: boolean): boolean {
  for (const { isNegated, mustBeFolder, pattern, isOfPath } of rules) {
    if (mustBeFolder && !isFolder) {
      if (isNegated) return true;
      continue;
    }
    const isMatch = matchPath(pattern, isOfPath ? path : basename(path)) === true;
    if (isMatch !== isNegated) return true;
  }
  return false;
}
