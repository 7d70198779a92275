const LIGHT = `color-scheme: light; --page: #faf9f7; --card: #ffffff; --ink: #1d1c1a; --quiet: #5d5953; --line: #dedad3;
  --soft: #f1efeb; --link: #8d877d; --accent: #17569b; --error: #b3261e; --warning: #855300; --info: #17569b; --passed: #1b6b3a;
  --tint: #fbe9e7;`;
const DARK = `color-scheme: dark; --page: #141516; --card: #1b1d1f; --ink: #e9e7e3; --quiet: #a9a59d; --line: #34373a;
  --soft: #222527; --link: #77736b; --accent: #8fbdf4; --error: #ff8f85; --warning: #efba62; --info: #8fbdf4; --passed: #84d19c;
  --tint: #3a2321;`;

/** The style of the report. Both themes keep the contrast of WCAG 2.2, level AA. */
export const STYLE = `
:root { ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
:root[data-theme="light"] { ${LIGHT} }
:root[data-theme="dark"] { ${DARK} }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-behavior: smooth; scroll-padding: 1rem 0 8rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
code, pre, svg { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { font-size: .875em; unicode-bidi: isolate; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, h4, p, ul, ol, figure, pre { margin: 0; }
h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); z-index: 9; }
.page { max-width: 1400px; margin: 0 auto; padding: clamp(1rem, 3vw, 2.5rem); }
header { display: grid; grid-template-columns: 1fr auto; gap: .25rem 1rem; align-items: start; margin-bottom: 2rem; }
header .tool { color: var(--quiet); font-size: .9375rem; }
header h1 { grid-column: 1 / -1; font-size: clamp(1.5rem, 4vw, 2.125rem); line-height: 1.2; font-weight: 700; letter-spacing: -.02em; }
header .meta { grid-column: 1 / -1; color: var(--quiet); }
header nav { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: .5rem; }
button { font: inherit; font-size: .875rem; color: var(--ink); background: var(--card); border: 1px solid var(--link);
  border-radius: 6px; padding: .25rem .75rem; min-height: 2rem; cursor: pointer; }
button:hover { border-color: var(--ink); }
button[aria-pressed="true"] { background: var(--ink); color: var(--page); border-color: var(--ink); }
.errors { border: 1px solid var(--error); border-left-width: 5px; border-radius: 6px; background: var(--card); padding: 1rem 1.25rem; margin-bottom: 2rem; }
.errors h2 { color: var(--error); margin-bottom: .5rem; }
.errors ul { padding-left: 1.25rem; }
.errors li + li { margin-top: .5rem; }
.overview { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin-bottom: 2.5rem; }
.overview h2 { flex: 1 0 100%; }
.overview .scroll { flex: 1 1 30rem; min-width: 0; max-height: 26rem; overflow: auto; }
.overview table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
.overview caption { text-align: left; color: var(--quiet); padding-bottom: .5rem; }
.overview thead th { overflow-wrap: normal; position: sticky; top: 0; background: var(--page); color: var(--quiet); font-weight: 400; font-size: .8125rem; }
.overview :is(th, td) { text-align: left; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
.overview th { font-weight: 500; }
.overview .count { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; padding-left: 1rem; white-space: nowrap; }
.overview td.count { color: var(--quiet); }
.overview td.error { color: var(--error); font-weight: 600; }
.overview td.warning { color: var(--warning); font-weight: 600; }
.overview td.info { color: var(--info); font-weight: 600; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2.5rem; }
main > *, .rest > * { min-width: 0; }
.rest { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2.5rem; align-content: start; }
.tally, .lead { color: var(--quiet); font-size: .9375rem; margin-bottom: .75rem; }
.checklist { list-style: none; padding: 0; columns: 22rem auto; column-gap: 2rem; }
.checklist li { display: flex; gap: .75rem; padding: .5rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
.checklist li:target { background: var(--soft); }
.checklist .mark { flex: none; width: 1.25rem; text-align: center; font-weight: 700; }
.checklist .title { display: block; line-height: 1.35; }
.checklist .about { color: var(--quiet); font-size: .8125rem; }
.checklist .about code { font-size: 1em; }
.checklist .about a { white-space: nowrap; }
.checklist .failed .title { font-weight: 600; }
.checklist .not-applicable :is(.title, .mark) { color: var(--quiet); }
.passed .mark, figcaption .passed { color: var(--passed); }
.failed .mark, figcaption .failed { color: var(--error); }
.choices { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: .75rem; }
.flow { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: 1rem; }
.flow + .flow { margin-top: 1rem; }
figcaption { margin-bottom: .75rem; }
figcaption { color: var(--quiet); font-size: .9375rem; }
figcaption strong { color: var(--ink); font-size: 1rem; margin-right: .5rem; }
figcaption span { white-space: nowrap; }
.sideways { display: none; }
.picture { overflow-x: auto; padding: 3px; }
.picture svg { display: block; width: 100%; min-width: 820px; height: auto; font-size: 12px; user-select: none; }
svg text { fill: var(--ink); }
svg .heading { font: 600 12px system-ui, sans-serif; fill: var(--quiet); }
svg .box { fill: var(--page); stroke: var(--line); }
svg .name { font-weight: 600; }
svg .note { font-size: 10.5px; fill: var(--quiet); }
svg .row { cursor: pointer; outline: none; }
svg .row rect { fill: transparent; }
svg .row:hover rect, svg .row.on rect { fill: var(--soft); }
svg .row:focus-visible rect { stroke: var(--accent); stroke-width: 2; }
svg .row.off text:not(.note) { fill: var(--error); font-weight: 600; }
svg .row.off:hover rect, svg .row.off.on rect { fill: var(--tint); }
svg path { stroke: var(--link); stroke-width: 1.25; }
svg path.secret { stroke-dasharray: 2 3; }
svg path.off { stroke: var(--error); stroke-width: 1.75; }
svg path.past { stroke-dasharray: 6 3; }
svg .row text, svg path { transition: opacity .12s; }
svg.lit .row:not(.on) text { opacity: .35; }
svg.lit path:not(.on) { opacity: .12; }
svg.lit path.on { stroke-width: 2.25; }
.detail { margin-top: .75rem; padding: .5rem .75rem; min-height: 4.25rem; background: var(--soft); border-radius: 6px; font-size: .875rem; white-space: pre-line; }
.picture:has(.lit) ~ .detail { position: sticky; bottom: .5rem; max-height: 40vh; overflow-y: auto; }
.folded { color: var(--quiet); font-size: .875rem; margin-bottom: .5rem; }
details { margin-top: .75rem; font-size: .875rem; }
summary { cursor: pointer; color: var(--accent); width: fit-content; }
.ways { padding-left: 2.25rem; margin-top: .5rem; }
.ways li { padding: .125rem 0; }
.ways strong { color: var(--error); font-weight: 600; }
#filters { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; margin-top: .75rem; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
#filters label { flex: 1 1 9rem; font-size: .875rem; min-width: 0; }
#filters label.check { flex: 0 0 auto; align-self: center; }
#filters label.search { flex-grow: 2; }
#filters label > span { display: block; color: var(--quiet); }
#filters select, #filters input[type="search"] { width: 100%; min-height: 2.25rem; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--link); border-radius: 6px; padding: .25rem .5rem; }
#filters ::placeholder { color: var(--quiet); opacity: 1; }
#filters .shown { flex: 1 0 100%; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; font-size: .875rem; color: var(--quiet); }
.file { margin-top: 2rem; }
.file h3 { font-size: 1rem; line-height: 1.4; font-weight: 600; padding-bottom: .375rem; border-bottom: 1px solid var(--line); }
.none { margin-top: .75rem; }
.finding { margin-top: 1rem; padding: .875rem 1rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--error); border-radius: 6px; }
.many .finding { content-visibility: auto; contain-intrinsic-size: auto 14rem; }
.finding.warning { border-left-color: var(--warning); }
.finding.info { border-left-color: var(--info); }
.finding.suppressed { border-left-color: var(--link); }
.finding:target, .finding:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.finding h4 { font-size: 1rem; font-weight: 600; line-height: 1.45; }
.finding .severity { color: var(--error); font-size: .8125rem; font-weight: 700; text-transform: uppercase; letter-spacing: .04em; margin-right: .25rem; }
.finding.warning .severity { color: var(--warning); }
.finding.info .severity { color: var(--info); }
.finding.suppressed .severity { color: var(--quiet); }
.finding .anchor { font-weight: 400; text-decoration: none; padding: 0 .375rem; }
.finding .anchor:hover { text-decoration: underline; }
.finding .about { color: var(--quiet); font-size: .875rem; margin-top: .125rem; }
.finding .accepted { font-size: .875rem; margin-top: .5rem; }
.frame { margin-top: .75rem; padding: .625rem .25rem; background: var(--soft); border-radius: 6px; overflow-x: auto; font-size: .8125rem; line-height: 1.5; overflow-wrap: normal; tab-size: 4; }
.frame code { font-size: 1em; }
.frame .gutter { color: var(--quiet); }
.frame .marker, .frame .carets { color: var(--error); font-weight: 700; }
.warning .frame .marker, .warning .frame .carets { color: var(--warning); }
.info .frame .marker, .info .frame .carets { color: var(--info); }
.notes { list-style: none; padding: 0; margin-top: .625rem; font-size: .875rem; }
.notes li::before { content: "↳ "; color: var(--quiet); }
.help { margin-top: .625rem; font-size: .9375rem; }
.help strong { font-weight: 600; color: var(--passed); }
footer { margin-top: 3rem; color: var(--quiet); font-size: .8125rem; }
@media (min-width: 1100px) {
  main.wide { grid-template-columns: 16rem minmax(0, 1fr); gap: 2rem; align-items: start; }
  main.wide .checklist { columns: auto; }
}
@media (max-width: 920px) { .sideways { display: inline; } }
@media (max-width: 600px) {
  .flow { padding: .75rem; }
  .frame { font-size: .75rem; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } * { transition: none !important; } }
@media print {
  :root, :root[data-theme] { ${LIGHT} }
  .page { max-width: none; padding: 0; }
  nav, button, .hint, .sideways, .choices, .detail, details:not([open]), #filters, .anchor { display: none !important; }
  main.wide, .rest { display: block; }
  .flows, .findings { margin-top: 1.5rem; }
  .flow { break-inside: avoid; }
  .picture { overflow: visible; }
  .picture svg { min-width: 0; max-height: 75vh; }
  .frame { white-space: pre-wrap; }
  .many .finding { content-visibility: visible; }
  .finding { break-inside: avoid; }
  h2, h3, h4, .lead { break-after: avoid; }
}
`;
