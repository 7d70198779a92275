/** The named groups of characters that RE2 knows (https://github.com/google/re2/wiki/Syntax). */

const DIGIT = '09';
const UPPER = 'AZ';
const LOWER = 'az';

const PERL: Readonly<Record<string, string>> = { d: DIGIT, s: '\t\n\f\r  ', w: `${DIGIT}${UPPER}__${LOWER}` };

const POSIX: Readonly<Record<string, string>> = {
  alnum: DIGIT + UPPER + LOWER,
  alpha: UPPER + LOWER,
  ascii: '\0\x7f',
  blank: '\t\t  ',
  cntrl: '\0\x1f\x7f\x7f',
  digit: DIGIT,
  graph: '!~',
  lower: LOWER,
  print: ' ~',
  punct: '!/:@[`{~',
  space: '\t\r  ',
  upper: UPPER,
  word: `${DIGIT}${UPPER}${LOWER}__`,
  xdigit: `${DIGIT}AFaf`,
};

/** The ranges of `\d`, `\s` or `\w`, by their letter in lower case. */
export function perlGroup(letter: string): readonly number[] | undefined {
  return rangesOf(PERL, letter);
}

/** The ranges of `[:name:]`. */
export function posixGroup(name: string): readonly number[] | undefined {
  return rangesOf(POSIX, name);
}

function rangesOf(groups: Readonly<Record<string, string>>, name: string): readonly number[] | undefined {
  const ranges = Object.hasOwn(groups, name) ? groups[name] : undefined;
  return ranges === undefined ? undefined : Array.from(ranges, (character) => character.charCodeAt(0));
}

const CATEGORIES =
  'Cased_Letter=LC Close_Punctuation=Pe Connector_Punctuation=Pc Control=Cc cntrl=Cc Currency_Symbol=Sc ' +
  'Dash_Punctuation=Pd Decimal_Number=Nd digit=Nd Enclosing_Mark=Me Final_Punctuation=Pf Format=Cf ' +
  'Initial_Punctuation=Pi Letter=L Letter_Number=Nl Line_Separator=Zl Lowercase_Letter=Ll Mark=M ' +
  'Combining_Mark=M Math_Symbol=Sm Modifier_Letter=Lm Modifier_Symbol=Sk Nonspacing_Mark=Mn Number=N ' +
  'Open_Punctuation=Ps Other=C Other_Letter=Lo Other_Number=No Other_Punctuation=Po Other_Symbol=So ' +
  'Paragraph_Separator=Zp Private_Use=Co Punctuation=P punct=P Separator=Z Space_Separator=Zs Spacing_Mark=Mc ' +
  'Surrogate=Cs Symbol=S Titlecase_Letter=Lt Unassigned=Cn Uppercase_Letter=Lu';

/** JavaScript also takes the four-letter codes of scripts (`Grek`), Go only their names. */
const FOUR_LETTER_SCRIPTS = 'Cham Kawi Lisu Modi Newa Thai Toto';

/** The property that Go means by a name in `\p{…}`, as JavaScript spells it; undefined when there is none. */
export function unicodeProperty(name: string): string | undefined {
  const bare = name.replaceAll(/[-_ ]/g, '').toLowerCase();
  if (bare === 'any') return 'Any';
  if (bare === 'assigned') return 'Assigned';
  if (bare === 'ascii') return 'ASCII';
  for (const pair of CATEGORIES.split(' ')) {
    const [long = '', short = ''] = pair.split('=');
    if (short.toLowerCase() === bare) return `General_Category=${short}`;
    if (long.replaceAll('_', '').toLowerCase() === bare) return `General_Category=${short}`;
  }
  // Go 1.25 compares names without `_` with its table, so scripts of two words are never found.
  const script = bare.slice(0, 1).toUpperCase() + bare.slice(1);
  if (script.length === 4 && !FOUR_LETTER_SCRIPTS.includes(script)) return undefined;
  return isProperty(`Script=${script}`) ? `Script=${script}` : undefined;
}

function isProperty(property: string): boolean {
  try {
    return new RegExp(`\\p{${property}}`, 'u').source !== '';
  } catch {
    return false;
  }
}
