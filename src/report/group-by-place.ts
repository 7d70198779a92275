import type { Finding } from '../engine/result.ts';
import type { Severity } from '../rule/rule.ts';
import { aboutText, type Environments } from './finding-text.ts';

/** Findings at one place of one object, from the same values: one change mends them. Others stand alone. */
export function groupByPlace(findings: readonly Finding[], environments: Environments): Finding[][] {
  const groups: Finding[][] = [];
  let last: string | undefined;
  for (const finding of findings) {
    const place = JSON.stringify([
      finding.location,
      finding.rendered,
      finding.template,
      finding.values,
      aboutText(finding, environments),
    ]);
    if (place === last) groups.at(-1)?.push(finding);
    else groups.push([finding]);
    last = place;
  }
  return groups;
}

const WEIGHTS: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** The severity that weighs most. */
export function worstOf(findings: readonly Finding[]): Severity {
  return findings.reduce<Severity>(
    (worst, { severity }) => (WEIGHTS[severity] > WEIGHTS[worst] ? severity : worst),
    'info',
  );
}
