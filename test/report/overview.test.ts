import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../src/report/html/html.ts';
import { reportMarkdown } from '../../src/report/markdown.ts';
import { reportPretty } from '../../src/report/pretty.ts';
import { folderWith } from '../cli/chartlint.ts';
import { runMain } from '../cli/main-in-process.ts';
import { finding, lint, locate, resultOf } from './sample.ts';

const CONFIG_MAP = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { A: ${value} }\n`;

const chart = (folder: string, value: string): Record<string, string> => ({
  [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: ${folder}\nversion: 0.1.0\n`,
  [`${folder}/values.yaml`]: '',
  [`${folder}/templates/a.yaml`]: CONFIG_MAP(value),
});

const warn = (name: string, rule = 'configmap-string-values'): string =>
  `version: 1\nname: ${name}\nprinciples: { ${name}: { title: T, severity: warning, checks: [{ rule: ${rule} }] } }\n`;

const files = {
  ...chart('broken', '1'),
  ...chart('clean', '"1"'),
  'loose.yaml': CONFIG_MAP('true'),
  'p/first.yaml': warn('first'),
  'p/second.yaml': `extends: [first.yaml]\n${warn('second', 'host-ipc')}`,
};

async function report(format: string, ...args: readonly string[]): Promise<string> {
  return (await runMain(['broken', 'clean', 'loose.yaml', ...args, '--format', format], folderWith(files))).stdout;
}

describe('the overview', () => {
  it('has a line for each policy and each chart in Markdown, where there are several', async () => {
    const text = await report('markdown', '-p', 'p/first.yaml', '-p', 'recommended');
    expect(text).toContain('| ❌ | <code>first</code> | 1 of 1 | 0 | 2 | 0 |\n');
    expect(text).toMatch(/\| ❌ \| <code>recommended<\/code> \| 1 of \d+ \| 2 \| 0 \| 0 \|\n/);
    expect(text).toContain('| ❌ | <code>broken</code> | default | 1 | 1 | 0 |\n');
    expect(text).toContain('| ✅ | <code>clean</code> | default | 0 | 0 | 0 |\n');
    expect(text).toContain('| ❌ | Manifests |  | 1 | 1 | 0 |\n');
  });

  it('counts what a policy extends for it, too', async () => {
    const text = await report('markdown', '-p', 'p/first.yaml', '-p', 'p/second.yaml');
    expect(text).toContain('| ❌ | <code>first</code> | 1 of 1 | 0 | 2 | 0 |\n');
    expect(text).toContain('| ❌ | <code>second</code> | 1 of 2 | 0 | 2 | 0 |\n');
  });

  it('is in the page for browsers', async () => {
    const text = await report('html', '-p', 'p/first.yaml', '-p', 'recommended');
    expect(text).toContain('<a href="#overview">Overview</a>');
    expect(text).toMatch(
      /<code>first<\/code><\/th><td>1 of 1<\/td><td class="count">0<\/td><td class="count warning">2</,
    );
    expect(text).toMatch(/<th scope="row">Manifests<\/th><td><\/td><td class="count error">1</);
  });

  it('counts for each chart’s own policy', async () => {
    const folder = folderWith({ ...files, 'broken/chartlint.yaml': warn('own') });
    const { stdout } = await runMain(['broken', 'clean', '--format', 'markdown'], folder);
    expect(stdout).toContain('| ❌ | <code>own</code> | 1 of 1 | 0 | 1 | 0 |\n');
    expect(stdout).toMatch(/\| ✅ \| <code>recommended<\/code> \| 0 of \d+ \| 0 \| 0 \| 0 \|\n/);
  });

  it('praises nothing in a run that is incomplete', async () => {
    const text = await report('markdown', '-p', 'p/first.yaml', '-p', 'none');
    expect(text).toContain('|  | <code>clean</code> |');
    expect(text).not.toContain('✅');
  });

  it('is left out where there is one of each', async () => {
    const folder = folderWith(files);
    for (const format of ['markdown', 'html']) {
      const { stdout } = await runMain(['broken', '-p', 'recommended', '--format', format], folder);
      expect(stdout).not.toMatch(/Manifests|By policy|id="overview"|\| Policy \|/);
    }
  });

  it('keeps Markdown within its limit, however many charts there are', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `charts/number-${index}`);
    const result = resultOf({ chartEnvironments: new Map(names.map((name) => [name, ['default']])) });
    const text = reportMarkdown(result);
    expect(text.length).toBeLessThan(65_000);
    expect(text).toMatch(/… and \d+ charts more/);
  });

  it('escapes the names of charts', async () => {
    const environments = new Map([['<b>a|b', ['x']] as const, ['c', ['y']] as const]);
    const html = await reportHtml(resultOf({ chartEnvironments: environments }), '1');
    expect(html).toContain('&lt;b&gt;a|b');
    expect(reportMarkdown(resultOf({ chartEnvironments: environments }))).not.toContain('<b>a|b');
  });
});

describe('findings of one place', () => {
  const source = lint('a.yaml', 'kind: Deployment\nspec:\n  securityContext: {}\n');
  const place = locate(source, '{}');
  const text = async (...changes: readonly Partial<Parameters<typeof finding>[1] & object>[]): Promise<string> => {
    const findings = changes.map((change) => finding(place, change));
    return reportPretty(resultOf({ sources: [source], findings }), {
      color: false,
      width: 100,
      quiet: false,
      verbose: false,
    });
  };

  it('are one block at the terminal, with the place once and every help', async () => {
    const both = await text(
      { message: 'It may be root.', help: 'Add runAsNonRoot.', severity: 'warning' },
      { message: 'It has no profile.', help: 'Add a profile.', rule: 'other' },
    );
    expect(both.match(/-->/g)).toHaveLength(1);
    expect(both).toContain(`▲ warning: It may be root.
  secret-delegation/configmap-no-secret-keys · clause 2.2
✗ error: It has no profile.
  secret-delegation/other · clause 2.2
  --> a.yaml:3:20 (ConfigMap/app-config)
`);
    expect(both).toContain('  help: Add runAsNonRoot.\n  help: Add a profile.\n');
  });

  it('say the same help once', async () => {
    expect((await text({ help: 'Mend it.' }, { help: 'Mend it.' })).match(/help:/g)).toHaveLength(1);
  });

  it('stand alone where they are of two objects, or come from other values', async () => {
    const resource = { apiVersion: 'v1', kind: 'ConfigMap', name: 'b', namespace: undefined };
    expect((await text({}, { resource })).match(/-->/g)).toHaveLength(2);
    const values = [{ key: 'a', file: 'values.yaml', line: 1, column: 1 }];
    expect((await text({}, { values })).match(/-->/g)).toHaveLength(2);
  });
});
