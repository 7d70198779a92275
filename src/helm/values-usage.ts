/** Which values the templates of a chart read. Paths are those of the root chart's `.Values`. */
export interface ValuesUsage {
  /** Whether a rendering read the key, or what lies inside of it; also true for what only a branch not taken would read. */
  isRead(path: readonly string[]): boolean;
  /** Whether a template names this very key, rather than passing on what contains it. */
  isNamed(path: readonly string[]): boolean;
  /** Whether the key belongs to a subchart, or to all charts (`global`). */
  isForeign(path: readonly string[]): boolean;
}
