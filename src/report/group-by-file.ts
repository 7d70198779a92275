import type { Finding } from '../engine/result.ts';

/** The findings of each file, in their order. */
export function groupByFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const others = files.get(finding.location.file);
    if (others === undefined) files.set(finding.location.file, [finding]);
    else others.push(finding);
  }
  return files;
}
