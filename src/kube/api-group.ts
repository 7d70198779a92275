/** The API group of an apiVersion: `apps` of `apps/v1`, empty for `v1`. */
export function apiGroupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}
