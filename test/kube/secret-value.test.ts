import { describe, expect, test } from 'vitest';
import { detectSecretValue, isPlaceholder, type SecretKind } from '../../src/kube/secret-value.ts';

// Tokens are put together here, so that nothing in this file is one.
const mixed = (length: number): string => 'a1B2c3D4'.repeat(40).slice(0, length);
const capitals = (length: number): string => 'A2B3C4D5'.repeat(10).slice(0, length);
const hex = (length: number): string => '0a1b2c9d'.repeat(40).slice(0, length);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (header: object, signature = mixed(43)): string =>
  `${base64url(header)}.${base64url({ sub: 'x' })}.${signature}`;
const pem = (label: string, body = `${mixed(64)}\n${mixed(40)}==`): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`;

const TOKENS: readonly (readonly [kind: SecretKind, token: string])[] = [
  ['aws-key', 'AKIA' + capitals(16)],
  ['aws-key', 'ASIA' + capitals(16)],
  ['google-key', 'AIza' + mixed(35)],
  ['google-key', 'GOCSPX-' + mixed(28)],
  ['google-key', 'ya29.' + mixed(60)],
  ['azure-key', 'abc8Q~' + mixed(34)],
  ...['p', 'o', 'u', 's', 'r'].map((of) => ['github-token', 'gh' + of + '_' + mixed(36)] as const),
  ['github-token', 'github_pat_' + mixed(22) + '_' + mixed(59)],
  ['gitlab-token', 'glpat-' + mixed(20)],
  ['gitlab-token', 'glpat-' + mixed(27) + '.01.' + hex(9)],
  ['gitlab-token', 'glrt-' + mixed(20)],
  ['slack-token', 'xoxb-123456789012-210987654321-' + mixed(24)],
  ['slack-token', 'xapp-1-A0123-4567-' + hex(64)],
  ['stripe-key', 'sk_live_' + mixed(24)],
  ['stripe-key', 'rk_live_' + mixed(24)],
  ['stripe-key', 'whsec_' + mixed(32)],
  ['npm-token', 'npm_' + mixed(36)],
  ['pypi-token', 'pypi-AgE' + mixed(120)],
  ['openai-key', 'sk-proj-' + mixed(120)],
  ['openai-key', 'sk-' + mixed(20) + 'T3BlbkFJ' + mixed(20)],
  ['anthropic-key', 'sk-ant-api03-' + mixed(93)],
  ['vault-token', 'hvs.' + mixed(90)],
  ['bot-token', '123456789:AA' + mixed(33)],
  ['api-token', 'SG.' + mixed(22) + '.' + mixed(43)],
  ['api-token', 'hf_' + mixed(34)],
  ['api-token', 'SK' + hex(32)],
  ['api-token', 'dop_v1_' + hex(64)],
  ['api-token', 'dckr_pat_' + mixed(27)],
  ['api-token', 'glsa_' + mixed(32) + '_' + hex(8)],
  ['api-token', 'tskey-auth-' + mixed(12) + '-' + mixed(32)],
  ['api-token', 'shpat_' + hex(32)],
  ['api-token', 'dapi' + hex(32)],
  ['api-token', 'NRAK-' + capitals(27)],
  ['api-token', 'ATATT3x' + mixed(180) + '=A1B2C3D4'],
  ['private-key', 'AGE-SECRET-KEY-1' + capitals(58)],
  ['jwt', jwt({ alg: 'HS256', typ: 'JWT' })],
  ['jwt', jwt({ kid: '1', alg: 'EdDSA' }, mixed(86))],
];

/** The secret part stands between `⟦` and `⟧`. */
const PARTS: readonly (readonly [kind: SecretKind, marked: string])[] = [
  ['url-password', 'postgres://user:⟦pw⟧@host/db'],
  ['url-password', 'redis://:⟦hunter2⟧@redis:6379/0'],
  ['url-password', 'mongodb+srv://app:⟦hunter2⟧@cluster0.mongodb.net/?retryWrites=true'],
  ['url-password', 'mongodb://app:⟦hunter2⟧@h1:27017,h2:27017/db?replicaSet=rs'],
  ['url-password', 'amqp://guest:⟦guest⟧@rabbitmq:5672//'],
  ['url-password', 'dsn=postgres://u:⟦p⟧@h/db&x=1'],
  ['url-password', '["http://admin:⟦changeme⟧@proxy:3128"]'],
  ['url-password', 'http://user@example.com:⟦hunter2⟧@proxy'],
  ['url-password', 'postgres://u:⟦p@ss⟧@h/db'],
  ['url-password', 'postgres://${DB_USER}:⟦hunter2⟧@${DB_HOST}/db'],
  ['url-password', 'postgres://{{ .Values.user }}:⟦hunter2⟧@db'],
  ['url-password', '$(SCHEME)://app:⟦hunter2⟧@$(HOST)/db'],
  ['url-password', 'redis://:⟦hunter2⟧@[::1]:6379'],
  ['url-password', 'postgres://app:⟦hunter2⟧@/db?host=/run/postgresql'],
  ['url-password', 'http://a:80/x http://b:⟦hunter2⟧@c/'],
  ['url-password', '--dsn=postgres://user:⟦password⟧@host/db'],
  ['url-password', '# postgres://user:⟦hunter2⟧@host/db'],
  ['url-password', 'root:⟦hunter2⟧@tcp(mysql:3306)/app?parseTime=true'],
  ['url-password', 'DSN=root:⟦hunter2⟧@unix(/run/mysqld.sock)/app'],
  ['url-password', 'jdbc:oracle:thin:scott/⟦tiger⟧@//host:1521/x'],
  ['connection-string', 'jdbc:postgresql://host/db?user=x&password=⟦hunter2⟧&ssl=true'],
  ['connection-string', 'jdbc:mysql://host/db?password=⟦hunter2⟧'],
  ['connection-string', 'jdbc:sqlserver://host:1433;user=sa;password=⟦Hunter;2⟧'.replace(';2', '2')],
  ['connection-string', 'Server=db;Database=app;User Id=sa;Password=⟦Hunter2!⟧;'],
  ['connection-string', 'Data Source=db; Pwd = ⟦hunter2⟧; Pooling=true'],
  ['connection-string', 'host=db port=5432 user=app password=⟦hunter2⟧ dbname=app'],
  ['connection-string', "host=db user=app password='⟦hunter 2⟧' dbname=app"],
  ['connection-string', 'cache.redis.windows.net:6380,password=⟦hunter2⟧,ssl=True,abortConnect=False'],
  ['connection-string', 'x.PlainLoginModule required username="app" password="⟦hunter2⟧";'],
  ['connection-string', 'connect(host="db", user="app", password="⟦hunter2⟧")'],
  ['basic-auth', `Basic ⟦${base64('admin:hunter2')}⟧`],
  ['basic-auth', `{"auths":{"ghcr.io":{"auth":"⟦${base64('bot:hunter2')}⟧"}}}`],
  ['azure-key', `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=⟦${mixed(86)}==⟧;EndpointSuffix=y`],
  ['azure-key', `Endpoint=sb://x.servicebus.windows.net/;SharedAccessKey=⟦${mixed(43)}=⟧`],
  ['aws-key', `aws_secret_access_key = ⟦${mixed(38)}/+⟧`],
  ['aws-key', `{"SecretAccessKey": "⟦${mixed(40)}⟧"}`],
  ['webhook-url', `https://hooks.slack.com/⟦services/T0123ABCD/B0123ABCD/${mixed(24)}⟧`],
  ['webhook-url', `https://discord.com/api/⟦webhooks/123456789012345678/${mixed(68)}⟧`],
  ['npm-token', '//registry.example.com/:_authToken=⟦0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9⟧'],
  ['private-key', `[Interface]\nPrivateKey = ⟦${mixed(43)}=⟧\nAddress = 10.0.0.1`],
  ['private-key', `key: ⟦${base64(pem('RSA PRIVATE KEY'))}⟧`],
  ['google-key', `{"private_key": "⟦${pem('PRIVATE KEY').replaceAll('\n', '\\n')}⟧\\n"}`],
];

