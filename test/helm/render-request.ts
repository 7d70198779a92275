import type { Chart } from '../../src/helm/chart/chart.ts';
import type { renderChart } from '../../src/helm/render.ts';
import { TemplateCache } from '../../src/helm/template/template-cache.ts';

/** Asks for a chart to be rendered with its own values, as release `rel` at the beginning of time. */
export function renderRequest(chart: Chart): Parameters<typeof renderChart>[0] {
  return {
    chart,
    values: {},
    readFile: () => ({ data: Buffer.from(''), displayName: '' }),
    releaseName: 'rel',
    namespace: 'default',
    cache: new TemplateCache(),
    now: 0,
  };
}
