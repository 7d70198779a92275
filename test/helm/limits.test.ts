import { expect, it } from 'vitest';
import { renderChart } from '../../src/helm/render.ts';
import { ChartError } from '../../src/helm/chart/chart-error.ts';
import { RenderError } from '../../src/helm/template/render-error.ts';
import { loadChart } from '../../src/helm/load/load-chart.ts';
import { chartOf, chartYaml, type Files, inFolder } from './chart/chart-files.ts';
import { renderRequest } from './render-request.ts';

/** Why a chart is given up. */
function reasonOf(files: Files): string {
  try {
    renderChart(renderRequest(chartOf(files)));
  } catch (error) {
    if (error instanceof ChartError || error instanceof RenderError) return error.message;
    throw error;
  }
  return '';
}

const DOUBLED = '{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}';
const ITSELF = '{{ $x := dict }}{{ $_ := set $x "x" $x }}';

it.each([
  [`${DOUBLED}{{ toYaml $x }}`, 'a text is made of more than 4000000 pieces'],
  [`${DOUBLED}{{ $x }}`, 'a text is made of more than 4000000 pieces'],
  [`${DOUBLED}{{ deepCopy $x }}`, 'there would be more than 2000000 items'],
  ['{{ $x := list 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}', 'there would be more than 2000000 items'],
  [`${ITSELF}{{ $x }}`, 'stack overflow: the value contains itself'],
  [`${ITSELF}{{ mustToJson $x }}`, 'json: unsupported value: encountered a cycle via map[string]interface {}'],
  ['{{ randAlphaNum 200000000 }}', 'there would be more than 2000000 items'],
  ['{{ fromYaml (repeat 9000 "[") }}', 'a YAML text is nested deeper than 500 levels'],
  ['{{ fromJson (repeat 9000 "[") }}', 'a JSON text is nested deeper than 1000 levels'],
  ['{{ fromToml (print "a = " (repeat 9000 "[")) }}', 'a TOML text is nested deeper than 1000 levels'],
])('gives up %s', (template, reason) => {
  expect(reasonOf({ 'templates/a.yaml': template })).toContain(reason);
});

it('gives up what a template prints when it nests too deeply', () => {
  expect(reasonOf({ 'templates/a.yaml': '['.repeat(9000) })).toBe(
    'the rendering was stopped: a YAML text is nested deeper than 500 levels',
  );
});

it.each(['Chart.yaml', 'values.yaml'])('gives up a %s that nests too deeply', (name) => {
  const files = { 'Chart.yaml': chartYaml('c'), [name]: '{a: '.repeat(9000) };
  expect(() => inFolder(files, (workingDirectory) => loadChart('.', { workingDirectory }))).toThrow(
    'the chart cannot be loaded: a YAML text is nested deeper than 500 levels',
  );
});
