import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderChart } from '../../src/helm/render.ts';
import { RenderError } from '../../src/helm/template/render-error.ts';
import { helmPath } from '../../scripts/unpack-helm.mjs';
import { chartOf, chartYaml, type Files, inFolder } from './chart/chart-files.ts';
import { template, values } from './generated-templates.ts';
import { renderRequest } from './render-request.ts';

const helm = helmPath();

/** Its text or why there is none, without what chance decides: addresses. */
interface Outcome {
  readonly text?: string;
  readonly error?: string;
}

/** The templates as partials, each printed in Base64 by a file of its own: whatever they print, it is YAML. */
function chartWith(templates: readonly string[], defaults: string): Files {
  const files: Record<string, string> = {
    'Chart.yaml': chartYaml('c'),
    'values.yaml': defaults,
    'templates/_name.tpl': '{{ define "c.name" }}[{{ . }}]{{ end }}',
  };
  for (const [index, body] of templates.entries()) {
    files[`templates/_${index}.tpl`] = body;
    files[`templates/${index}.yaml`] = `r: {{ include "c/templates/_${index}.tpl" . | b64enc | quote }}\n`;
  }
  return files;
}

function renderHere(files: Files): Outcome {
  try {
    const { text } = renderChart(renderRequest(chartOf(files)));
    return { text };
  } catch (error) {
    if (error instanceof RenderError) return { error: error.message };
    throw error;
  }
}

function renderThere(files: Files): Outcome {
  return inFolder(files, (cwd) => {
    const { status, stdout, stderr } = spawnSync(helm ?? '', ['template', 'rel', '.'], {
      cwd,
      encoding: 'utf8',
      timeout: 10_000,
      killSignal: 'SIGKILL',
    });
    if (status === 0) return { text: stdout };
    return { error: /Error: ([^]*?)\n*(?:Use --debug [^\n]*)?\n*$/.exec(stderr)?.[1] ?? stderr };
  });
}

// One process of Helm judges all templates of a chart that can be rendered, and another one the first that cannot.
it.skipIf(helm === undefined)('prints what Helm prints', { timeout: 120_000 }, () => {
  const property = fc.property(fc.array(template, { minLength: 20, maxLength: 20 }), values, (templates, defaults) => {
    const text = JSON.stringify(defaults);
    const outcomes = templates.map((body) => ({ body, ...renderHere(chartWith([body], text)) }));
    const files = chartWith(
      outcomes.filter(({ error }) => error === undefined).map(({ body }) => body),
      text,
    );
    expect(renderHere(files)).toEqual(renderThere(files));
    const failing = outcomes.find(({ error }) => error !== undefined);
    const failed = failing === undefined ? undefined : renderThere(chartWith([failing.body], text));
    expect(failed?.error).toBe(failing?.error);
  });
  fc.assert(property, { numRuns: 40, seed: 1, interruptAfterTimeLimit: 60_000 });
});
