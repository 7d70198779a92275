/** What Go's regular expressions do not know, or what no syntax of them allows; undefined where nothing is found. */
export function faultOfPattern(pattern: string): string | undefined {
  let depth = 0;
  let isRepeatable = false;
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const character = pattern[at] ?? '';
    if (character === '\\') {
      if (at === pattern.length - 1) return 'a backslash at its end';
      if (/^\\[1-9]/.test(rest)) return 'a reference to a group';
      if (rest.startsWith('\\Q')) return undefined;
      at++;
    } else if (character === '[') {
      const end = endOfClass(pattern, at);
      if (end === undefined) return 'a bracket that is not closed';
      at = end;
    } else if (character === '(') {
      if (/^\(\?<?[=!]/.test(rest)) return 'a look around';
      depth++;
      isRepeatable = false;
      if (rest.startsWith('(?')) at++;
      continue;
    } else if (character === ')') {
      depth--;
      if (depth < 0) return 'a parenthesis that is not opened';
    } else if ('*+?'.includes(character)) {
      if (!isRepeatable) return 'nothing to repeat';
      if (/^[*+?]\??[*+]/.test(rest)) return 'a repetition of a repetition';
      if (/^[*+?]\?/.test(rest)) at++;
    } else if (character === '|') {
      isRepeatable = false;
      continue;
    }
    isRepeatable = true;
  }
  return depth > 0 ? 'a parenthesis that is not closed' : undefined;
}

/** Where a class such as `[a-z]` ends. A bracket right behind its beginning is a member, and classes have names in it. */
function endOfClass(pattern: string, start: number): number | undefined {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  for (; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern.startsWith('[:', at) && pattern.includes(':]', at)) at = pattern.indexOf(':]', at) + 1;
    else if (pattern[at] === ']') return at;
  }
  return undefined;
}
