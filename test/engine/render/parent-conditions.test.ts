import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readParentConditions } from '../../../src/engine/render/parent-conditions.ts';
import { chartlintJson, folderWith } from '../../cli/chartlint.ts';

const PARENT = `apiVersion: v2
name: umbrella
version: 0.1.0
dependencies:
  - { name: web, version: 0.1.0, condition: "web.enabled, global.web" }
  - { name: web, version: 0.1.0, alias: front, condition: front.ui.on }
  - { name: other, version: 0.1.0, condition: other.active }
`;
const WEB = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';

it('reads the keys by which the chart above switches a chart on', () => {
  const folder = folderWith({ 'Chart.yaml': PARENT, 'charts/web/Chart.yaml': WEB });
  expect(readParentConditions(join(folder, 'charts/web'), 'web')).toEqual([['enabled'], ['ui', 'on']]);
  expect(readParentConditions(join(folder, 'charts/web-0.1.0.tgz'), 'web')).toEqual([['enabled'], ['ui', 'on']]);
});

it('reads none for a chart elsewhere, or below a Chart.yaml that cannot be read', () => {
  const folder = folderWith({ 'Chart.yaml': PARENT, 'vendor/web/Chart.yaml': WEB, 'charts/web/Chart.yaml': WEB });
  expect(readParentConditions(join(folder, 'vendor/web'), 'web')).toEqual([]);
  expect(readParentConditions(join(folder, 'charts/web'), 'unnamed')).toEqual([]);
  const broken = folderWith({ 'Chart.yaml': 'a: [', 'charts/web/Chart.yaml': WEB });
  expect(readParentConditions(join(broken, 'charts/web'), 'web')).toEqual([]);
});

it('counts such a key as used when the chart is linted alone', () => {
  const folder = folderWith({
    'Chart.yaml': PARENT,
    'charts/web/Chart.yaml': WEB,
    'charts/web/values.yaml': 'enabled: true\nleft: over\n',
    'charts/web/templates/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
    'p.yaml': 'version: 1\nprinciples: { used: { title: Used, checks: [{ rule: values-unused }] } }\n',
  });
  const { report } = chartlintJson(['charts/web', '--policy', 'p.yaml'], { folder });
  expect(report.findings.map(({ message }) => message)).toEqual(['No template reads left.']);
});
