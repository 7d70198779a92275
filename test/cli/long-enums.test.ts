import { expect, it } from 'vitest';
import { chartlint, folderWith } from './chartlint.ts';

const SPEC = {
  group: 'x.io',
  names: { kind: 'Foo', plural: 'foos', singular: 'foo', listKind: 'FooList' },
  scope: 'Namespaced',
};

it('looks up values in a long list of allowed ones, and names the first ones', { timeout: 60_000 }, () => {
  const allowed = Array.from({ length: 20_000 }, (_, index) => `v${index}`);
  const spec = { type: 'array', items: { type: 'string', enum: allowed } };
  const openAPIV3Schema = { type: 'object', properties: { spec } };
  const objects = [
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'foos.x.io' },
      spec: { ...SPEC, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }] },
    },
    { apiVersion: 'x.io/v1', kind: 'Foo', metadata: { name: 'a' }, spec: [...allowed.slice(0, 2000), 'other'] },
  ];
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const { stdout } = chartlint(['a.yaml', '--format', 'json'], { folder: folderWith({ 'a.yaml': text }) });
  const report: { findings: { message: string; help?: string }[] } = JSON.parse(stdout);
  const named = report.findings.filter((finding) => JSON.stringify(finding).includes('v99, and 19900 more'));
  expect(named).toHaveLength(1);
});
