import { describe, expect, it } from 'vitest';
import { safeFrame } from '../../../src/report/redact/safe-frame.ts';
import { lint, resultOf } from '../sample.ts';

/** All lines of a text as a frame shows them, without the gutter. */
function shown(text: string): string {
  const source = lint('file.yaml', text);
  const result = resultOf({ sources: [source] });
  const lines = new Set<string>();
  for (let line = 1; line <= source.source.lineCount; line++) {
    const place = { file: 'file.yaml', line, column: 1, endLine: line, endColumn: 2 };
    for (const row of safeFrame(result, place, { context: 0, width: 2000 })) {
      if (row.startsWith(' >')) lines.add(`${String(line).padStart(3)} ${row.replace(/^ > +\d+ │ ?/, '')}`);
    }
  }
  return [...lines].map((line) => line.slice(4)).join('\n');
}

describe('what frames show of YAML', () => {
  it.each([
    ['a secret key', 'data:\n  DB_PASSWORD: hunter2\n', 'data:\n  DB_PASSWORD: ••••••'],
    ['a quoted value', 'DB_PASSWORD: "hunter2" # x\n', 'DB_PASSWORD: "••••••" # x'],
    ['a number', 'DB_PASSWORD: 123456\n', 'DB_PASSWORD: ••••••'],
    ['a block', 'DB_PASSWORD: |-\n  hunter2\n\n  hunter3\nA: b\n', 'DB_PASSWORD: |-\n  ••••••\n\n  ••••••\nA: b'],
    ['a plain value over lines', 'DB_PASSWORD: hunter2\n  hunter3\n', 'DB_PASSWORD: ••••••\n  ••••••'],
    ['a quoted value over lines', 'DB_PASSWORD: "hunter2\n  hunter3"\n', 'DB_PASSWORD: "••••••\n  ••••••"'],
    ['a list', 'PASSWORDS:\n  - hunter2\n  - hunter3\n', 'PASSWORDS:\n  - ••••••\n  - ••••••'],
    ['a mapping', 'credentials:\n  user: hunter2\n', 'credentials:\n  user: ••••••'],
    ['an alias', 'x: &p hunter2\nDB_PASSWORD: *p\n', 'x: &p ••••••\nDB_PASSWORD: *p'],
    ['a tag', 'DB_PASSWORD: !!str hunter2\n', 'DB_PASSWORD: !!str ••••••'],
    [
      'a variable',
      'env:\n  - name: DB_PASSWORD\n    value: hunter2\n  - name: A\n    value: b\n',
      'env:\n  - name: DB_PASSWORD\n    value: ••••••\n  - name: A\n    value: b',
    ],
    ['a variable, value first', '- value: hunter2\n  name: DB_PASSWORD\n', '- value: ••••••\n  name: DB_PASSWORD'],
    [
      'variables in flow style',
      'env: [{name: A, value: b}, {name: DB_PASSWORD, value: "hunter2"}, {name: C, value: d}]\n',
      'env: [{name: A, value: b}, {name: DB_PASSWORD, value: "••••••"}, {name: C, value: d}]',
    ],
    [
      'JSON',
      '{"env": [{"name": "DB_PASSWORD", "value": "hunter2"}], "API_TOKEN": "hunter3"}\n',
      '{"env": [{"name": "DB_PASSWORD", "value": "••••••"}], "API_TOKEN": "••••••"}',
    ],
    [
      'arguments',
      'args: ["--db-password", "hunter2", "--level=info"]\n',
      'args: ["--db-password", "••••••", "--level=info"]',
    ],
    ['an argument', 'args:\n  - --db-password=hunter2\n', 'args:\n  - --db-password=••••••'],
    ['a URL', 'A: postgres://user:hunter2x@db/app # x\n', 'A: postgres://user:••••••@db/app # x'],
    [
      'a file in a value',
      'data:\n  a.env: |\n    A=b\n    DB_PASSWORD=hunter2\n    C=d\n',
      'data:\n  a.env: |\n    A=b\n    DB_PASSWORD=••••••\n    C=d',
    ],
    ['an escaped file in a value', 'a: "x\\nDB_PASSWORD=hunter2\\n"\n', 'a: "••••••"'],
    ['a comment', '# DB_PASSWORD: hunter2\na: b\n', '# DB_PASSWORD: ••••••\na: b'],
    ['a block in a comment', 'a: b\n# DB_PASSWORD: |\n#   hunter2\nc: d\n', 'a: b\n# DB_PASSWORD: |\n#   ••••••\nc: d'],
    [
      'what looks like a comment or the end of a mapping',
      'a: |\n  TOKEN=#hunter2\n  TOKEN=}hunter2\n',
      'a: |\n  TOKEN=••••••\n  TOKEN=••••••',
    ],
    [
      'a block with carriage returns',
      'DB_PASSWORD: |\r\n  hunter2\r\n  hunter3\r\n',
      'DB_PASSWORD: |\n  ••••••\n  ••••••',
    ],
    ['a comment behind a block indicator', 'a: | # DB_PASSWORD=hunter2\n  b\n', 'a: | # DB_PASSWORD=••••••\n  b'],
  ])('masks %s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ['a reference to a variable', 'DB_PASSWORD: $(OTHER_PASSWORD)'],
    ['a switch', 'DB_PASSWORD: true'],
    ['nothing', 'DB_PASSWORD: ""'],
    ['the name of a Secret', 'DB_PASSWORD:\n  secretKeyRef:\n    name: obs-db-secret\n    key: DB_PASSWORD'],
    ['a reference', 'env:\n  - name: DB_PASSWORD\n    valueFrom: { secretKeyRef: { name: db, key: password } }'],
    ['a volume', 'secret:\n  secretName: tls\nimagePullSecrets:\n  - name: ghcr-secret'],
    ['a harmless setting', 'KIS_TOKEN_CACHE_DIR: /var/cache # why not'],
  ])('shows %s', (_, text) => {
    expect(shown(text)).toBe(text);
  });

  it('masks all that a Secret holds, and its comments', () => {
    const text = `# Source: app/templates/secret.yaml
apiVersion: v1
kind: Secret
metadata:
  name: app
  annotations: { note: x }
# was swordfish
data:
  user: YWRtaW4= # admin
  config: >-
    aHVudGVyMg==
    aHVudGVyMw==
stringData: { a: hunter2, "b": 12 }
type: Opaque
`;
    expect(shown(text)).toBe(`# Source: app/templates/secret.yaml
apiVersion: v1
kind: Secret
metadata:
  name: app
  annotations: { note: x }
••••••
data:
  user: •••••• ••••••
  config: >-
    ••••••
    ••••••
stringData: { a: ••••••, "b": •••••• }
type: Opaque`);
  });

  it.each([
    ['a list', 'kind: List\nitems:\n  - kind: Secret\n    data: { a: hunter2 }\n'],
    ['a typed list', 'kind: SecretList\nitems:\n  - data: { a: hunter2 }\n'],
    ['a SealedSecret', 'kind: SealedSecret\nspec:\n  encryptedData: { a: hunter2 }\n'],
    ['the template of a SealedSecret', 'kind: SealedSecret\nspec:\n  template:\n    data: { a: hunter2 }\n'],
    ['the template of an ExternalSecret', 'kind: ExternalSecret\nspec: {target: {template: {data: {a: hunter2}}}}\n'],
    ['stringData of anything', 'stringData: { a: hunter2 }\n'],
    ['a merged mapping', 'kind: Secret\nx: &base { a: hunter2 }\ndata:\n  <<: *base\n'],
    ['an aliased mapping', 'x: &base { a: hunter2 }\nkind: Secret\ndata: *base\n'],
    ['an annotation', `metadata:\n  annotations:\n    last: |\n      {"kind":"Secret","data":{"a":"hunter2"}}\n`],
    ['a quoted annotation', `a: '{"kind":"Secret","data":{"a":"hunter2"}}'\n`],
    ['an annotation of a workload', `a: '{"env":[{"name":"DB_PASSWORD","value":"hunter2"}]}'\n`],
    ['an escaped annotation', String.raw`a: "{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2\"}]}"` + '\n'],
    ['a folded annotation', `a: >-\n  {"x":1,"password":\n  "hunter2"}\n`],
    [
      'a manifest in a ConfigMap',
      'kind: ConfigMap\ndata:\n  s.yaml: |\n    kind: Secret\n    data:\n      a: hunter2\n',
    ],
    ['a private key', 'a: |\n  -----BEGIN PRIVATE KEY-----\n  hunter2\n  -----END PRIVATE KEY-----\n'],
    ['the second of two documents', 'kind: Service\n---\nkind: Secret\ndata:\n  a: hunter2\n'],
  ])('hides the value in %s', (_, text) => {
    expect(shown(text)).not.toContain('hunter2');
  });
});

