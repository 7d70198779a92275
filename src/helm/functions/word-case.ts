import { charactersOf, isLetter, isNumber, isPunctuation, isSpace, isUpper, toLower, toUpper } from '../go/unicode.ts';

/** What a text is made of, to xstrings 1.5. Letters are all in small case except for the first of them. */
type WordKind = 'number' | 'capitals' | 'letters' | 'connector' | 'punctuation' | 'invalid' | 'other';

interface Word {
  readonly kind: WordKind;
  readonly characters: readonly string[];
}

const REPLACEMENT = '\ufffd';

/** `camelcase`: the words between spaces, underscores and hyphens, each with a capital, without what was between. */
export function pascalCase(text: string): string {
  const characters = charactersOf(text);
  let index = characters.findIndex((character) => !isConnector(character));
  if (characters.length === 0) return '';
  // Of nothing but connectors, xstrings writes the last one twice.
  if (index === -1) return characters.join('') + (characters.at(-1) ?? '');
  let cased = characters.slice(0, index).join('');
  let pending = characters[index] ?? '';
  let isAfterCapital = isUpper(pending);
  pending = toUpper(pending);
  for (index++; index < characters.length; index++) {
    let character = characters[index] ?? '';
    if (isConnector(pending)) {
      if (isConnector(character)) cased += pending;
      else {
        isAfterCapital = isUpper(character);
        character = toUpper(character);
      }
    } else {
      if (isAfterCapital && isUpper(character)) character = toLower(character);
      else isAfterCapital = false;
      cased += pending;
    }
    pending = character;
  }
  return cased + pending;
}

/**
 * `snakecase` and `kebabcase`: the words in small letters with a connector between them. A number belongs to the word
 * before it, unless small letters follow: then it belongs to these.
 */
export function joinWords(text: string, connector: string): string {
  const words = wordsOf(charactersOf(text));
  let joined = '';
  let index = 0;
  const kind = (): WordKind | undefined => words[index]?.kind;
  const write = (): void => {
    joined += lowered(words[index], connector);
    index++;
  };
  const writeLettersAndNumbers = (): void => {
    while (kind() === 'letters' || kind() === 'number') write();
  };
  const connect = (): void => {
    const next = kind();
    if (next !== 'punctuation' && next !== 'connector') joined += connector;
  };
  const connectIfMore = (): void => {
    if (kind() !== undefined && kind() !== 'invalid') connect();
  };
  while (index < words.length - 1) {
    const previous = kind();
    write();
    if (previous === 'number') {
      writeLettersAndNumbers();
      connectIfMore();
    } else if (previous !== 'connector' && previous !== 'punctuation') {
      if (kind() !== 'number') connect();
      else if (index < words.length - 1) {
        if (words[index + 1]?.kind === 'letters') {
          joined += connector;
          write();
          writeLettersAndNumbers();
          connectIfMore();
        } else {
          write();
          connect();
        }
      }
    }
  }
  return joined + lowered(words[index], connector);
}

function lowered(word: Word | undefined, connector: string): string {
  if (word === undefined) return '';
  if (word.kind === 'connector')
    return word.characters.map((character) => (isConnector(character) ? connector : character)).join('');
  return word.characters
    .map((character) => (word.kind === 'capitals' && isUpper(character) ? toLower(character) : character))
    .join('');
}

function isConnector(character: string): boolean {
  return character === '-' || character === '_' || (character.length === 1 && isSpace(character.charCodeAt(0)));
}

function wordsOf(characters: readonly string[]): Word[] {
  const words: Word[] = [];
  for (let start = 0; start < characters.length;) {
    const { kind, end } = wordAt(characters, start);
    words.push({ kind, characters: characters.slice(start, end) });
    start = end;
  }
  return words;
}

function wordAt(characters: readonly string[], start: number): { kind: WordKind; end: number } {
  const first = nextValid(characters, start);
  const character = characters[first];
  if (character === undefined) return { kind: 'invalid', end: characters.length };
  const next = first + 1;
  if (isConnector(character)) return { kind: 'connector', end: runEnd(characters, next, isConnector) };
  if (isPunctuation(character)) return { kind: 'punctuation', end: runEnd(characters, next, isPunctuation) };
  if (isUpper(character)) return { kind: 'capitals', end: capitalsEnd(characters, next) };
  if (isAlphabetic(character)) return { kind: 'letters', end: runEnd(characters, next, isSmall) };
  if (isNumber(character)) return { kind: 'number', end: runEnd(characters, next, isNumber) };
  return { kind: 'other', end: runEnd(characters, next, isOther) };
}

/** Bytes that are not UTF-8, and U+FFFD itself, belong to whatever they are in. */
function nextValid(characters: readonly string[], start: number): number {
  let index = start;
  while (characters[index] === REPLACEMENT) index++;
  return index;
}

function runEnd(characters: readonly string[], start: number, belongs: (character: string) => boolean): number {
  let end = start;
  for (;;) {
    const valid = nextValid(characters, end);
    const character = characters[valid];
    if (character === undefined) return valid;
    if (!belongs(character)) return end;
    end = valid + 1;
  }
}

/** The last of several capitals before a small letter begins the next word: `HTTPServer` is `HTTP` and `Server`. */
function capitalsEnd(characters: readonly string[], start: number): number {
  const second = characters[nextValid(characters, start)];
  if (second === undefined || !isUpper(second)) return runEnd(characters, start, isSmall);
  const end = runEnd(characters, start, isUpper);
  const following = characters[nextValid(characters, end)];
  return following !== undefined && isAlphabetic(following) ? end - 1 : end;
}

function isSmall(character: string): boolean {
  return isAlphabetic(character) && !isUpper(character);
}

function isOther(character: string): boolean {
  return !isConnector(character) && !isAlphabetic(character) && !isNumber(character) && !isPunctuation(character);
}

/** Letters of alphabets: Chinese characters are none. The bounds are those of xstrings. */
function isAlphabetic(character: string): boolean {
  if (!isLetter(character)) return false;
  const code = character.codePointAt(0) ?? 0;
  const isCommon = code >= 0x4e00 && code <= 0x9fcc;
  const isRare = (code >= 0x3400 && code <= 0x4d85) || (code >= 0x20000 && code <= 0x2b81d);
  return !isCommon && !isRare;
}
