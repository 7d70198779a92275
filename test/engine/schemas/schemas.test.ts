import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lint, type Report } from '../../../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartlint-schemas-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function policy(...lines: readonly string[]): void {
  write('chartlint.yaml', ['version: 1', 'extends: [recommended]', ...lines, ''].join('\n'));
}

async function judge(inputs: readonly string[] = ['m.yaml']): Promise<Report> {
  return lint({ inputs, workingDirectory: folder, only: ['valid-manifests'] });
}

const messagesOf = (report: Report): string[] => report.findings.map(({ message }) => message);
const errorsOf = (report: Report): string[] => report.errors.map(({ message }) => message);

const WIDGETS = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              properties: { size: { type: integer }, color: { type: string, enum: [red, green] } }
`;
const widget = (spec: string, version = 'v1'): string =>
  `apiVersion: example.com/${version}\nkind: Widget\nmetadata: { name: w }\nspec: ${spec}\n`;

describe('definitions of custom resources', () => {
  it('check the resources of their kind in the same input', async () => {
    write('m.yaml', `${WIDGETS}---\n${widget('{ size: 1, colour: red }')}`);
    policy();
    const report = await judge();
    expect(messagesOf(report)).toEqual(['spec.colour is not a known field (did you mean color?).']);
    expect(errorsOf(report)).toEqual([]);
  });

  it('are read from crds/ of a chart, and of its subcharts', async () => {
    const chart = 'apiVersion: v2\nname: c\nversion: 1.0.0\n';
    write('c/Chart.yaml', chart);
    write('c/charts/sub/Chart.yaml', chart.replace('name: c', 'name: sub'));
    write('c/charts/sub/crds/widgets.yaml', WIDGETS);
    write('c/templates/widget.yaml', widget('{ size: {{ .Values.size }} }'));
    write('c/values.yaml', 'size: big\n');
    const report = await judge(['c']);
    expect(messagesOf(report)).toEqual(['spec.size is a string; expected an integer.']);
    expect(report.findings[0]?.location.file).toBe('c/templates/widget.yaml');
  });

  it('refuse a version that is not served', async () => {
    write('m.yaml', `${WIDGETS}---\n${widget('{ size: 1 }', 'v2')}`);
    policy();
    const report = await judge();
    expect(messagesOf(report)).toEqual(['apiVersion names a version that is not defined for Widget.']);
    expect(report.findings[0]?.help).toBe('Use v1.');
  });

  it('say nothing of resources that the input has no schema for', async () => {
    write('m.yaml', widget('{ size: one }'));
    policy();
    expect(messagesOf(await judge())).toEqual([]);
  });
});

describe('schemas of a policy', () => {
  it.each([
    ['a file', 'schemas: [crds/widgets.yaml]'],
    ['a folder', 'schemas: [crds]'],
    ['a glob', 'schemas: ["crds/**/*.yaml"]'],
  ])('are read from %s', async (_, line) => {
    write('crds/widgets.yaml', WIDGETS);
    write('crds/values.yaml', 'unrelated: {{ true }}\n');
    write('m.yaml', widget('{ color: blue }'));
    policy(line);
    const report = await judge();
    expect(errorsOf(report)).toEqual([]);
    expect(messagesOf(report)).toEqual(['spec.size is missing.', 'spec.color is not one of red, green.']);
  });

  it('are relative to the policy file that names them', async () => {
    write('team/crds/widgets.yaml', WIDGETS);
    write('team/policy.yaml', 'version: 1\nextends: [recommended]\nschemas: [crds]\n');
    write('chartlint.yaml', 'version: 1\nextends: [team/policy.yaml]\n');
    write('m.yaml', widget('{ size: one }'));
    expect(messagesOf(await judge())).toEqual(['spec.size is a string; expected an integer.']);
  });

  const CATALOGUED = JSON.stringify({
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        additionalProperties: false,
        required: ['size'],
        properties: {
          size: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
          free: { type: 'object', properties: { a: { type: 'string' } } },
        },
      },
    },
  });

  it.each([
    'example.com/widget_v1.json',
    'example.com/widget-v1.json',
    'widget-example.com-v1.json',
    'widget-example-v1.json',
    'widget_v1.json',
  ])('are JSON Schemas in a catalogue: %s', async (file) => {
    write(`catalogue/${file}`, CATALOGUED);
    write('catalogue/other.io/widget_v1.json', '{ "type": "string" }');
    write('m.yaml', widget('{ size: [], more: 1, free: { b: 2 } }\nspc: {}'));
    policy('schemas: [catalogue]');
    const report = await judge();
    expect(errorsOf(report)).toEqual([]);
    expect(messagesOf(report)).toEqual([
      'spec.size is a list; expected a string or integer.',
      'spec.more is not a known field.',
      'spc is not a known field.',
    ]);
  });

  it('take nothing from a file of another group', async () => {
    write('catalogue/other.io/widget_v1.json', '{ "type": "string" }');
    write('m.yaml', widget('{}'));
    policy('schemas: [catalogue]');
    expect(messagesOf(await judge())).toEqual([]);
  });

  it.each([
    [
      'schemas: [nowhere.yaml]',
      'schemas: nowhere.yaml matches no file. Correct the path; it is relative to the policy file.',
    ],
    ['schemas: ["*.crd"]', 'schemas: *.crd matches no file. Correct the path; it is relative to the policy file.'],
    [
      'schemas: ["https://example.com/crd.yaml"]',
      'schemas: Schemas are never downloaded. Download the file, and write its path.',
    ],
    [
      'schemas: [m.yaml]',
      'schemas: There is no CustomResourceDefinition in m.yaml. Correct the path, or name a JSON Schema after its kind, as in cert-manager.io/certificate_v1.json.',
    ],
  ])('are errors when there are none: %s', async (line, message) => {
    write('m.yaml', widget('{}'));
    policy(line);
    const report = await judge();
    expect(errorsOf(report)).toEqual([message]);
    expect(report.errors[0]?.location).toMatchObject({ file: 'chartlint.yaml', line: 3 });
  });

  it('are errors when they do not parse, at their place', async () => {
    write('crds/broken.yaml', 'kind: CustomResourceDefinition\n  a: b\n');
    write('m.yaml', widget('{}'));
    policy('schemas: [crds]');
    const report = await judge();
    expect(report.errors).toHaveLength(1);
    expect(report.errors[0]?.location?.file).toBe('crds/broken.yaml');
  });
});

describe('unknownKinds', () => {
  it('refuses a resource of which there is no schema', async () => {
    write(
      'm.yaml',
      `${widget('{}')}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: closed }\nspec: { podSelector: {} }\n`,
    );
    policy('unknownKinds: error');
    const report = await judge();
    expect(messagesOf(report)).toEqual([
      'kind has no schema: whether the API server accepts a Widget of example.com/v1 is not known.',
    ]);
  });

  it('is an error when it is neither allow nor error', async () => {
    write('m.yaml', widget('{}'));
    policy('unknownKinds: warn');
    expect((await judge()).errors[0]?.message).toContain('unknownKinds');
  });
});
