import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactLine, redactText } from '../../src/kube/redact.ts';
import { detectSecretValue } from '../../src/kube/secret-value.ts';

const mixed = (length: number): string => 'a1B2c3D4'.repeat(40).slice(0, length);
const token = 'ghp_' + mixed(36);
const key = `-----BEGIN PRIVATE KEY-----\n${mixed(64)}\n${mixed(40)}==\n-----END PRIVATE KEY-----`;

describe('redactText', () => {
  test.each([
    ['', ''],
    ['Nothing here.', 'Nothing here.'],
    ['postgres://user:pw@host/db', 'postgres://user:••••••@host/db'],
    ['a redis://:one@h, b redis://:two@h', 'a redis://:••••••@h, b redis://:••••••@h'],
    [`expected ${token}, found ${token}.`, 'expected ••••••, found ••••••.'],
    [`x ${key} y`, 'x •••••• y'],
    ['postgres://user:$(DB_PASSWORD)@host/db', 'postgres://user:$(DB_PASSWORD)@host/db'],
    ['password: hunter2', 'password: hunter2'],
  ])('%j is shown as %j', (text, shown) => {
    expect(redactText(text)).toBe(shown);
  });

  const piece = fc.constantFrom(
    ...[
      'http://',
      '://',
      'a',
      ':',
      '@',
      'u:hunter2@h',
      token,
      key,
      'ghp_',
      'AKIA',
      'A2B3C4D5',
      'eyJ',
      'eyJhbGciOiJIUzI1NiJ9',
      '.',
    ],
    ...[
      mixed(40),
      ';',
      'Server=db',
      'Password=',
      'password=hunter2',
      '&',
      '?',
      ' ',
      '\n',
      '\\n',
      '-----BEGIN ',
      'PRIVATE KEY-----',
      '••••••',
    ],
    ...[
      'Basic ',
      'YWRtaW46aHVudGVyMg==',
      '"auth":"',
      '$(',
      ')',
      '{{',
      '}}',
      '#',
      ',',
      '"',
      "'",
      '@tcp(',
      'x',
      '1',
      '8Q~',
      ':AA',
      '-----END ',
    ],
  );

  test('leaves no secret that it knows', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (value) => {
        const shown = redactText(value);
        expect(detectSecretValue(shown)).toBeUndefined();
        expect(redactText(shown)).toBe(shown);
        expect(detectSecretValue(redactLine(value))).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  test('changes nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(redactText(value) === value).toBe(detectSecretValue(value) === undefined);
      }),
    );
  });

  test('reads a long text once', () => {
    const text = `postgres://user:hunter2@host/db ${token} x\n`.repeat(20_000);
    expect(redactText(text)).toBe('postgres://user:••••••@host/db •••••• x\n'.repeat(20_000));
  });
});

