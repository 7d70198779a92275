import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { SCRIPT } from '../../../src/report/html/script.ts';
import { STYLE } from '../../../src/report/html/style.ts';
import { reportHtml } from '../../../src/report/html/html.ts';
import { printable } from '../../../src/text/printable.ts';
import { HOSTILE, PLACE, SECRET, largeResult, resultCalled, resultTelling, sampleResult } from '../hostile.ts';
import { finding, resultOf } from '../sample.ts';

const VOID = new Set(['br', 'input', 'meta']);

/** The elements of a page with their attributes; fails when one is left open, or a `<` or `>` stands in a text. */
function elementsOf(html: string): { name: string; attributes: string }[] {
  const elements: { name: string; attributes: string }[] = [];
  const open: string[] = [];
  const closings: [opened: string | undefined, closed: string][] = [];
  const markup = html
    .replace('<!doctype html>', '')
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<script( [^>]*)?>[^]*?<\/script>/g, '');
  const rest = markup.replace(/<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+(?:="[^"<>]*")?)*)(\/?)>/g, (...match) => {
    const [, slash, element, attributes, selfClosing] = match.map(String);
    if (element === undefined) return '';
    if (slash === '/') closings.push([open.pop(), element]);
    else {
      elements.push({ name: element, attributes: attributes ?? '' });
      if (selfClosing === '' && !VOID.has(element)) open.push(element);
    }
    return '';
  });
  expect(closings.filter(([opened, closed]) => opened !== closed)).toEqual([]);
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  return elements;
}

function idsOf(html: string): string[] {
  return elementsOf(html).flatMap(({ attributes }) => / id="([^"]*)"/.exec(attributes)?.[1] ?? []);
}

function dataOf(html: string): unknown {
  return JSON.parse(/<script type="application\/json" id="report-data">([^<]*)<\/script>/.exec(html)?.[1] ?? '');
}

