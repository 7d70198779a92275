import type { Finding, PrincipleResult, Result } from '../../engine/result.ts';
import { anchorOfPrinciple, code, name, prose } from './text.ts';
import { judgedPrinciples, PASSED_IN_PART, principleOf } from '../finding-text.ts';
import { count } from '../count.ts';

const STATUSES: Readonly<Record<PrincipleResult['status'], readonly [symbol: string, words: string]>> = {
  passed: ['✓', 'Passed'],
  failed: ['✗', 'Failed'],
  'not-applicable': ['–', 'Not applicable'],
};

/** The principles of the policy as a checklist; a failed one leads to its findings. */
export function principlesSection(result: Result, anchors: ReadonlyMap<Finding, string>): string {
  const { findings, errors } = result;
  const principles = judgedPrinciples(result);
  if (principles.length === 0) return '';
  const first = new Map<PrincipleResult | undefined, string>();
  for (const finding of findings) {
    const anchor = anchors.get(finding);
    const principle = principleOf(finding, principles);
    if (finding.suppressed !== undefined || anchor === undefined || first.has(principle)) continue;
    first.set(principle, anchor);
  }
  const items = principles.map((principle, index) => {
    const isSecond = principles.findIndex(({ id }) => id === principle.id) < index;
    const anchor = anchorOfPrinciple(isSecond ? '' : principle.id, index);
    return principleItem(principle, anchor, first.get(principle), errors.length > 0);
  });
  return `<section class="principles" aria-labelledby="principles">
<h2 id="principles">Principles</h2>
<p class="tally">${tally(principles)}</p>
<ul class="checklist">
${items.join('\n')}
</ul>
</section>`;
}

function tally(principles: readonly PrincipleResult[]): string {
  return (['passed', 'failed', 'not-applicable'] as const)
    .map((status) => [principles.filter((principle) => principle.status === status).length, STATUSES[status]] as const)
    .flatMap(([total, [, words]]) => (total === 0 ? [] : `${total} ${words.toLowerCase()}`))
    .join(' · ');
}

function principleItem(
  { id, clause, title, status, findings }: PrincipleResult,
  anchor: string,
  firstFinding: string | undefined,
  isIncomplete: boolean,
): string {
  const [symbol, words] = STATUSES[status];
  const said = count(findings, 'finding');
  const link =
    findings === 0 || firstFinding === undefined
      ? ''
      : `<a href="#${firstFinding}" data-principle="${name(id)}" aria-label="${said} of ${name(title)}">${said}</a>`;
  const about = [
    code(id),
    ...(clause === undefined ? [] : [`clause ${name(clause)}`]),
    ...(link === '' ? [] : [link]),
    ...(isIncomplete && status === 'passed' ? [PASSED_IN_PART] : []),
  ];
  return `<li id="${anchor}" class="${status}"><span class="mark" title="${words}"><span aria-hidden="true">${symbol}</span><span class="unseen">${words}: </span></span><div><span class="title">${prose(title)}</span><span class="about">${about.join(' · ')}</span></div></li>`;
}
