import { expect, it } from 'vitest';
import { ChartError } from '../../../src/helm/chart/chart-error.ts';
import { parseKubeVersion } from '../../../src/helm/prepare/kube-version.ts';
import { prepareChart, type PreparedChart } from '../../../src/helm/prepare/prepare-chart.ts';
import { encodeJson } from '../../../src/helm/codec/json-encode.ts';
import { GoMap, type Value } from '../../../src/helm/value/value.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { readUserValues } from '../../../src/helm/flags/user-values.ts';
import { chartOf, chartYaml, type Files } from '../chart/chart-files.ts';

function prepare(files: Files, ...set: string[]): PreparedChart {
  const values = readUserValues({ set }, () => ({ data: Buffer.from(''), displayName: '' }));
  return prepareChart({
    chart: chartOf(files).clone(),
    values,
    releaseName: 'rel',
    namespace: 'ns',
    isUpgrade: false,
    kubeVersion: parseKubeVersion('1.33'),
    apiVersions: ['foo/v1'],
    skipSchemaValidation: false,
  });
}

function json(value: Value): unknown {
  return JSON.parse(encodeJson(new Tracked(value), { isHtmlSafe: true, isPretty: false }).value);
}

function valuesOf(files: Files, ...set: string[]): unknown {
  return json(prepare(files, ...set).values);
}

function templatesOf(prepared: PreparedChart): string[] {
  return prepared.templates.map(({ file }) => file.name).sort();
}

/** A place among values, as `sub.a`. */
function at(values: GoMap, path: string): { map: GoMap; key: string } {
  const parts = path.split('.');
  const key = parts.pop() ?? '';
  let map = values;
  for (const part of parts) {
    const next = map.get(part);
    if (!(next instanceof GoMap)) throw new Error(`There is no ${part} on the way to ${path}.`);
    map = next;
  }
  return { map, key };
}

function keysOf(values: GoMap, path: string): string[] {
  const { map, key } = at(values, path);
  return map.originOf(key)?.taint.keys.map(({ name, source }) => `${name} in ${source.file}`) ?? [];
}

const SUB: Files = {
  'charts/s/Chart.yaml': chartYaml('s'),
  'charts/s/values.yaml': 'a: 1\nq: null\nm: {x: 1, z: null}\n',
  'charts/s/templates/s.yaml': '',
};
const declared = (more = ''): string => chartYaml('c', `dependencies: [{name: s, version: 0.1.0${more}}]\n`);

it.each<[string, Files, string[], unknown]>([
  ['keeps nulls of an undeclared subchart', SUB, [], { s: { a: 1, q: null, m: { x: 1, z: null }, global: {} } }],
  [
    'drops them at the top when it is declared',
    { ...SUB, 'Chart.yaml': declared() },
    [],
    { s: { a: 1, m: { x: 1, z: null }, global: {} } },
  ],
  [
    'lets the user delete a default',
    { 'values.yaml': 'a: 1\nm: {x: 1, w: 2}\n' },
    ['a=null', 'm.x=null'],
    { m: { w: 2 } },
  ],
  [
    'keeps nulls for what no chart sets',
    { 'values.yaml': 'm: {x: 1}\n' },
    ['b=null', 'm.q=null'],
    { b: null, m: { x: 1, q: null } },
  ],
  [
    'lets the parent win',
    { ...SUB, 'values.yaml': 's: {a: 5}\n' },
    ['s.m.x=6'],
    { s: { a: 5, q: null, m: { x: 6, z: null }, global: {} } },
  ],
  ['keeps what the user set where a table is the default', { 'values.yaml': 'm: {x: 1}\n' }, ['m=5'], { m: 5 }],
])('%s', (_, files, set, expected) => {
  expect(valuesOf(files, ...set)).toEqual(expected);
});

it('hands globals down, and shares what lies two levels below', () => {
  const files = {
    ...SUB,
    'values.yaml': 'global: {g: 1, m: {b: 1, k: {c: 1}}}\n',
    'charts/s/values.yaml': 'global: {g: 2, own: 3, m: {b: 2, d: 2, k: {e: 2}}}\n',
    'charts/t/Chart.yaml': chartYaml('t'),
  };
  const { values } = prepare(files);
  expect(json(values)).toEqual({
    global: { g: 1, m: { b: 1, k: { c: 1, e: 2 } } },
    s: { global: { g: 1, own: 3, m: { b: 1, d: 2, k: { c: 1, e: 2 } } } },
    t: { global: { g: 1, m: { b: 1, k: { c: 1, e: 2 } } } },
  });
  const nested = ['global.m.k', 's.global.m.k', 't.global.m.k']
    .map((path) => at(values, path))
    .map(({ map, key }) => map.get(key));
  expect(new Set(nested).size).toBe(1);
});

