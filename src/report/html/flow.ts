import type { DataFlow } from '../../engine/data-flow.ts';
import { printable } from '../../text/printable.ts';
import { MAX_NAME, shorten } from '../../text/shorten.ts';
import { foldWays } from './flow-fold.ts';
import { drawWays } from './flow-svg.ts';
import { waysOf, type Way } from './flow-ways.ts';
import { escapeHtml, name } from './text.ts';
import { count } from '../count.ts';

/** Pictures of one page. */
const MAX_FLOWS = 24;
/** Ways that the list below a picture names. */
const MAX_LISTED = 400;

/**
 * The way of every setting to the containers, drawn for each environment, with the same in words.
 * @param isJudged whether a principle demands the path values → ConfigMap → container: else no way is wrong
 */
export function flowSection(all: readonly DataFlow[], isJudged: boolean): string {
  if (all.length === 0) return '';
  const flows = all.slice(0, MAX_FLOWS);
  const left = all.length - flows.length;
  const titles = flows.map((flow, index) => pictureTitle(flow, index, flows));
  const choices = titles.map((title, index) => {
    return `<button type="button" aria-pressed="${index === 0}" data-flow="flow-${index}" data-environment="${name(flows[index]?.environment ?? '')}">${name(title)}</button>`;
  });
  const isChart = flows.some(({ environment }) => environment !== undefined);
  const choice =
    flows.length === 1
      ? ''
      : `<div class="choices" role="group" aria-label="Environment of the picture" hidden>${choices.join('')}</div>\n`;
  return `<section class="flows" aria-labelledby="flow">
<h2 id="flow">Data flow</h2>
<p class="lead">${isChart ? 'Values → ConfigMaps and Secrets → containers.' : 'ConfigMaps and Secrets → containers.'} <span class="hint" hidden>Point at a line, or tab to one and use the arrow keys, to follow it.</span> <span class="sideways">The picture scrolls sideways.</span></p>
${choice}${flows.map((flow, index) => figure(flow, index, titles[index] ?? '', isJudged)).join('\n')}
${left === 0 ? '' : `<p class="folded">${count(left, 'more environment')} not drawn.</p>\n`}</section>`;
}

function pictureTitle({ chart, environment }: DataFlow, index: number, all: readonly DataFlow[]): string {
  if (environment === undefined) return all.length === 1 ? 'Manifests' : `Manifests ${index + 1}`;
  const charts = new Set(all.map((flow) => flow.chart));
  return charts.size === 1 ? environment : `${chart ?? ''} ${environment}`;
}

function figure(flow: DataFlow, index: number, title: string, isJudged: boolean): string {
  const ways = isJudged ? waysOf(flow) : waysOf(flow).map((way) => ({ ...way, departures: [] }));
  const { shown, left } = foldWays(ways);
  const off = ways.filter(({ departures }) => departures.length > 0).length;
  const secrets = new Set(flow.secrets.map(({ secret }) => secret)).size;
  const said = `${count(flow.settings.length, 'setting')}, ${count(secrets, 'Secret')}`;
  const verdict = off === 0 ? 'all on the path' : `${off} not on the path`;
  const judged = isJudged
    ? ` · <span class="${off === 0 ? 'passed' : 'failed'}">${off === 0 ? '✓' : '✗'} ${verdict}</span>`
    : '';
  const told = isJudged ? `${said}, ${verdict}` : said;
  const folded = shown.length < ways.length ? '<p class="folded">Settings are folded by their parent keys.</p>\n' : '';
  const more =
    left === 0
      ? ''
      : `<p class="folded">${count(left, 'more group')} of settings ${left === 1 ? 'is' : 'are'} not drawn.</p>\n`;
  return `<figure class="flow" id="flow-${index}">
<figcaption><strong>${name(title)}</strong> ${said}${judged}</figcaption>
${folded}<div class="picture">${drawWays(shown, printable(`Data flow of ${title}: ${told}`))}</div>
${more}<p class="detail" aria-live="polite" hidden></p>
${wayList(ways)}
</figure>`;
}

function wayList(ways: readonly Way[]): string {
  const sorted = [
    ...ways.filter(({ departures }) => departures.length > 0),
    ...ways.filter(({ departures }) => departures.length === 0),
  ];
  const items = sorted.slice(0, MAX_LISTED).map(({ text, departures }) => {
    const reasons = departures.map((departure) => `<strong>✗ ${escapeHtml(shorten(departure, MAX_NAME))}</strong>`);
    return `<li${departures.length === 0 ? '' : ' class="off"'}>${[escapeHtml(shorten(text, MAX_NAME)), ...reasons].join('<br>')}</li>`;
  });
  const left = ways.length - items.length;
  const more = left <= 0 ? '' : `\n<p>${count(left, 'more way')}: <code>chartlint trace</code> lists all.</p>`;
  return `<details><summary>The same as a list</summary>\n<ol class="ways">${items.join('\n')}</ol>${more}\n</details>`;
}