describe('redactLine', () => {
  test.each([
    ['DB_PASSWORD: hunter2', 'DB_PASSWORD: ••••••'],
    ['  DB_PASSWORD: hunter2 # comment', '  DB_PASSWORD: ••••••'],
    ['  - DB_PASSWORD: hunter2', '  - DB_PASSWORD: ••••••'],
    ['DB_PASSWORD:hunter2', 'DB_PASSWORD:••••••'],
    ['DB_PASSWORD hunter2', 'DB_PASSWORD ••••••'],
    ['  - DB_PASSWORD : hunter2', '  - DB_PASSWORD : ••••••'],
    ['password: "hunter2"', 'password: "••••••"'],
    ['password: "hunter2', 'password: ••••••'],
    ["password: 'hunter''2' # x", "password: '••••••' # x"],
    ["password: 'it's' x", 'password: ••••••'],
    ['password: &a hunter2', 'password: ••••••'],
    ['password: !!str hunter2', 'password: ••••••'],
    ['passwords: [one, two]', 'passwords: ••••••'],
    ['pass: hunter2', 'pass: ••••••'],
    ['secret: hunter2', 'secret: ••••••'],
  ])('masks the value of a key: %j', (line, shown) => {
    expect(redactLine(line)).toBe(shown);
  });

  test.each([
    ['  "password": "hunter2",', '  "password": "••••••",'],
    ['{"user": "u", "password": "hunt\\"er2", "host": "h"}', '{"user": "u", "password": "••••••", "host": "h"}'],
    ['{user: u, password: hunter2, host: h}', '{user: u, password: ••••••, host: h}'],
    ['{user: u, password: hunter2}', '{user: u, password: ••••••}'],
    ['{password: hun,ter2, user: u}', '{password: ••••••'],
    ['{password: hunter2', '{password: ••••••'],
    [
      'config: "{\\"password\\":\\"hunter2\\",\\"user\\":\\"u\\"}"',
      'config: "{\\"password\\":\\"••••••\\",\\"user\\":\\"u\\"}"',
    ],
    ['{password: {{ .Values.password }}, user: u}', '{password: {{ .Values.password }}, user: u}'],
  ])('masks the value of a key in flow style: %j', (line, shown) => {
    expect(redactLine(line)).toBe(shown);
  });

  test.each([
    ['- {name: DB_PASSWORD, value: hunter2}', '- {name: DB_PASSWORD, value: ••••••}'],
    ['- {"name": "DB_PASSWORD", "value": "hunter2"}', '- {"name": "DB_PASSWORD", "value": "••••••"}'],
    ['- {name: DB_HOST, value: db}', '- {name: DB_HOST, value: db}'],
    ['[{name: API_KEY, value: a}, {name: HOST, value: b}]', '[{name: API_KEY, value: ••••••}, {name: HOST, value: b}]'],
  ])('masks the value beside a name: %j', (line, shown) => {
    expect(redactLine(line)).toBe(shown);
  });

  test.each([
    ['  - DB_PASSWORD=hunter2', '  - DB_PASSWORD=••••••'],
    ['  - DB_PASSWORD=hun ter2', '  - DB_PASSWORD=••••••'],
    ['  - --password=hunter2 --port=80', '  - --password=•••••• --port=80'],
    ['  - --password hunter2 --port 80', '  - --password •••••• --port 80'],
    ['args: ["--password", "hunter2", "--port", "80"]', 'args: ["--password", "••••••", "--port", "80"]'],
    ['command: "PGPASSWORD=hunter2 psql"', 'command: "PGPASSWORD=••••••'],
    ['env: DB_PASSWORD=hunter2,DB_HOST=db', 'env: DB_PASSWORD=••••••,DB_HOST=db'],
    ['password = hunter2', 'password = ••••••'],
  ])('masks an assignment and an argument: %j', (line, shown) => {
    expect(redactLine(line)).toBe(shown);
  });

  test.each([
    ['url: postgres://user:pw@host/db', 'url: postgres://user:••••••@host/db'],
    [`anything: ${token}`, 'anything: ••••••'],
    [`  ${mixed(64)}`, '  ••••••'],
    [`  ${mixed(44)}==`, '  ••••••'],
  ])('masks a value that gives itself away: %j', (line, shown) => {
    expect(redactLine(line)).toBe(shown);
  });

  test.each([
    ...[
      '',
      '   ',
      'replicas: 3',
      'name: DB_PASSWORD',
      '- name: DB_PASSWORD',
      'existingSecret: db',
      'key: password',
      'secretName: tls',
    ],
    ...[
      'password:',
      'password: ""',
      'password: |',
      'password: >-',
      'password: &a |',
      'password: true',
      'password: null',
    ],
    ...[
      'password: $(DB_PASSWORD)',
      'password: "${DB_PASSWORD}"',
      'password: {{ .Values.password }}',
      'password: <password>',
    ],
    ...[
      'image: registry:5000/app@sha256:0a1b2c',
      'TOKEN_TTL: 3600',
      'secretKeyRef: {name: db, key: password}',
      'say: the password is set',
    ],
  ])('leaves %j', (line) => {
    expect(redactLine(line)).toBe(line);
  });

  test('masks what a template quotes', () => {
    expect(redactLine('password: {{ .Values.pw | default "hunter2" }}')).toBe('password: ••••••');
  });

  test('never shows the value of a secret key', () => {
    const secret = fc.stringMatching(/^[\w!#$%()*+./:<>?@^`~-]{1,20}[0-9]{6}$/);
    const line = fc.constantFrom(
      ...([
        (value) => `DB_PASSWORD: ${value}`,
        (value) => `  - api-key: ${value}`,
        (value) => `{a: b, token: ${value}}`,
      ] satisfies Build[]),
      ...([
        (value) => `"password": "${value}"`,
        (value) => `- DB_PASSWORD=${value}`,
        (value) => `--token ${value} --x`,
      ] satisfies Build[]),
      ...([(value) => `{name: API_KEY, value: '${value}', x: y}`, (value) => `DB_PASSWORD ${value}`] satisfies Build[]),
    );
    fc.assert(
      fc.property(secret, line, (value, build) => {
        expect(redactLine(build(value))).not.toContain(value.slice(-6));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    'a',
    'a ',
    ' ',
    '"a":',
    'a=',
    'name: ',
    '--a ',
    'password: ',
    'password: "',
    "password: ''",
    '{',
    '- ',
    '\\"',
    '{{',
    'a.',
    '{password: a,',
  ])('reads a long line once, however often %j is repeated', (piece) => {
    expect(redactLine(`${piece.repeat(1_000_000 / piece.length)} DB_PASSWORD: hunter2`)).not.toContain('hunter2');
  });
});

type Build = (value: string) => string;