describe('reportHtml', () => {
  it('has principles, and findings with their frames, origins and help', async () => {
    const html = await reportHtml(sampleResult(), '1.2.3');
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<h1>1 error in 1 file; 1 suppressed</h1>');
    expect(html).toContain('<p class="tally">1 passed · 1 failed · 1 not applicable</p>');
    expect(html).toContain(
      '<span class="unseen">Failed: </span></span><div><span class="title">Secret keys are delegated',
    );
    expect(html).toContain(
      '<a href="#finding-c0ffee" data-principle="secret-delegation" aria-label="1 finding of Secret keys are delegated">',
    );
    expect(html).toContain(`<article id="finding-c0ffee" class="finding error" tabindex="-1">`);
    expect(html).toContain('<p class="about"><code>app.yaml:3:3</code> · ConfigMap/app-config, only in prod · ');
    expect(html).toContain('<span class="marker"> &gt; 3</span> <span class="gutter">│</span>   DB_PASSWORD: ••••••\n');
    expect(html).toContain('<li>from <code>values-prod.yaml:3:5</code> <code>config.DB_PASSWORD</code></li>');
    expect(html).toContain('<p class="help"><strong>Help</strong> Move DB_PASSWORD to a Secret.</p>');
    expect(html).toContain('<p class="accepted"><strong>Suppressed</strong> by a comment: Agreed.</p>');
    expect(html).not.toContain('hunter2');
    expect(dataOf(html)).toEqual({
      findings: [
        ['finding-c0ffee', 'error', 'secret-delegation', ['prod'], false],
        ['finding-d0d0', 'warning', 'probes', ['dev', 'prod'], true],
      ],
    });
    expect(elementsOf(html).map(({ name }) => name)).not.toContain('svg');
  });

  it('says first what kept the run from being complete', async () => {
    const errors = [{ kind: 'render', message: 'It does not render:\n<b>', location: PLACE }] as const;
    const html = await reportHtml(resultOf({ errors }), '1.2.3');
    const at = html.indexOf(
      '<li><strong>render error</strong> <code>app.yaml:3:3</code><br>It does not render:<br>&lt;b&gt;',
    );
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(html.indexOf('<main>'));
    expect(html).toContain('Nothing was found in what could be checked.');
    expect(await reportHtml(resultOf(), '1')).toContain('Nothing was found: every check passed.');
  });

  it('shows hostile names as text', async () => {
    const nasty = `${HOSTILE}</script><script>alert(1)</script><img src=x onerror="alert(1)">' onload='alert(1)`;
    const shown = printable(nasty);
    const html = await reportHtml(resultCalled(nasty), nasty);
    const elements = elementsOf(html).map(({ name, attributes }) => name + attributes.replace(/"[^"]*"/g, ''));
    expect(elements.filter((element) => /^img| on\w+/.test(element))).toEqual([]);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script/g)).toHaveLength(2);
    expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(dataOf(html)).toEqual({
      findings: [
        ['finding-at-0', 'error', shown, [shown], false],
        ['finding-at-1', 'error', shown, [shown], true],
      ],
    });
    expect(new Set(idsOf(html)).size).toBe(idsOf(html).length);
  });

  it('gives findings of one fingerprint links of their own', async () => {
    const html = await reportHtml(resultOf({ findings: [finding(PLACE), finding(PLACE)] }), '1');
    expect(idsOf(html).filter((id) => id.startsWith('finding-'))).toEqual(['finding-c0ffee', 'finding-c0ffee.2']);
  });

  it('shows no secrets', async () => {
    expect(await reportHtml(resultTelling(SECRET), '1')).not.toContain(SECRET);
  });

  it('loads nothing from anywhere', async () => {
    const html = await reportHtml(sampleResult(), '1');
    expect(html).toContain(
      `http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';`,
    );
    expect(html).not.toMatch(/https?:|url\(|@import|\bsrc=|<link|<base|fetch\(|XMLHttpRequest/);
    const targets = elementsOf(html).flatMap(({ attributes }) => / href="([^"]*)"/.exec(attributes)?.[1] ?? []);
    expect(targets.filter((target) => !idsOf(html).includes(target.slice(1)))).toEqual([]);
  });

  it('has a script that parses and sets no HTML', () => {
    expect(() => new Script(SCRIPT)).not.toThrow();
    expect(SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|<\/script/);
  });

  it('grows with its findings and no faster', async () => {
    const [few, many] = [await reportHtml(largeResult(1_000), '1'), await reportHtml(largeResult(8_000), '1')];
    expect(many.length / few.length).toBeLessThan(8.5);
    expect(many.match(/<article /g)).toHaveLength(8_000);
  });
});

describe('the themes', () => {
  const themes = new Map(
    [...STYLE.matchAll(/\[data-theme="(light|dark)"\] \{ ([^}]*)\}/g)].map(([, theme = '', body = '']) => {
      return [theme, new Map([...body.matchAll(/--(\w+): (#\w{6})/g)].map(([, key = '', value = '']) => [key, value]))];
    }),
  );

  it.each(['light', 'dark'])('%s has the contrast of WCAG AA', (theme) => {
    const colours = themes.get(theme) ?? new Map<string, string>();
    const low: string[] = [];
    for (const text of ['ink', 'quiet', 'accent', 'error', 'warning', 'info', 'passed']) {
      for (const ground of ['page', 'card', 'soft', 'tint']) {
        if (ground === 'tint' && !['ink', 'quiet', 'error'].includes(text)) continue;
        const contrast = contrastOf(colours.get(text) ?? '', colours.get(ground) ?? '');
        if (!(contrast >= 4.5)) low.push(`${text} on ${ground}: ${contrast}`);
      }
    }
    // Lines and the edges of controls: WCAG 1.4.11.
    for (const ground of ['page', 'card']) {
      const contrast = contrastOf(colours.get('link') ?? '', colours.get(ground) ?? '');
      if (!(contrast >= 3)) low.push(`link on ${ground}: ${contrast}`);
    }
    expect(low).toEqual([]);
  });
});

/** WCAG 2.2, contrast ratio of two colours `#rrggbb`. */
function contrastOf(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = NaN, green = NaN, blue = NaN] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
