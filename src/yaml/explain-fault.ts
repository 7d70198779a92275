import { COLON, SPACE, TAB } from './characters.ts';
import type { YamlFault } from './fault.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './reading.ts';

const TAB_INDENTATION = 'A tab is used for indentation. Indent with spaces.';
const UNCLOSED = 'The document ends inside a bracket. Close it.';
const UNCLOSED_QUOTE = 'The quote that opens here is never closed. Close it.';
const OPEN_QUOTE =
  'The quote that opens here is closed only by a quote on a later line, and text follows that. Close it where its value ends.';
const EMPTY_KEY = 'A key must not be empty or null. Write a name or quote it.';
const DIRECTIVE = 'A line that begins with % must be a directive of YAML. Remove it, or indent it if it is text.';
const VERSION = 'The %YAML directive has no version such as 1.1. Remove the line.';
const TAG = 'A "!" begins a tag, but this is not a valid one. Put the value in quotes if it is text.';
const HEXADECIMAL =
  'The escapes \\x, \\u and \\U need 2, 4 and 8 hexadecimal digits that are the code of a character. Correct them.';

/**
 * What a fault means to the author of the text, and what to do about it. Of the text itself, only what cannot be a
 * secret is repeated.
 * @param text the text that the fault's offsets point into
 * @param isAtEnd whether nothing follows in the document
 */
export function explainFault(fault: YamlFault, text: string, isAtEnd: boolean, { maxDepth }: Reading): string {
  const { problem, range, culprit } = fault;
  const written = text.slice(range.start, range.end);
  if (culprit.isOpenQuote === true) return OPEN_QUOTE;
  switch (problem) {
    case 'tag that does not fit':
    case '!!binary value contains invalid base64 data':
      return explainMisfit(written);
    case 'unknown tag':
    case 'found undefined tag handle':
      return explainTag(written);
    case 'unsupported key':
      return culprit.entry?.rawKey === null ? EMPTY_KEY : 'A key that is a number must fit 64 bits. Quote it.';
    case 'exceeded max depth':
      return `Nesting is deeper than ${maxDepth} levels. Flatten the document.`;
    case 'found character that cannot start any token':
      return explainFirstCharacter(text, range.start);
    case 'found unknown escape character': {
      const letter = text.slice(range.start + 1, range.end);
      return `\\${letter} is not a valid escape in double quotes. Write \\\\${letter}, or use single quotes.`;
    }
    case 'did not find expected key':
      return text.charCodeAt(range.start) === COLON ? EMPTY_KEY : explainBlock(text, range.start, 'mapping');
    case "did not find expected '-' indicator":
      return explainBlock(text, range.start, 'list');
    case "did not find expected ',' or ']'":
      return isAtEnd ? UNCLOSED : 'A comma or ] is missing before this. Add it, or put the value in quotes.';
    case "did not find expected ',' or '}'":
      return isAtEnd ? UNCLOSED : 'A comma or } is missing before this. Add it, or put the value in quotes.';
    case 'did not find expected node content':
      if (isAtEnd) return UNCLOSED;
      return 'A value is missing before this. Write one, or put this in quotes if it is the value.';
    default:
      return SENTENCES[problem];
  }
}

function explainMisfit(written: string): string {
  return `The value does not fit its tag ${written}. Remove the tag or correct the value.`;
}

/** A tag of its own may be a secret that was not quoted: `DB_PASSWORD: !x`. */
function explainTag(written: string): string {
  if (/^!!(?:str|int|float|bool|null|timestamp|binary|merge|seq|map)$/.test(written)) return explainMisfit(written);
  const tag = written.startsWith('!!') ? `Unknown tag ${written}` : 'Unknown tag';
  return `${tag}: Kubernetes reads only the standard YAML types. Remove the tag, or quote the value.`;
}

function explainFirstCharacter(text: string, offset: number): string {
  const code = text.charCodeAt(offset);
  if (code === TAB) return TAB_INDENTATION;
  return `A value cannot begin with ${text.charAt(offset)}. Put it in quotes.`;
}

