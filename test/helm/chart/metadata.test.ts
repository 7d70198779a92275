import { expect, it } from 'vitest';
import { encodeJson } from '../../../src/helm/codec/json-encode.ts';
import { makeChartMap } from '../../../src/helm/prepare/chart-map.ts';
import { parseKubeVersion } from '../../../src/helm/prepare/kube-version.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { chartOf, chartYaml } from './chart-files.ts';

it('reads Chart.yaml as Go does', () => {
  const text =
    'apiVersion: v2\nname: c\nVERSION: 1.2.3+x\nappVersion: 1.10\ndescription: "a\\tb\\u00a0c\\u200bd"\n' +
    'keywords: [a, 1, true, ~]\nicon: 5\nmaintainers: [{name: me, email: 1e3}]\nannotations: {a: 0x10, b: yes}\n' +
    'deprecated: on\nunknown: {}\n';
  const map = makeChartMap(chartOf({ 'Chart.yaml': text }));
  expect(JSON.parse(encodeJson(new Tracked(map), { isHtmlSafe: true, isPretty: false }).value)).toEqual({
    APIVersion: 'v2',
    Annotations: { a: '16', b: 'true' },
    AppVersion: '1.1',
    Condition: '',
    Dependencies: [],
    Deprecated: true,
    Description: 'a b cd',
    Home: '',
    Icon: '5',
    IsRoot: true,
    Keywords: ['a', '1', 'true', ''],
    KubeVersion: '',
    Maintainers: [{ Name: 'me', Email: '1000', URL: '' }],
    Name: 'c',
    Sources: [],
    Tags: '',
    Type: '',
    Version: '1.2.3+x',
  });
});

it('merges requirements.yaml over Chart.yaml', () => {
  const requirements = 'dependencies: [{version: 0.1.0, alias: z}]\n';
  const chart = chartOf({
    'Chart.yaml': chartYaml('c', 'dependencies: [{name: s, version: 9}]\n'),
    'requirements.yaml': requirements,
  });
  expect(chart.metadata.dependencies).toMatchObject([{ name: 's', version: '0.1.0', alias: 'z' }]);
  expect(chart.files).toEqual([]);
  const old = chartOf({ 'Chart.yaml': 'name: c\nversion: 1\n', 'requirements.yaml': requirements });
  expect([old.metadata.apiVersion, old.files.map(({ name }) => name)]).toEqual(['v1', ['requirements.yaml']]);
});

const DECODING = 'cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal';

it.each([
  ['apiVersion: v2\nversion: 1\n', 'validation: chart.metadata.name is required'],
  ['apiVersion: v2\nname: ..\nversion: 1\n', 'validation: chart.metadata.name ".." is not allowed'],
  ['apiVersion: v2\nname: a/b\nversion: 1\n', 'validation: chart.metadata.name "a/b" is invalid'],
  ['apiVersion: v2\nname: c\n', 'validation: chart.metadata.version is required'],
  ['apiVersion: v2\nname: c\nversion: x\n', 'validation: chart.metadata.version "x" is invalid'],
  [chartYaml('c', 'type: x\n'), 'validation: chart.metadata.type must be application or library'],
  [chartYaml('c', 'maintainers: [~]\n'), 'validation: maintainers must not contain empty or null nodes'],
  [chartYaml('c', 'dependencies: [~]\n'), 'validation: dependencies must not contain empty or null nodes'],
  [
    chartYaml('c', 'dependencies: [{name: a}, {name: b, alias: a}]\n'),
    'validation: more than one dependency with name or alias "a"',
  ],
  [
    chartYaml('c', 'dependencies: [{name: a, alias: b c}]\n'),
    'validation: dependency "a" has disallowed characters in the alias',
  ],
  ['name: [c]\nversion: [2]\n', `${DECODING} array into Go struct field Metadata.name of type string`],
  [
    chartYaml('c', 'maintainers: [a]\n'),
    `${DECODING} string into Go struct field Metadata.maintainers of type v2.Maintainer`,
  ],
  [chartYaml('c', 'deprecated: "true"\n'), `${DECODING} string into Go struct field Metadata.deprecated of type bool`],
  [
    chartYaml('c', 'dependencies: [{tags: a}]\n'),
    `${DECODING} string into Go struct field Dependency.dependencies.tags of type []string`,
  ],
])('refuses %j', (text, message) => {
  expect(() => chartOf({ 'Chart.yaml': text })).toThrow(message);
});

it.each([
  ['1.30', 'v1.30', 'v1.30', '30'],
  ['v1.30.2-gke.1000', 'v1.30.2-gke.1000', 'v1.30.2', '30'],
  ['1.30.1+k3s1', 'v1.30.1+k3s1', 'v1.30.1', '30'],
  ['1.28+', 'v1.28+', 'v1.28', '28'],
  ['1.2.3.4', 'v1.2.3.4', 'v1.2.3.4', '2'],
])('reads the Kubernetes version %s', (text, version, normalized, minor) => {
  expect(parseKubeVersion(text)).toEqual({ version, normalized, major: '1', minor });
});

it.each([
  ['abc', 'could not parse "abc" as version'],
  ['1', 'illegal version string "1"'],
  ['01.2', 'illegal zero-prefixed version component "01" in "01.2"'],
])('refuses the Kubernetes version %s', (text, message) => {
  expect(() => parseKubeVersion(text)).toThrow(`invalid kube version '${text}': ${message}`);
});

it.each([
  [
    'Chart.lock',
    '[',
    'cannot load Chart.lock: error converting YAML to JSON: yaml: line 1: did not find expected node content',
  ],
  [
    'requirements.lock',
    'x',
    'cannot load requirements.lock: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type v2.Lock',
  ],
])('reads %s though nothing in it counts', (name, text, message) => {
  expect(() => chartOf({ [name]: text })).toThrow(message);
});
