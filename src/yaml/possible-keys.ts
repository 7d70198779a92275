import type { Input } from './input.ts';
import { NO_KEY, type Token } from './token.ts';

/** A key without `?` shows itself as one by the `:` after it, on the same line and not farther than this. */
const LONGEST_KEY = 1024;

/** Where a key without `?` may have begun, in one flow level. */
export interface PossibleKey {
  isPossible: boolean;
  /** True when only a key can appear there: where the lines of a block mapping begin. */
  isRequired: boolean;
  /** The number of its first token. */
  token: number;
  start: number;
  lineStart: number;
  /** Whether tokens wait until it is known whether this is a key. */
  isAwaited: boolean;
}

/** The keys that have not shown yet whether they are some, one for each flow level. */
export class PossibleKeys {
  readonly #input: Input;
  readonly #keys: PossibleKey[] = [];
  #level = 0;
  /** That of the innermost level. */
  current: PossibleKey;

  constructor(input: Input) {
    this.#input = input;
    this.current = this.#renew(0);
  }

  /** How many brackets are open. */
  get flowLevel(): number {
    return this.#level;
  }

  /** A bracket opens, which is the token that has the number. */
  open(tokenNumber: number): void {
    this.current = this.#renew(++this.#level);
    this.current.token = tokenNumber;
  }

  close(): void {
    if (this.#level === 0) return;
    const { token } = this.current;
    this.current = this.#keys[--this.#level] ?? this.current;
    // Where nothing between the brackets could be a key, go-yaml forgets that the brackets themselves may be one.
    if (this.current.token === token) this.current.isAwaited = false;
  }

  /** A key may begin at the input's position with a token. */
  save(token: Token, tokenNumber: number, isRequired: boolean): void {
    const { position, lineStart } = this.#input;
    const key = this.current;
    key.isPossible = true;
    key.isAwaited = true;
    key.isRequired = isRequired;
    key.token = tokenNumber;
    key.start = position;
    key.lineStart = lineStart;
    token.keyLevel = this.#level;
  }

  /** While a token may turn out to begin a key, the tokens before it are not known. */
  mayBeginKey(token: Token, tokenNumber: number): boolean {
    const key = this.#keys[token.keyLevel];
    if (key?.token === tokenNumber && key.isAwaited && this.isStillPossible(key)) return true;
    token.keyLevel = NO_KEY;
    return false;
  }

  isStillPossible(key: PossibleKey): boolean {
    if (!key.isPossible) return false;
    const input = this.#input;
    if (key.lineStart === input.lineStart && input.position - key.start <= LONGEST_KEY) return true;
    this.#giveUp(key);
    return false;
  }

  forget(): void {
    if (this.current.isPossible) this.#giveUp(this.current);
  }

  #giveUp(key: PossibleKey): void {
    const input = this.#input;
    if (key.isRequired) throw input.scanFault("could not find expected ':'", input.endOfLine(key.start), key.start);
    key.isPossible = false;
  }

  #renew(level: number): PossibleKey {
    const key = (this.#keys[level] ??= {
      isPossible: false,
      isRequired: false,
      token: 0,
      start: 0,
      lineStart: 0,
      isAwaited: false,
    });
    key.isPossible = false;
    return key;
  }
}
