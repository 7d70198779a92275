import { expect, it } from 'vitest';
import { arrangeManifests } from '../../../src/helm/manifest/arrange.ts';
import { ManifestError } from '../../../src/helm/manifest/manifest-error.ts';
import { selectDocuments } from '../../../src/helm/manifest/show-only.ts';

const EVERYTHING = { noHooks: false, skipTests: false };

function arrange(files: Record<string, string>, options = EVERYTHING): string[] {
  const rendered = Object.entries(files).map(([path, text]) => ({ path, text }));
  return arrangeManifests(rendered, options).manifests.map(({ path, start, end, isHook }) => {
    return `${isHook ? 'hook ' : ''}${path} ${(files[path] ?? '').slice(start, end).replaceAll('\n', ' ')}`;
  });
}

const hook = (events: string): string => `kind: Job\nmetadata: {annotations: {helm.sh/hook: "${events}"}}\n`;

it('orders documents by kind, then file, then place; unknown kinds come last by name', () => {
  const files = {
    'c/b.yaml': 'kind: Zebra\n---\nkind: Deployment\n---\nkind: Apple\n---\nn: 1\n',
    'c/a.yaml': 'kind: Service\n---\nkind: Deployment\nn: 2\n---\nkind: Namespace\n',
  };
  expect(arrange(files)).toEqual([
    'c/a.yaml kind: Namespace',
    'c/a.yaml kind: Service',
    'c/a.yaml kind: Deployment n: 2',
    'c/b.yaml kind: Deployment',
    'c/b.yaml n: 1',
    'c/b.yaml kind: Apple',
    'c/b.yaml kind: Zebra',
  ]);
});

it('leaves out notes, partials and white space', () => {
  const files = {
    'c/NOTES.txt': 'x',
    'c/fooNOTES.txt': 'x',
    'c/_a.yaml': 'a: 1',
    'c/e.yaml': ' \n',
    'c/x.txt': 'a: 1',
  };
  expect(arrange(files)).toEqual(['c/x.txt a: 1']);
});

it.each([
  ['pre-install', EVERYTHING, 1],
  [' Post-Install , pre-upgrade', EVERYTHING, 1],
  ['test-success', EVERYTHING, 1],
  ['pre-install', { noHooks: true, skipTests: false }, 0],
  ['test', { noHooks: false, skipTests: true }, 0],
  ['test-success,pre-install', { noHooks: false, skipTests: true }, 0],
  ['crd-install', EVERYTHING, 0],
  ['', EVERYTHING, 0],
  ['pre-install,', EVERYTHING, 0],
])('prints hooks for %j with %j: %i', (events, options, count) => {
  expect(arrange({ 'c/h.yaml': hook(events), 'c/z.yaml': 'kind: Service' }, options)).toHaveLength(count + 1);
});

it('says which hooks it drops, and puts hooks last', () => {
  const files = [
    { path: 'c/a.yaml', text: hook('pre-install') },
    { path: 'c/b.yaml', text: 'kind: Zebra' },
    { path: 'c/c.yaml', text: hook('nope') },
  ];
  const { manifests, warnings } = arrangeManifests(files, EVERYTHING);
  expect(manifests.map(({ path }) => path)).toEqual(['c/b.yaml', 'c/a.yaml']);
  expect(warnings).toEqual(['skipping unknown hooks hookTypes=nope']);
});

const JSON_ERROR = 'YAML parse error on c/a.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal';

it.each([
  ['abc', `${JSON_ERROR} string into Go value of type util.SimpleHead`],
  ['- a', `${JSON_ERROR} array into Go value of type util.SimpleHead`],
  ['1', `${JSON_ERROR} number into Go value of type util.SimpleHead`],
  ['kind: {b: 1}', `${JSON_ERROR} object into Go struct field SimpleHead.kind of type string`],
  ['metadata: {name: {b: 1}}', `${JSON_ERROR} object into Go struct field .metadata.name of type string`],
  [
    'metadata: {annotations: [1]}',
    `${JSON_ERROR} array into Go struct field .metadata.annotations of type map[string]string`,
  ],
  [
    'metadata: {annotations: {a: {b: 1}}}',
    `${JSON_ERROR} object into Go struct field .metadata.annotations of type string`,
  ],
  [
    'metadata: a',
    `${JSON_ERROR} string into Go struct field SimpleHead.metadata of type struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }`,
  ],
  [
    'a: b: c',
    'YAML parse error on c/a.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context',
  ],
  ['a: .inf', 'YAML parse error on c/a.yaml: error converting YAML to JSON: json: unsupported value: +Inf'],
])('refuses the document %j', (text, message) => {
  const whole = `kind: Service\n---\n${text}\n`;
  const error = failureOf(() => arrangeManifests([{ path: 'c/a.yaml', text: whole }], EVERYTHING));
  expect(error.message).toBe(message);
  expect(error.document?.start).toBeGreaterThanOrEqual(whole.indexOf(text));
  expect(error.document?.end).toBeLessThanOrEqual(whole.length);
});

function failureOf(run: () => void): ManifestError {
  try {
    run();
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

const OUTPUT = '---\n# Source: c/templates/a.yaml\na: 1\n---\n# Source: c/charts/s/templates/b.yaml\nb: 1\n';

it.each([
  [['templates/a.yaml'], ['# Source: c/templates/a.yaml\na: 1']],
  [['charts/*/templates/*'], ['# Source: c/charts/s/templates/b.yaml\nb: 1']],
  [
    ['templates/?.yaml', 'charts/s/templates/b.yaml'],
    ['# Source: c/templates/a.yaml\na: 1', '# Source: c/charts/s/templates/b.yaml\nb: 1'],
  ],
])('shows only %j', (patterns, documents) => {
  expect(selectDocuments(OUTPUT, patterns).map(({ start, end }) => OUTPUT.slice(start, end))).toEqual(documents);
});

it('refuses to show what is not there', () => {
  expect(() => selectDocuments(OUTPUT, ['templates/*', 'x'])).toThrow('could not find template x in chart');
});
