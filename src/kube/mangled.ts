/** What a template leaves in a text when it prints a value that it should not have printed so. */
type DebrisKind = 'exponent' | 'noValue' | 'formatError' | 'goMap' | 'nestedBlock' | 'shebang';

/** What was found in a text, and where. */
export interface Debris {
  readonly kind: DebrisKind;
  /** What was found, where that is the same for every text; it never holds a part of a value. */
  readonly found: string;
  /** Of a number in exponent form: the number. */
  readonly number?: string;
}

/** How Go prints a float64 of a million or more (`%v`, strconv.FormatFloat with 'g'): shortest digits, `e+` and at least two digits. */
const NUMBER = String.raw`-?[1-9](?:\.\d*[1-9])?e\+(?:0[6-9]|[1-9]\d{1,2})`;
/** The number as the whole text, or as one that is assigned in it: `--max=1e+06`, `repo/app:1e+06`. */
const ASSIGNED_NUMBER = new RegExp(`(?:^|[=:,])(${NUMBER})(?=$|[,;&@])`);

/** What Go's fmt writes for an argument that does not fit its verb (pkg.go.dev/fmt, "Format errors"). */
const FORMAT_ERROR =
  /%!(?:[a-zA-Z](?:\(MISSING\)|\(BADINDEX\)|\((?:<nil>|[\w.*{}[\]]+=))|\((?:EXTRA |NOVERB|BADWIDTH|BADPREC))/;

/** A map, or a list of maps, as `%v` prints them; the type `map[string]string` is none. */
const MAP = String.raw`(?:map\[(?:[^\s:[\]]+:.*)?\]|\[map\[.*\]\])`;
const WHOLE_MAP = new RegExp(`^${MAP}$`);
const ASSIGNED_MAP = new RegExp(`(?:^|[=:])${MAP}$`);

/** A line of a file that sets a key to debris and nothing else: `max = 1e+06`, `host: <no value>`. */
const LINE_VALUE = String.raw`[ \t]*(?:- )?[\w.-]+[ \t]*[=:][ \t]*(["']?)`;
const LINE_NOTHING = new RegExp(`^${LINE_VALUE}(<no value>|<nil>)\\1[ \\t]*[,;]?$`, 'm');
const LINE_MAP = new RegExp(String.raw`^${LINE_VALUE}map\[[^\s:[\]]+:[^\n]*\]\1[ \t]*[,;]?$`, 'm');
const LINE_NUMBER = new RegExp(`^${LINE_VALUE}(${NUMBER})\\1[ \\t]*;?$`, 'm');

const NESTED_BLOCK = /^[|>][-+]?[1-9]?[-+]?\n(?:[ \t]*\n)*[ \t]+\S/;
const BLANK_BEFORE_SHEBANG = /^\s+#!\s?\//;

/** What to look for in the text to find the place of debris; undefined where that is the beginning. */
export function debrisText({ kind, found, number }: Debris): string | undefined {
  switch (kind) {
    case 'exponent':
      return number;
    case 'noValue':
      return found;
    case 'formatError':
      return '%!';
    case 'goMap':
      return 'map[';
    default:
      return undefined;
  }
}

/** Whether a text may hold debris at all: most do not, and are asked nothing else. */
export function mayHoldDebris(text: string): boolean {
  return /%!|<n|map\[|e\+\d|^[|>]|^\s+#!/.test(text);
}

/** The first debris of a text of one line, wherever it stands in it. */
export function findDebris(text: string): Debris | undefined {
  const formatError = findFormatError(text);
  if (formatError !== undefined) return formatError;
  const number = findWhole(ASSIGNED_NUMBER.exec(text)?.[1]);
  if (number !== undefined) return number;
  const nothing = /<no value>|<nil>/.exec(text)?.[0];
  if (nothing !== undefined) return { kind: 'noValue', found: nothing };
  return ASSIGNED_MAP.test(text) ? { kind: 'goMap', found: 'map[…]' } : undefined;
}

/** Debris in a text of several lines, which may have such words for reasons of its own: only a line that is nothing else. */
export function findDebrisInFile(text: string): Debris | undefined {
  const formatError = findFormatError(text);
  if (formatError !== undefined) return formatError;
  if (NESTED_BLOCK.test(text)) return { kind: 'nestedBlock', found: text.slice(0, text.indexOf('\n')) };
  const number = findWhole(text.includes('e+') ? LINE_NUMBER.exec(text)?.[2] : undefined);
  if (number !== undefined) return number;
  const nothing = text.includes('<n') ? LINE_NOTHING.exec(text)?.[2] : undefined;
  if (nothing !== undefined) return { kind: 'noValue', found: nothing };
  if (text.includes('map[') && LINE_MAP.test(text)) return { kind: 'goMap', found: 'map[…]' };
  return BLANK_BEFORE_SHEBANG.test(text) ? { kind: 'shebang', found: '#!' } : undefined;
}

/** An error that fmt wrote, without the argument that it repeats. */
function findFormatError(text: string): Debris | undefined {
  const found = text.includes('%!') ? FORMAT_ERROR.exec(text)?.[0] : undefined;
  return found === undefined ? undefined : { kind: 'formatError', found: quoteFormatError(found) };
}

/** `%!s(MISSING)` as it is; of `%!d(string=x)` and `%!(EXTRA string=x)` all but the argument, which may be a secret. */
function quoteFormatError(found: string): string {
  if (found.endsWith(')')) return found;
  return /[= ]$/.test(found) ? `${found}…)` : `${found})`;
}

/** Whether a whole text is a printed map. */
export function isPrintedMap(text: string): boolean {
  return WHOLE_MAP.test(text);
}

/** A whole number in exponent form: 1.2345678e+06 is none, and 1e6 was written by a person. */
function findWhole(number: string | undefined): Debris | undefined {
  if (number === undefined) return undefined;
  const [mantissa = '', power = '0'] = number.split('e+');
  const digits = (mantissa.split('.')[1] ?? '').length;
  return digits <= Number(power) ? { kind: 'exponent', found: 'e+', number } : undefined;
}
