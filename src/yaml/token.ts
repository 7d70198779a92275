export type TokenType =
  | 'stream end'
  | 'version directive'
  | 'tag directive'
  | 'document start'
  | 'document end'
  | 'block sequence start'
  | 'block mapping start'
  | 'block end'
  | 'flow sequence start'
  | 'flow sequence end'
  | 'flow mapping start'
  | 'flow mapping end'
  | 'block entry'
  | 'flow entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export const NO_KEY = -1;

/** What the scanner finds. Tokens are used again and again: one is valid until the next is asked for. */
export interface Token {
  type: TokenType;
  start: number;
  end: number;
  /** The value of a scalar, the name of an anchor or alias, the handle of a tag or of a `%TAG`, the version of a `%YAML`. */
  value: string;
  /** What follows the handle of a tag; the prefix that a `%TAG` gives. */
  suffix: string;
  style: 'plain' | 'quoted' | 'block';
  /** The flow level whose key, still without its `:`, may begin with this token, or `NO_KEY`. */
  keyLevel: number;
}
