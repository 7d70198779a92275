import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ChartError } from '../../../src/helm/chart/chart-error.ts';
import type { Chart } from '../../../src/helm/chart/chart.ts';
import { loadChart } from '../../../src/helm/load/load-chart.ts';
import { chartOf, chartYaml, inFolder, member, pack, type Files } from '../chart/chart-files.ts';

function load(files: Files, path = '.'): Chart {
  return inFolder(files, (workingDirectory) => loadChart(path, { workingDirectory }));
}

function names(chart: Chart): string[] {
  return chart.files.map(({ name }) => name);
}

const CHART = { 'Chart.yaml': chartYaml('c') };
const BIG = new Uint8Array(5 * 1024 * 1024 + 1);

it('tells templates, other files and subcharts apart', () => {
  const chart = load(
    {
      'x/Chart.yaml': chartYaml('c'),
      'x/templates/sub/a.txt': 'a',
      'x/.hidden': '',
      'x/README.md': '\ufeffr',
      'x/crds/a.yaml': '',
      'x/charts/s.prov': '',
      'x/charts/.s/x': '',
      'x/charts/_s/x': '',
      'x/charts/z/Chart.yaml': chartYaml('last'),
      'x/charts/b/Chart.yaml': chartYaml('first'),
      'x/charts/b/templates/b.yaml': '',
    },
    './x',
  );
  expect(chart.templates.map(({ name, file }) => [name, file])).toEqual([
    ['templates/sub/a.txt', 'x/templates/sub/a.txt'],
  ]);
  expect(names(chart)).toEqual(['.hidden', 'README.md', 'charts/s.prov', 'crds/a.yaml']);
  expect(chart.files[1]?.source.text).toBe('r');
  expect(chart.dependencies.map(({ name, fullPath }) => [name, fullPath])).toEqual([
    ['first', 'c/charts/first'],
    ['last', 'c/charts/last'],
  ]);
  expect(chart.dependencies[0]?.templates[0]?.file).toBe('x/charts/b/templates/b.yaml');
});

it('reads packed charts, also inside of packed charts', () => {
  const inner = pack({ 'i/Chart.yaml': chartYaml('i'), 'i/templates/i.yaml': '' });
  const outer = pack({ 's/Chart.yaml': chartYaml('s'), 's/f.txt': 'f', 's/charts/i.tgz': inner });
  for (const chart of [load({ ...CHART, 'charts/s.tgz': outer }).dependencies[0], load({ 's.tgz': outer }, 's.tgz')]) {
    expect(chart?.files.map(({ name }) => name)).toEqual(['f.txt']);
    expect(chart?.files[0]?.file).toMatch(/^(?:charts\/)?s\.tgz!s\/f\.txt$/);
    expect(chart?.dependencies[0]?.templates[0]?.file).toMatch(/s\.tgz!s\/charts\/i\.tgz!i\/templates\/i\.yaml$/);
  }
});

it('reads long names in archives', () => {
  const name = `c/templates/${'long/'.repeat(40)}é.yaml`;
  const record = ` path=${name}\n`;
  const length = Buffer.byteLength(record) + 3;
  const metadata = member('c/Chart.yaml', Buffer.from(chartYaml('c')));
  const formats = [
    [...metadata, ...member('x', Buffer.from(`${String(length)}${record}`), 'x'), ...member('short', Buffer.from('p'))],
    [...metadata, ...member('x', Buffer.from(`${name}\0`), 'L'), ...member('short', Buffer.from('p'))],
  ];
  for (const blocks of formats) {
    const chart = load({ 'c.tgz': gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)])) }, 'c.tgz');
    expect(chart.templates.map((file) => [`c/${file.name}`, file.source.text])).toEqual([[name, 'p']]);
  }
});

