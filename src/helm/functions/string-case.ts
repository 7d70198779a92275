import {
  charactersOf,
  isDigit,
  isLetter,
  isLower,
  isSpace,
  isTitle,
  isUpper,
  toLower,
  toTitle,
  toUpper,
} from '../go/unicode.ts';
import { mixed, Tracked } from '../value/tracked.ts';
import { type HelmFunction, plain, traced } from '../value/function.ts';
import { joinWords, pascalCase } from './word-case.ts';

/** Functions that change capital letters to small ones and back. */
export const caseFunctions: Readonly<Record<string, HelmFunction>> = {
  upper: recased((text) => (isAscii(text) ? text.toUpperCase() : charactersOf(text).map(toUpper).join(''))),
  lower: recased((text) => (isAscii(text) ? text.toLowerCase() : charactersOf(text).map(toLower).join(''))),
  title: recased(title),
  untitle: recased(untitle),
  swapcase: recased(swapCase),
  camelcase: plain(['string'], pascalCase),
  snakecase: plain(['string'], (text) => joinWords(text, '_')),
  kebabcase: plain(['string'], (text) => joinWords(text, '-')),
};

/** A function that changes each character for itself: the places of the characters remain. */
function recased(change: (text: string) => string): HelmFunction {
  return traced(['string'], (_call, text) => {
    const changed = change(text.value);
    if (changed === text.value) return text;
    return changed.length === text.value.length ? new Tracked(changed, text.origin) : mixed(changed, text.taint);
  });
}

function isAscii(text: string): boolean {
  return !/[^\0-\u007f]/.test(text);
}

/** `strings.Title`: whatever follows something other than a letter, a digit or an underscore begins a word. */
function title(text: string): string {
  let previous = ' ';
  let titled = '';
  for (const character of charactersOf(text)) {
    titled += isSeparator(previous) ? toTitle(character) : character;
    previous = character;
  }
  return titled;
}

function isSeparator(character: string): boolean {
  if (character < '\u0080') return !/[0-9A-Z_a-z]/.test(character);
  return !isLetter(character) && !isDigit(character) && isSpaceCharacter(character);
}

function isSpaceCharacter(character: string): boolean {
  return isSpace(character.charCodeAt(0));
}

/** Makes the first letter of each word small; words are what is between white space. */
function untitle(text: string): string {
  let isStart = true;
  let changed = '';
  for (const character of charactersOf(text)) {
    const isGap = isSpaceCharacter(character);
    changed += isStart && !isGap ? toLower(character) : character;
    isStart = isGap;
  }
  return changed;
}

/** Capitals become small, small letters capitals: in title case where a word begins, as in goutils. */
function swapCase(text: string): string {
  let isStart = true;
  let changed = '';
  for (const character of charactersOf(text)) {
    if (isUpper(character) || isTitle(character)) {
      changed += toLower(character);
      isStart = false;
    } else if (isLower(character)) {
      changed += isStart ? toTitle(character) : toUpper(character);
      isStart = false;
    } else {
      changed += character;
      isStart = isSpaceCharacter(character);
    }
  }
  return changed;
}
