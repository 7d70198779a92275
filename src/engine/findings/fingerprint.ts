/** What tells a finding from others when its line moves. The module is loaded only when there is something to report. */
export function fingerprintOf(parts: readonly (string | number | undefined)[]): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', JSON.stringify(parts)).slice(0, 32);
}