it.each<[string, Files, string, string]>([
  ['no folder', {}, 'nope', 'path "nope" not found'],
  ['no Chart.yaml', { x: '' }, '.', 'unable to detect chart at '],
  ['an ignored Chart.yaml', { ...CHART, '.helmignore': '!x' }, '.', 'Chart.yaml file is missing'],
  [
    'a stray file',
    { ...CHART, 'charts/README.md': '' },
    '.',
    'error unpacking subchart README.md in c: Chart.yaml file is missing',
  ],
  [
    'a large file',
    { ...CHART, 'templates/x': BIG },
    '.',
    'chart file "x" is larger than the maximum file size 5242880',
  ],
  [
    'a packed chart that is none',
    { ...CHART, 'charts/s.tgz': 'x'.repeat(20) },
    '.',
    'error unpacking subchart s.tgz in c: gzip: invalid header',
  ],
  ['a short archive', { ...CHART, 'charts/s.tgz': 'x' }, '.', 'error unpacking subchart s.tgz in c: unexpected EOF'],
  ['a YAML file', { 'v.yaml': 'a: 1' }, 'v.yaml', "v.yaml' seems to be a YAML file, but expected a gzipped archive"],
  ['a text file', { v: 'a: 1' }, 'v', "does not appear to be a gzipped archive; got 'application/octet-stream'"],
  ['an empty archive', { 'c.tgz': pack({}) }, 'c.tgz', 'no files in chart archive'],
  [
    'no Chart.yaml in an archive',
    { 'c.tgz': pack({ 'c/x': '' }) },
    'c.tgz',
    'unable to detect chart version, no Chart.yaml found',
  ],
  [
    'a Chart.yaml at the top',
    { 'c.tgz': pack({ 'Chart.yaml': '' }) },
    'c.tgz',
    'content outside the base directory: "Chart.yaml"',
  ],
  [
    'a name that leads out',
    { 'c.tgz': pack({ 'c/../../x': '' }) },
    'c.tgz',
    'chart illegally references parent directory',
  ],
  ['an absolute name', { 'c.tgz': pack({ 'c//x': '' }) }, 'c.tgz', 'chart illegally contains absolute paths'],
  ['a drive', { 'c.tgz': pack({ 'c/c:/x': '' }) }, 'c.tgz', 'chart contains illegally named files'],
  [
    'a large file in an archive',
    { 'c.tgz': pack({ 'c/x': BIG }) },
    'c.tgz',
    'file "c/x" is larger than the maximum file size 5242880',
  ],
  [
    'a broken archive',
    { 'c.tgz': pack({ 'c/x': 'x' }).subarray(0, 60) },
    'c.tgz',
    'unable to load chart archive: unexpected EOF',
  ],
  ['a link to nowhere', { ...CHART, x: '->nope' }, '.', 'error evaluating symlink '],
  ...['templates/x', 'values.yaml', 'values.schema.json', 'charts/a', 'crds/x', 'charts/a/templates/x'].map(
    (name): [string, Files, string, string] => [
      `a link out of the chart that Helm always reads: ${name}`,
      { ...CHART, [name]: '->/etc/hostname' },
      '.',
      `The link ${name} points outside the chart.`,
    ],
  ),
  ['a link to a whole system', { ...CHART, x: '->/usr' }, '.', 'The link x points outside the chart.'],
  ['a link back up', { ...CHART, 'd/x': '->..' }, '.', 'The link d/x points back to a folder that contains it.'],
  ['an unknown version', { 'Chart.yaml': 'apiVersion: v9\n' }, '.', 'unsupported chart version'],
])('refuses %s', (_, files, path, message) => {
  expect(() => load(files, path)).toThrow(ChartError);
  expect(() => load(files, path)).toThrow(message);
});

it('refuses an archive that unpacks to more than 100 MiB', () => {
  const files = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`c/${String(index)}`, BIG.subarray(1)]));
  expect(() => load({ 'c.tgz': pack(files) }, 'c.tgz')).toThrow('larger than the maximum size 104857600');
});

