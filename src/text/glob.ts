/**
 * Whether a whole name matches a glob: `*` stands for any characters, `?` for one, be it of two UTF-16 units; all else is
 * literal. Takes time linear in the name for each `*` at worst, so no pattern can hang a run.
 */
export function matchesGlob(name: string, glob: string): boolean {
  let at = 0;
  let inGlob = 0;
  let star = -1;
  let retryAt = 0;
  while (at < name.length) {
    const wanted = glob[inGlob];
    if (wanted === '*') {
      star = inGlob++;
      retryAt = at;
    } else if (wanted === '?') {
      inGlob++;
      at += widthAt(name, at);
    } else if (wanted === name[at]) {
      inGlob++;
      at++;
    } else if (star !== -1) {
      inGlob = star + 1;
      at = retryAt += widthAt(name, retryAt);
    } else {
      return false;
    }
  }
  while (glob[inGlob] === '*') inGlob++;
  return inGlob === glob.length;
}

/** How many units the character at an offset has. */
function widthAt(text: string, offset: number): number {
  return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}

/** Whether a name matches one of the globs. */
export function matchesAnyGlob(name: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matchesGlob(name, glob));
}

/** Whether a text has a wildcard, and so may stand for several names. */
export function isGlob(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** What to write where a glob, or a name, is expected, in a sentence: a glob itself cannot be written. */
export function namedLike(glob: string, noun = 'name'): string {
  return isGlob(glob) ? `a ${noun} that matches ${glob}` : glob;
}