function explainBlock(text: string, offset: number, collection: 'mapping' | 'list'): string {
  let lineStart = offset;
  while (lineStart > 0 && (text.charCodeAt(lineStart - 1) === SPACE || text.charCodeAt(lineStart - 1) === TAB)) {
    lineStart--;
  }
  const isFirstOnLine = lineStart === 0 || '\r\n'.includes(text.charAt(lineStart - 1));
  return isFirstOnLine
    ? `The line is not indented like the ${collection} that it belongs to. Correct its indentation.`
    : 'The value ends before this. Put all of it in quotes, or remove what follows it.';
}

const SENTENCES = {
  'alias inside its anchor': 'The anchor contains an alias to itself. Remove the alias.',
  'alias without anchor': 'The alias refers to an anchor that is not defined. Define the anchor above it.',
  'block sequence entries are not allowed in this context':
    'A list cannot begin here. Begin it on a line of its own, or put the value in quotes.',
  'collection as key': 'A key must be a plain word or a quoted string. Is a quote missing around {{ … }}?',
  'control characters are not allowed':
    'The document contains a control character. Remove it or write it as an escape in double quotes.',
  'could not find expected directive name': DIRECTIVE,
  "could not find expected ':'":
    'This line is not a "key: value" pair. Add the ":", or indent it if it belongs to the line above.',
  'did not find URI escaped octet': TAG,
  "did not find expected '!'": TAG,
  'did not find expected <document start>':
    'The value above this is already complete. Correct the indentation, or put "---" above this line.',
  'did not find expected alphabetic or numeric character':
    'A name of letters, digits, - and _ must follow & and *. Put the value in quotes if it is text.',
  'did not find expected comment or line break':
    'Only a comment is allowed here. Put the text on the next line, or the whole value in quotes.',
  "did not find expected digit or '.' character": VERSION,
  'did not find expected hexdecimal number': HEXADECIMAL,
  'did not find expected tag URI': TAG,
  'did not find expected version number': VERSION,
  'did not find expected whitespace': TAG,
  'did not find expected whitespace or line break': TAG,
  "did not find the expected '>'": TAG,
  'document contains excessive aliasing': 'The document contains excessive aliasing. Write the repeated parts out.',
  'found a tab character that violates indentation': TAB_INDENTATION,
  'found a tab character where an indentation space is expected': TAB_INDENTATION,
  'found an incorrect leading UTF-8 octet': TAG,
  'found an incorrect trailing UTF-8 octet': TAG,
  'found an indentation indicator equal to 0':
    'The indentation after | or > cannot be 0. Remove the 0, or put the value in quotes.',
  'found duplicate %TAG directive': 'There is a second directive for this tag. Remove it.',
  'found duplicate %YAML directive': 'There is a second %YAML directive. Remove it.',
  'found extremely long version number': VERSION,
  'found incompatible YAML document': 'Kubernetes reads YAML 1.1 only. Remove the %YAML directive.',
  'found invalid Unicode character escape code': HEXADECIMAL,
  'found unexpected document indicator': UNCLOSED_QUOTE,
  'found unexpected end of stream': UNCLOSED_QUOTE,
  'found unexpected non-alphabetical character': DIRECTIVE,
  'found unknown directive name': DIRECTIVE,
  'map merge requires map or sequence of maps as the value': 'A merge key (<<) takes a mapping or a list of mappings.',
  'mapping keys are not allowed in this context':
    'A "?" is not allowed here. Put the value in quotes if it belongs to it, or correct the indentation.',
  'mapping values are not allowed in this context':
    'A ":" is not allowed here. Put the value in quotes if it belongs to it, or correct the indentation.',
  'there are two byte order marks': 'The text begins with two byte order marks. Remove them.',
  'unsupported number': 'Kubernetes supports neither infinity nor NaN. Put the value in quotes if it is text.',
} satisfies Partial<Record<Problem, string>>;