const PRIVATE_KEYS = [
  ...['RSA PRIVATE KEY', 'EC PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'],
  ...['DSA PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'],
];

const HARMLESS: readonly (readonly [meaning: string, ...values: string[]])[] = [
  ['nothing', '', ' ', '{}', 'true', '8080'],
  ['references', '$(DB_PASSWORD)', '${DB_PASSWORD}', '{{ .Values.password }}', 'vault:secret/data/db#password'],
  [
    'addresses whose password is a reference',
    'postgres://user:$(DB_PASSWORD)@host/db',
    'postgres://user:${DB_PASSWORD}@host/db',
    'postgres://user:${DB_PASSWORD:-changeme}@host/db',
    'postgres://user:$DB_PASSWORD@host/db',
    'postgres://user:{{ .password }}@host/db',
    'postgres://$(DB_USER):$(DB_PASSWORD)@$(DB_HOST):5432/$(DB_NAME)',
    'postgres://{{ .user }}:{{ .password | urlquery }}@host/db',
    'http://%s:%s@%s',
    'jdbc:postgresql://host/db?user=x&password=${PW}',
    'Server=db;Password=$(DB_PASSWORD);',
    'host=db user=app password=$PW',
    'root:$(PW)@tcp(mysql:3306)/app',
    `Basic ${base64('admin:$(PW)')}`,
  ],
  [
    'addresses whose password is a placeholder',
    'postgres://user:<password>@host/db',
    'postgres://user:PASSWORD@host/db',
    'postgres://user:DB_PASSWORD@host/db',
    'postgres://user:REDACTED@host/db',
    'postgres://user:your-password@host/db',
    'postgres://user:***@host/db',
    'postgres://user:xxxx@host/db',
    'postgres://user:{password}@host/db',
    'postgres://user:__PASSWORD__@host/db',
    'postgres://user:••••••@host/db',
    'Server=db;Password={0};',
    'x.PlainLoginModule required username="app" password="app-password-placeholder";',
  ],
  [
    'addresses without a password',
    'https://host:8080/path@v1',
    'https://host:8080',
    'http://user@host',
    'http://user:@host/',
    'git@github.com:org/repo.git',
    'ssh://git@github.com:22/org/repo',
    'someone@example.com',
    'http://a:9200,http://b:9200',
    'http://a:9200,admin@example.com',
    'docker-pullable://nginx:1.25@sha256:' + hex(64),
    'kafka:9092,kafka2:9092',
    'https://example.com/?time=10:30&to=a@b.c',
  ],
  [
    'patterns',
    '://([^:]+):([^@]+)@',
    '^(?<scheme>\\w+)://(?<user>.*):(?<pw>.*)@',
    'http://\\S+:\\S+@host',
    'x://.*:.*@y',
  ],
  [
    'documentation in comments',
    '# e.g. http://user:password@proxy:3128',
    'a: 1 # mysql://db_user:db_pass@db_host/x',
    '// amqp://u:token@h',
  ],
  [
    'prose',
    'Enter your password: it must have 8 characters.',
    'password=',
    'Basic authentication',
    'the secret_access_key: of AWS',
  ],
  [
    'programs',
    'connect(host=host, user=user, password=password)',
    "host = x\npassword = os.environ['PW']",
    'mysql --password=$PW',
  ],
  ['a password without a server', 'password=hunter2', 'a=1;password=hunter2'],
  ['paths', '/run/secrets/db', '/etc/ssl/private/tls.key', 'file:///etc/x'],
  [
    'public keys and certificates',
    pem('CERTIFICATE'),
    pem('PUBLIC KEY'),
    pem('RSA PUBLIC KEY'),
    pem('PGP PUBLIC KEY BLOCK'),
    base64(pem('CERTIFICATE')),
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI' + mixed(43) + ' me@host',
    'age1' + mixed(58).toLowerCase(),
  ],
  [
    'keys without a body',
    pem('PRIVATE KEY', ''),
    pem('PRIVATE KEY', '...'),
    pem('RSA PRIVATE KEY', 'x'.repeat(64)),
    '-----BEGIN RSA PRIVATE KEY-----',
    pem('PRIVATE KEY', 'MIIEvQ...'),
    pem('PRIVATE KEY', 'AAAAAAAA'),
    pem('PRIVATE KEY', 'REDACTED'),
    pem('PRIVATE KEY', '<key>'),
    pem('PRIVATE KEY', 'InsertYourPrivateKeyHere'),
    pem('PRIVATE KEY', '{{ .Values.key }}'),
    'Put it between -----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY-----',
    pem('CERTIFICATE', 'MIIB0g=='),
  ],
  [
    'digests and identifiers',
    hex(32),
    hex(40),
    hex(64),
    'sha256:' + hex(64),
    '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
    base64(mixed(90)),
    mixed(40),
  ],
  [
    "AWS's examples",
    'AKIA'.concat('IOSFODNN7EXAMPLE'),
    'aws_secret_access_key='.concat('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
  ],
  [
    'made-up tokens',
    `ghp_${'x'.repeat(36)}`,
    'ghp_'.concat('1234567890abcdefghijklmnopqrstuvwxyz'),
    'xoxb-your-token-goes-here-please',
    `https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`,
    `sk_live_${'0'.repeat(24)}`,
    `AKIA${'A'.repeat(16)}`,
    'hf_your_token',
    'sk-ant-...',
  ],
  [
    'what only begins like a token',
    'npm_config_registry=https://registry.npmjs.org',
    'task-proj-' + mixed(40),
    'half_' + mixed(34),
    'sk_test_' + mixed(24),
    'XAKIA' + capitals(16),
    'AKIA' + capitals(17),
    'AIza' + mixed(50),
    'AC' + hex(32),
    'GLSA_' + mixed(40),
  ],
  [
    'what only looks like a JSON Web Token',
    jwt({ alg: 'none' }),
    jwt({ typ: 'JWT' }),
    'eyJ' + mixed(20) + '.' + mixed(20) + '.' + mixed(20),
    base64url({ alg: 'HS256' }) + '.x',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.' +
      mixed(43),
  ],
];

describe('detectSecretValue', () => {
  test.each(TOKENS)('finds a token: %s, %#', (kind, token) => {
    for (const [before, after] of [
      ['', ''],
      ['x = "', '", y'],
      ['line\n', '\nline'],
      ['"a\\n', '\\n"'],
      ['Bearer ', ' '],
    ] as const) {
      const found = detectSecretValue(before + token + after);
      expect([found?.kind, found?.start, found?.end]).toEqual([kind, before.length, before.length + token.length]);
    }
  });

  test.each(PARTS)('finds %s in %s', (kind, marked) => {
    const start = marked.indexOf('⟦');
    const end = marked.indexOf('⟧') - 1;
    for (const before of ['', 'text: ', `${'a b '.repeat(1000)}\n`]) {
      const found = detectSecretValue(before + marked.replace(/[⟦⟧]/g, ''));
      expect([found?.kind, found?.start, found?.end]).toEqual([kind, before.length + start, before.length + end]);
    }
  });

  test.each(PRIVATE_KEYS)('finds a whole %s', (label) => {
    const key = pem(label);
    expect(detectSecretValue(`a\n${key}\nb`)).toMatchObject({ kind: 'private-key', start: 2, end: 2 + key.length });
    const indented = key.replaceAll('\n', '\n    ');
    expect(detectSecretValue(indented)).toMatchObject({ start: 0, end: indented.length });
    const escaped = key.replaceAll('\n', '\\n');
    expect(detectSecretValue(escaped)).toMatchObject({ start: 0, end: escaped.length });
  });

  test('finds a private key with headers, and one that is cut off', () => {
    const headers = 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n';
    expect(detectSecretValue(pem('RSA PRIVATE KEY', headers + mixed(64)))?.kind).toBe('private-key');
    const cut = `-----BEGIN PRIVATE KEY-----\n${mixed(64)}\n${mixed(64)}`;
    expect(detectSecretValue(cut)).toMatchObject({ start: 0, end: cut.length });
  });

  test.each(['MIIEvQ==', 'abc', 'MIIE\nvQIB', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIEvQ=='])(
    'finds a private key however short its body: %j',
    (body) => {
      const key = pem('PRIVATE KEY', body);
      expect(detectSecretValue(key)).toMatchObject({ kind: 'private-key', start: 0, end: key.length });
      const escaped = key.replaceAll('\n', '\\n');
      expect(detectSecretValue(escaped)).toMatchObject({ kind: 'private-key', start: 0, end: escaped.length });
      expect(detectSecretValue(key.replaceAll('\n', '\r\n'))?.kind).toBe('private-key');
    },
  );

  test.each(HARMLESS)('takes %s for none', (_, ...values) => {
    const wrong = values
      .flatMap((value) => [value, `x: "${value}"`])
      .filter((value) => detectSecretValue(value) !== undefined);
    expect(wrong).toEqual([]);
  });

  test('looks on behind a placeholder', () => {
    const value = 'http://a:$(PW)@h http://b:hunter2@h';
    expect(detectSecretValue(value)).toMatchObject({ start: value.indexOf('hunter2') });
  });

  test('finds the next one from an offset, before which nothing exists', () => {
    const value = 'http://a:one@h http://b:two@h';
    expect(detectSecretValue(value, value.indexOf('one') + 3)).toMatchObject({ start: value.indexOf('two') });
    expect(detectSecretValue('http://a:one@h', 4)).toBeUndefined();
    expect(detectSecretValue(value, value.length)).toBeUndefined();
  });

  test('names what it finds without an article', () => {
    expect(detectSecretValue('postgres://user:pw@host/db')?.title).toBe('URL with a password');
  });
});

describe('isPlaceholder', () => {
  test.each([
    ...[
      '',
      '  ',
      '$(PW)',
      '${PW}',
      '$PW',
      '{{ .pw }}',
      '%s',
      '%PW%',
      '%(pw)s',
      '#{pw}',
      '<your password>',
      '{pw}',
      '[password]',
    ],
    ...['@PW@', '__PW__', '***', 'xxxx', 'XXXX', '...', '••••••', 'REDACTED', 'null', 'none', 'TODO', 'replace-me'],
    ...[
      'your-password',
      'your_password_here',
      'yourpassword',
      'insert password',
      'PASSWORD',
      'DB_PASSWORD',
      'MY_API_KEY',
      'PASS',
    ],
  ])('takes %j for a placeholder', (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });

  test.each([
    ...[
      'changeme',
      'CHANGE_ME',
      'password',
      'secret',
      'example',
      'admin',
      'hunter2',
      '12345',
      'p',
      'HUNTER2',
      'a$b',
      'your',
      'none1',
    ],
  ])('takes %j for a password', (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });
});

// Patterns that go back over what they have read would not end within the time that a test has.
describe('detectSecretValue reads a text once', () => {
  const LENGTH = 2_000_000;

  test.each([
    ...[
      'a',
      ' ',
      '\n',
      '-',
      '.',
      '한',
      'eyJ',
      'eyJ.',
      'eyJhbGciOiJIUzI1NiJ9',
      'eyJhbGciOiJIUzI1NiJ9.',
      '://',
      '://:@',
      'a://',
      'a://b:',
    ],
    ...[
      'a://${',
      'a://b:${c}@',
      'x://{{',
      '-----BEGIN ',
      '-----BEGIN RSA ',
      '-----BEGIN PRIVATE KEY-----',
      'ghp_',
      '\\nghp_',
      'glpat-',
    ],
    ...[
      'sk-ant-',
      'xoxb-1',
      'AKIA',
      'SG.',
      'hvs.',
      ':AA',
      '1:AA',
      'password=',
      ';password=',
      'Server=;Password=$(x);',
      'a://?&password=$',
    ],
    ...[
      'host= password=(',
      '@tcp(',
      'a:$x@tcp(',
      'Basic ',
      'Basic YQ==',
      '"auth":"',
      'LS0tLS1CRUdJTi',
      'PrivateKey = ',
      'AccountKey=',
    ],
    ...[
      'secret_access_key: ',
      'hooks.slack.com/services/',
      'discord.com/api/webhooks/1',
      'jdbc:oracle:a/',
      '_authToken=',
      '7Q~',
    ],
    ...['# http://user:password@h ', '"private_key": "-----BEGIN ', '<', '(((', '\\"'],
  ])('however often %j is repeated', (piece) => {
    const text = `${piece.repeat(LENGTH / piece.length)}\n postgres://user:hunter2@host/db`;
    let last = '';
    for (let found = detectSecretValue(text); found !== undefined; found = detectSecretValue(text, found.end)) {
      last = text.slice(found.start, found.end);
    }
    expect(last.slice(-200)).toContain('hunter2');
  });
});