it.each<[string, string, string[], boolean]>([
  ['no condition', '', [], true],
  ['a condition', ', condition: s.on', ['s.on=false'], false],
  ['a condition that is no boolean', ', condition: s.on', ['s.on=no'], true],
  ['the first of two conditions that is there', ', condition: "x.on,s.on"', ['s.on=false', 'x.off=true'], false],
  ['a space that belongs to the key', ', condition: "x.on, s.on"', ['s.on=false'], true],
  ['a tag', ', tags: [t]', ['tags.t=false'], false],
  ['two tags', ', tags: [t, u]', ['tags.t=false', 'tags.u=true'], true],
  ['a condition over a tag', ', tags: [t], condition: s.on', ['tags.t=false', 's.on=true'], true],
])('enables a subchart by %s', (_, more, set, isEnabled) => {
  const prepared = prepare({ ...SUB, 'Chart.yaml': declared(more) }, ...set);
  expect(templatesOf(prepared)).toEqual(isEnabled ? ['c/charts/s/templates/s.yaml'] : []);
});

it('counts what conditions, tags and imports read', () => {
  const more = ', condition: s.on, tags: [t], import-values: [{child: m, parent: m}]';
  const { readKeys } = prepare({ ...SUB, 'Chart.yaml': declared(more) }, 's.on=true', 'tags.t=true', 'tags.u=true');
  expect([...readKeys].map(({ name }) => name)).toEqual(['tags.t', 's.on', 's.m']);
});

it('uses a subchart under two aliases, each with keys of its own', () => {
  const chart = chartYaml(
    'c',
    'dependencies: [{name: s, version: ">=0.1", alias: one}, {name: s, version: "*", alias: two}]\n',
  );
  const prepared = prepare({ ...SUB, 'Chart.yaml': chart, 'values.yaml': 'two: {a: 2}\n' });
  expect(templatesOf(prepared)).toEqual(['c/charts/one/templates/s.yaml', 'c/charts/two/templates/s.yaml']);
  expect(json(prepared.values)).toMatchObject({ one: { a: 1, m: { x: 1 } }, two: { a: 2, m: { x: 1 } } });
  expect(keysOf(prepared.values, 'one.a')).toEqual(['one.a in c/charts/s/values.yaml']);
  expect(keysOf(prepared.values, 'one.m.x')).toEqual(['one.m.x in c/charts/s/values.yaml']);
  expect(keysOf(prepared.values, 'two.a')).toEqual(['two.a in c/values.yaml']);
  expect(keysOf(prepared.values, 'two.m.x')).toEqual(['two.m.x in c/charts/s/values.yaml']);
});

it('imports values, over which the own ones win', () => {
  const imports = ', import-values: [data, nope, {child: m, parent: x.w}]';
  const { values, warnings } = prepare({
    ...SUB,
    'Chart.yaml': declared(imports),
    'values.yaml': 'e: 5\n',
    'charts/s/values.yaml': 'exports: {data: {e: 1, f: {g: 2}}}\nm: {k: 1}\n',
  });
  expect(json(values)).toMatchObject({ e: 5, f: { g: 2 }, x: { w: { k: 1 } } });
  expect(keysOf(values, 'f.g')).toEqual(['s.exports.data.f.g in c/charts/s/values.yaml']);
  expect(keysOf(values, 'x.w.k')).toEqual(['s.m.k in c/charts/s/values.yaml']);
  expect(warnings.filter((text) => text.includes('nope'))).toHaveLength(1);
});

it('knows who made a map, and who deleted a key', () => {
  const { values } = prepare({ 'values.yaml': 'm: {x: 1}\nd: 1\n' }, 'm.b=2', 'd=null');
  expect(keysOf(values, 'm')).toEqual(['m in --set', 'm in c/values.yaml']);
  expect(keysOf(values, 'm.b')).toEqual(['m.b in --set']);
  expect([values.has('d'), keysOf(values, 'd')]).toEqual([false, ['d in --set']]);
});

it.each<[string, Files, string[], string]>([
  ['a library chart', { 'Chart.yaml': chartYaml('c', 'type: library\n') }, [], 'library charts are not installable'],
  [
    'missing dependencies',
    { 'Chart.yaml': chartYaml('c', 'dependencies: [{name: a}, {name: b}]\n') },
    [],
    'found in Chart.yaml, but missing in charts/ directory: a, b',
  ],
  [
    'values that are no table',
    { ...SUB, 'Chart.yaml': declared() },
    ['s=x'],
    'chart dependencies processing failed: type mismatch on s: %!t(string=x)',
  ],
  ['values that are null', SUB, ['s=null'], 'type mismatch on s: %!t(<nil>)'],
  [
    'another version of Kubernetes',
    { 'Chart.yaml': chartYaml('c', 'kubeVersion: ">=1.34.0"\n') },
    [],
    'chart requires kubeVersion: >=1.34.0 which is incompatible with Kubernetes v1.33',
  ],
])('refuses %s', (_, files, set, message) => {
  expect(() => prepare(files, ...set)).toThrow(ChartError);
  expect(() => prepare(files, ...set)).toThrow(message);
});

it('gives templates of a subchart the very map that its parent sees', () => {
  const { templates, values } = prepare({ ...SUB, 'templates/a.yaml': '' });
  const [sub, root] = ['s', 'c'].map(
    (name) => templates.find(({ context }) => context.chart.name === name)?.context.data,
  );
  const own = sub?.get('Values');
  if (!(own instanceof GoMap)) throw new Error('There are no values.');
  own.set('new', 1);
  expect(own.type).toBe('common.Values');
  expect(at(values, 's.new').map.get('new')).toBe(1);
  expect(root?.get('Subcharts')).toBeInstanceOf(GoMap);
});
