/** Where Helm takes a list (`-f`, `--api-versions`), it takes several between commas. */
export function splitLists(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(','));
}
