/** What paths are relative to; the reader of the report knows where that is. */
export const SOURCE_ROOT = '%SRCROOT%';

export interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: string;
}

/** A file as a URI reference (RFC 3986). Names in angle brackets, such as `<stdin>`, are in no folder. */
export function artifactLocation(file: string): ArtifactLocation {
  const uri = file
    // A half of a surrogate pair has no encoding.
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  if (/^<.*>$/s.test(file)) return { uri };
  if (file.startsWith('/')) return { uri: `file://${uri.replace(/^\/{2,}/, '/')}` };
  return { uri, uriBaseId: SOURCE_ROOT };
}
