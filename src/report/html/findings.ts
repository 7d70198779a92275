import type { Finding, Result } from '../../engine/result.ts';
import { SUPPRESSORS, aboutText, placeText } from '../finding-text.ts';
import { code, escapeHtml, name, prose } from './text.ts';
import { safeFrame } from '../redact/safe-frame.ts';
import { count } from '../count.ts';
import { groupByFile } from '../group-by-file.ts';

/** Above this many, the browser lays out only what is in sight. */
const MANY_FINDINGS = 200;
/** Places that one finding shows. */
const MAX_PLACES = 20;

/** The findings with their frames, grouped by file; those that are accepted are among them, marked. */
export function findingsSection(result: Result, anchors: ReadonlyMap<Finding, string>): string {
  const { findings, errors } = result;
  const files = [...groupByFile(findings)].map(([file, own]) => {
    const articles = own.map((finding) => findingArticle(finding, result, anchors.get(finding) ?? ''));
    return `<section class="file">\n<h3>${code(file)}</h3>\n${articles.join('\n')}\n</section>`;
  });
  const none =
    errors.length > 0 ? 'Nothing was found in what could be checked.' : 'Nothing was found: every check passed.';
  return `<section class="findings${findings.length > MANY_FINDINGS ? ' many' : ''}" aria-labelledby="findings">
<h2 id="findings" tabindex="-1">Findings</h2>
${findings.length === 0 ? `<p class="none">${none}</p>` : `${filterForm(result)}\n${files.join('\n')}`}
</section>`;
}

/** Only a script can filter, so only a script shows it. */
function filterForm({ environments, findings, principles, summary }: Result): string {
  const used = new Set(findings.map(({ principle }) => principle));
  const titles = new Map(principles.map(({ id, title }) => [id, title]));
  const known = [...titles.keys(), ...[...used].filter((id) => !titles.has(id))];
  const severities = (['error', 'warning', 'info'] as const).filter((level) => {
    return findings.some(({ severity }) => severity === level);
  });
  const parts = [
    ...(environments.length < 2 ? [] : [selectBox('environment', 'Environment', 'All environments', environments)]),
    selectBox('severity', 'Severity', 'All severities', severities),
    selectBox(
      'principle',
      'Principle',
      'All principles',
      known.filter((id) => used.has(id)),
    ),
    '<label class="search"><span>Text</span><input type="search" name="text" placeholder="Message, file, key …" autocomplete="off" spellcheck="false"></label>',
    ...(summary.suppressed === 0
      ? []
      : [
          `<label class="check"><input type="checkbox" name="suppressed"> Show ${summary.suppressed} suppressed</label>`,
        ]),
  ];
  return `<form id="filters" role="search" aria-label="Filter the findings" hidden>
${parts.join('\n')}
<p class="shown"><output aria-live="polite"></output> <button type="reset">Clear filters</button></p>
</form>`;
}

function selectBox(field: string, label: string, all: string, values: readonly string[]): string {
  const options = values.map((value) => `<option value="${name(value)}">${name(value)}</option>`);
  return `<label><span>${label}</span><select name="${field}"><option value="">${all}</option>${options.join('')}</select></label>`;
}

function findingArticle(finding: Finding, result: Result, anchor: string): string {
  const { severity, message, help, location, values, related, suppressed, clause, principle, rule } = finding;
  const about = aboutText(finding, result);
  const where = [code(placeText(location)), ...(about === '' ? [] : [escapeHtml(about)])];
  const why = [code(`${principle}/${rule}`), ...(clause === undefined ? [] : [`clause ${name(clause)}`])];
  const frame = frameOf(result, finding);
  const notes = [
    ...places(values, (value) => `from ${code(placeText(value))} ${code(value.key)}`),
    ...places(related, (note) => `note: ${prose(note.message)} ${code(placeText(note.location))}`),
  ];
  const lines = [
    `<article id="${anchor}" class="finding ${severity}${suppressed === undefined ? '' : ' suppressed'}" tabindex="-1">`,
    `<h4><span class="severity">${severity}</span> <span class="message">${prose(message)}</span> <a class="anchor" href="#${anchor}" aria-label="Link to this finding">#</a></h4>`,
    `<p class="about">${[...where, ...why].join(' · ')}</p>`,
    ...(suppressed === undefined
      ? []
      : [
          `<p class="accepted"><strong>Suppressed</strong> by ${SUPPRESSORS[suppressed.by]}: ${prose(suppressed.reason)}</p>`,
        ]),
    ...(frame === '' ? [] : [`<pre class="frame"><code>${frame}</code></pre>`]),
    ...(notes.length === 0 ? [] : [`<ul class="notes">${notes.map((note) => `<li>${note}</li>`).join('')}</ul>`]),
    ...(help === '' ? [] : [`<p class="help"><strong>Help</strong> ${prose(help)}</p>`]),
    '</article>',
  ];
  return lines.join('\n');
}

function places<T>(items: readonly T[], show: (item: T) => string): string[] {
  const shown = items.slice(0, MAX_PLACES).map(show);
  return items.length <= MAX_PLACES ? shown : [...shown, `and ${count(items.length - MAX_PLACES, 'more place')}`];
}

/** The code of a frame holds no control characters, so these can mark where a style begins and ends. */
const PAINT = {
  gutter: (text: string): string => `\u0001${text}\u0004`,
  marker: (text: string): string => `\u0002${text}\u0004`,
  carets: (text: string): string => `\u0003${text}\u0004`,
};
const STYLES: Readonly<Record<string, string>> = {
  '\u0001': '<span class="gutter">',
  '\u0002': '<span class="marker">',
  '\u0003': '<span class="carets">',
  '\u0004': '</span>',
};

function frameOf(result: Result, { location }: Finding): string {
  const lines = safeFrame(result, location, { width: 110, paint: PAINT });
  // oxlint-disable-next-line no-control-regex
  return escapeHtml(lines.join('\n')).replace(/[\u0001-\u0004]/g, (mark) => STYLES[mark] ?? '');
}