it('takes a link out of the chart that nothing reads, or that .helmignore names', () => {
  const chart = load({
    ...CHART,
    LICENSE: '->/etc/hostname',
    'charts/a/Chart.yaml': chartYaml('a'),
    'charts/a/LICENSE': '->/etc/hostname',
  });
  expect(names(chart)).toContain('LICENSE');
  const [file] = chart.files.filter(({ name }) => name === 'LICENSE');
  expect(() => file?.data).toThrow('The link LICENSE points outside the chart.');
  expect(names(load({ ...CHART, '.helmignore': 'usr\n', usr: '->/usr' }))).not.toContain('usr');
});

it('follows links inside the chart', () => {
  const chart = load({ ...CHART, 'real/a.txt': 'a', 'l.txt': '->real/a.txt', linked: '->real' });
  expect(names(chart)).toEqual(['l.txt', 'linked/a.txt', 'real/a.txt']);
});

it('names the place of what is wrong', () => {
  const locate = (files: Files): string => {
    try {
      chartOf(files);
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      const { file = '', line = 0, column = 0 } = error.location ?? {};
      return `${error.message} (${file}:${String(line)}:${String(column)})`;
    }
    return '';
  };
  expect(locate({ 'values.yaml': 'a: 1\nb: 2\n---\nc: {{ x }}\n' })).toBe(
    'cannot load values.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: invalid map key: ' +
      'map[interface {}]interface {}{"x":interface {}(nil)} (c/values.yaml:4:5)',
  );
  expect(locate({ 'Chart.yaml': chartYaml('c', 'keywords: a\n') })).toBe(
    'cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go ' +
      'struct field Metadata.keywords of type []string (c/Chart.yaml:4:11)',
  );
});

describe('the limit of packed charts', () => {
  const zeros = new Uint8Array(5_000_000);
  /** Unpacks to 45 MB. */
  const large = (name: string, more: Files = {}): Uint8Array => {
    const data = Array.from({ length: 9 }, (_, index): [string, Uint8Array] => [`${name}/${index}`, zeros]);
    return pack({ [`${name}/Chart.yaml`]: chartYaml(name), ...Object.fromEntries(data), ...more });
  };
  const message = 'decompressed chart is larger than the maximum size 104857600';

  it('is of all that are packed in a chart', () => {
    const two = { ...CHART, 'charts/a.tgz': large('a'), 'charts/b.tgz': large('b') };
    expect(load(two).dependencies).toHaveLength(2);
    expect(() => load({ ...two, 'charts/d.tgz': large('d') })).toThrow(message);
  });

  it('is of those that are packed in each other', () => {
    const inner = large('i');
    const middle = large('m', { 'm/charts/i.tgz': inner });
    expect(load({ 'm.tgz': middle }, 'm.tgz').dependencies).toHaveLength(1);
    expect(() => load({ 'o.tgz': large('o', { 'o/charts/m.tgz': middle }) }, 'o.tgz')).toThrow(message);
    expect(() => load({ ...CHART, 'charts/o.tgz': large('o', { 'o/charts/m.tgz': middle }) })).toThrow(message);
  });

  it('is of archives that hold nothing but headers, too', () => {
    // Members without data still fill the archive that is in memory.
    const empty = gzipSync(
      Buffer.concat([...member('e/Chart.yaml', Buffer.from(chartYaml('e'))), Buffer.alloc(70_000_000)]),
    );
    expect(load({ ...CHART, 'charts/e.tgz': empty }).dependencies).toHaveLength(1);
    expect(() => load({ ...CHART, 'charts/e.tgz': empty, 'charts/f.tgz': empty })).toThrow(message);
  });

  it('is anew for each chart', () => {
    const chart = { 'c.tgz': large('c', { 'c/charts/a.tgz': large('a') }) };
    expect(load(chart, 'c.tgz').name).toBe('c');
    expect(load(chart, 'c.tgz').name).toBe('c');
  });
});