describe('what frames show of text that does not parse', () => {
  it('masks secrets and shows the rest', () => {
    const text = `a: [1, 2
env:
  - name: LOG_LEVEL
    value: info
  - name: LOG_FORMAT
    value: json
  - name: DB_PASSWORD
    value: hunter2
API_TOKEN: >-
  hunter2
  hunter2
PASSWORDS:
- hunter2
SECRET: "hunter2
hunter2"
b: c
`;
    expect(shown(text)).toBe(`a: [1, 2
env:
  - name: LOG_LEVEL
    value: info
  - name: LOG_FORMAT
    value: ••••••
  - name: DB_PASSWORD
    value: ••••••
API_TOKEN: >-
  ••••••
  ••••••
PASSWORDS:
- ••••••
SECRET: ••••••
••••••
b: c`);
  });

  it('masks everything behind the keys of a Secret', () => {
    const text = 'apiVersion: v1\nkind: Secret\nmetadata:\n\tname: x\ndata:\n  a: hunter2\n  b: |\n    hunter2\n';
    expect(shown(text)).toBe(
      'apiVersion: v1\nkind: Secret\nmetadata:\n    name: ••••••\ndata:\n  a: ••••••\n  b: |\n    ••••••',
    );
  });

  it.each([
    ['flow style', '{kind: Secret, data: {a: hunter2}\n'],
    ['JSON', '{\n"kind": "Secret",\n"data": {\n"a": "hunter2",\n}\n'],
    ['a flow mapping over lines', 'a: [\n{name: DB_PASSWORD,\n value: hunter2}\n'],
    ['an argument', 'a: [\nargs: ["--password", "hunter2"]\n'],
    ['arguments on lines', 'a: [\nargs:\n- --password\n- hunter2\n'],
    ['a command', 'a: [\nrun: mysql --password hunter2\n'],
    ['a key without a space', 'a: [\nDB_PASSWORD=hunter2\n'],
    ['a private key', 'a: [\nkey: |\n  -----BEGIN RSA PRIVATE KEY-----\n  hunter2\n'],
    ['a comment', 'a: [\n# DB_PASSWORD: hunter2\n'],
  ])('hides the value in %s', (_, text) => {
    expect(shown(text)).not.toContain('hunter2');
  });

  it('shows the expressions of templates, but not what they quote', () => {
    const text = `data:
{{- range .Values.list }}
  DB_PASSWORD: {{ .Values.password | b64enc }}
  API_TOKEN: {{ .Values.token | default "hunter2" }}
{{- end }}
`;
    expect(shown(text)).toBe(`data:
{{- range .Values.list }}
  DB_PASSWORD: {{ .Values.password | b64enc }}
  API_TOKEN: ••••••
{{- end }}`);
  });
});

