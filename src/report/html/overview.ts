import type { Result } from '../../engine/result.ts';
import { chartRows, policyRows } from '../overview.ts';
import { code, name } from './text.ts';

/** Tables of what was found under each policy and in each chart, where there are several. */
export function overviewSection(result: Result): string {
  const policies = policyRows(result).map(({ name: policy, principles, failed, errors, warnings, infos }) => {
    return row(code(policy), `${failed} of ${principles}`, [errors, warnings, infos]);
  });
  const charts = chartRows(result).map(({ chart, environments, errors, warnings, infos }) => {
    return row(chart === undefined ? 'Manifests' : code(chart), name(environments.join(', ')), [
      errors,
      warnings,
      infos,
    ]);
  });
  const tables = [
    ...(policies.length === 0 ? [] : [table('By policy', ['Policy', 'Principles failed'], policies)]),
    ...(charts.length === 0 ? [] : [table('By chart', ['Chart', 'Environments'], charts)]),
  ];
  if (tables.length === 0) return '';
  return `<section class="overview" aria-labelledby="overview">
<h2 id="overview">Overview</h2>
${tables.join('\n')}
</section>`;
}

function table(caption: string, columns: readonly [string, string], rows: readonly string[]): string {
  const heads = [...columns.map((title) => `<th scope="col">${title}</th>`), ...COUNTS];
  return `<div class="scroll"><table><caption>${caption}</caption>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

const COUNTS = ['Errors', 'Warnings', 'Infos'].map((title) => `<th scope="col" class="count">${title}</th>`);

function row(head: string, about: string, counts: readonly number[]): string {
  const cells = counts.map((total, index) => {
    const severity = total === 0 ? '' : ` ${['error', 'warning', 'info'][index]}`;
    return `<td class="count${severity}">${total}</td>`;
  });
  return `<tr><th scope="row">${head}</th><td>${about}</td>${cells.join('')}</tr>`;
}
