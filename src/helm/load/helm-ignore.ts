import { basename } from 'node:path/posix';
import { trimSpace } from '../go/trim-space.ts';
import { ChartError } from '../chart/chart-error.ts';
import { PathPattern } from '../go/match-path.ts';

interface IgnoreRule {
  readonly isNegated: boolean;
  /** Only folders. */
  readonly mustBeFolder: boolean;
  /** Undefined: what is left of the rule without its slashes cannot be read, and matches nothing. */
  readonly pattern: PathPattern | undefined;
  /** The whole path is matched rather than its last part. */
  readonly isOfPath: boolean;
}

/** Two seconds or so. A hundred patterns for 10,000 files take a tenth of it. */
const MAX_STEPS = 50_000_000;

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
  const work = { steps: 0 };
  return (path, isFolder) => {
    const isLeftOut = isIgnored(rules, path, isFolder, work);
    if (work.steps > MAX_STEPS)
      throw new ChartError('.helmignore has too many patterns for so many files. Use fewer or shorter ones');
    return isLeftOut;
  };
}

function parseRule(line: string): IgnoreRule[] {
  const { start, end } = trimSpace(line);
  const rule = line.slice(start, end);
  if (rule === '' || rule.startsWith('#')) return [];
  if (rule.includes('**')) throw new ChartError('double-star (**) syntax is not supported');
  if (PathPattern.parse(rule) === undefined) throw new ChartError('syntax error in pattern');
  const isNegated = rule.startsWith('!');
  const positive = isNegated ? rule.slice(1) : rule;
  const mustBeFolder = positive.endsWith('/');
  const text = mustBeFolder ? positive.slice(0, -1) : positive;
  const isRooted = text.startsWith('/');
  const isOfPath = isRooted || text.includes('/');
  const pattern = PathPattern.parse(isRooted ? text.slice(1) : text);
  return [{ isNegated, mustBeFolder, pattern, isOfPath }];
}

/** The first rule that says something decides. A negated rule ignores whatever it does not match. */
function isIgnored(rules: readonly IgnoreRule[], path: string, isFolder: boolean, work: { steps: number }): boolean {
  const whole = [...path];
  const name = [...basename(path)];
  for (const { isNegated, mustBeFolder, pattern, isOfPath } of rules) {
    work.steps++;
    if (mustBeFolder && !isFolder) {
      if (isNegated) return true;
      continue;
    }
    const isMatch = pattern?.matches(isOfPath ? whole : name, work) === true;
    if (isMatch !== isNegated) return true;
  }
  return false;
}
