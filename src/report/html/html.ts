import type { Finding, Result, RunError } from '../../engine/result.ts';
import { printable } from '../../text/printable.ts';
import { ERROR_KINDS, errorText, placeText, summaryText } from '../finding-text.ts';
import { findingsSection } from './findings.ts';
import { flowSection } from './flow.ts';
import { overviewSection } from './overview.ts';
import { principlesSection } from './principles.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { anchorFindings, code, jsonForScript, name, prose } from './text.ts';
import { count } from '../count.ts';

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The report as one page for a browser: principles, the way of every setting, and the findings. It needs no network, and
 * can be read without its script.
 * @param version chartlint's own
 */
export async function reportHtml(result: Result, version: string): Promise<string> {
  const anchors = anchorFindings(result.findings);
  const principles = principlesSection(result, anchors);
  const flows = flowSection(result.flows, hasPathPrinciple(result));
  const overview = overviewSection(result);
  const sections = [
    ...(overview === '' ? [] : [['overview', 'Overview']]),
    ...(principles === '' ? [] : [['principles', 'Principles']]),
    ['findings', 'Findings'],
    ...(flows === '' ? [] : [['flow', 'Data flow']]),
  ];
  const links = sections.map(([id, title]) => `<a href="#${id}">${title}</a>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>chartlint: ${name(summaryText(result))}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<div class="page">
${heading(result, links)}
${errorSection(result.errors)}${overview}<main${principles === '' ? '' : ' class="wide"'}>
${principles}
<div class="rest">
${findingsSection(result, anchors)}
${flows}
</div>
</main>
<footer>Written by chartlint ${name(version)}. Values of secrets are never shown.</footer>
</div>
<script type="application/json" id="report-data">${jsonForScript({ findings: filterIndex(result.findings, anchors) })}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Rules that hold settings to the path values → ConfigMap → container. */
const PATH_RULES = new Set(['values-one-way', 'env-from-config', 'env-no-literals']);

function hasPathPrinciple({ rules }: Result): boolean {
  return rules.some(({ id }) => PATH_RULES.has(id));
}

function heading(result: Result, links: readonly string[]): string {
  const { policy, environments, summary } = result;
  const where =
    environments.length === 0 ? [] : [`${count(environments.length, 'environment')}: ${name(environments.join(', '))}`];
  const meta = [`Policy ${code(policy.name)}`, count(summary.resources, 'resource'), ...where];
  return `<header>
<span class="tool">chartlint</span>
<button type="button" id="theme" hidden>Dark theme</button>
<h1>${name(summaryText(result))}</h1>
<p class="meta">${meta.join(' · ')}</p>
<nav aria-label="Sections">${links.join('')}</nav>
</header>`;
}

function errorSection(errors: readonly RunError[]): string {
  if (errors.length === 0) return '';
  const items = errors.map((error) => {
    const { kind, location } = error;
    const place = location === undefined ? '' : ` ${code(placeText(location))}`;
    return `<li><strong>${ERROR_KINDS[kind]}</strong>${place}<br>${prose(errorText(error))}</li>`;
  });
  return `<section class="errors" aria-labelledby="errors">
<h2 id="errors">The run is incomplete: part of the input was not checked</h2>
<ul>${items.join('\n')}</ul>
</section>
`;
}

/** What the script filters by, as the choices of the form have it. */
function filterIndex(findings: readonly Finding[], anchors: ReadonlyMap<Finding, string>): unknown[] {
  return findings.map((finding) => {
    const { severity, principle, environments, suppressed } = finding;
    return [
      anchors.get(finding),
      severity,
      printable(principle),
      environments.map(printable),
      suppressed !== undefined,
    ];
  });
}