describe('what frames show of the texts that a template takes in place of a secret', () => {
  it.each([
    ['- {{ .Values.dbPassword | default "hunter2" | quote }}', '- {{ .Values.dbPassword | default ••••••'],
    ['- u:{{ default `hunter2` .Values.db.password }}@h', '- u:{{ default ••••••'],
    [
      'value: {{ coalesce .Values.dbPassword .Values.password "hunter2" }}',
      'value: {{ coalesce .Values.dbPassword .Values.password ••••••',
    ],
    [`- '{{ or .Values.password "hunter2" }}'`, `- '{{ or .Values.password ••••••'`],
    ['- {{ .Values.user | default "admin" }}', '- {{ .Values.user | default "admin" }}'],
    ['- {{ required "A password." .Values.password }}', '- {{ required "A password." .Values.password }}'],
    ['- {{ .Values.password.length | default "12" }}', '- {{ .Values.password.length | default "12" }}'],
  ])('%s', (line, expected) => {
    expect(shown(line)).toBe(expected);
  });
});

describe('safeFrame', () => {
  it('has no lines of a source that is not known', () => {
    expect(safeFrame(resultOf(), { file: 'x', line: 1, column: 1, endLine: 1, endColumn: 2 })).toEqual([]);
  });

  it('does not show lines of another document', () => {
    const source = lint('a.yaml', 'a: 1\n---\nb: 2\n---\nc: 3\n');
    const place = { file: 'a.yaml', line: 3, column: 1, endLine: 3, endColumn: 2 };
    expect(safeFrame(resultOf({ sources: [source] }), place)).toEqual(['   2 │ ---', ' > 3 │ b: 2', '     │ ^']);
  });

  it('masks documents that nothing was found in', () => {
    const { source } = lint('a.yaml', 'a: 1\n---\nkind: Secret\ndata: {a: hunter2}\n');
    const result = resultOf({ sources: [{ source, documents: [], secretKeys: [] }] });
    const place = { file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
    expect(safeFrame(result, place, { context: 9 }).at(-1)).toBe('   4 │ data: {a: ••••••}');
  });
});
