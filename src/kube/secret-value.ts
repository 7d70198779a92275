import { looksSecret } from './secret-name.ts';

/** What kind of secret a value is, by its format. */
export type SecretKind =
  | 'private-key'
  | 'jwt'
  | 'aws-key'
  | 'google-key'
  | 'azure-key'
  | 'github-token'
  | 'gitlab-token'
  | 'slack-token'
  | 'stripe-key'
  | 'npm-token'
  | 'pypi-token'
  | 'openai-key'
  | 'anthropic-key'
  | 'vault-token'
  | 'bot-token'
  | 'api-token'
  | 'webhook-url'
  | 'basic-auth'
  | 'url-password'
  | 'connection-string';

/** A secret inside a text. */
export interface SecretValue {
  readonly kind: SecretKind;
  /** Zero-based offset of the secret part: in a URL the password alone. */
  readonly start: number;
  /** Zero-based offset after the secret part. */
  readonly end: number;
  /** What it is, without an article: `AWS access key`. */
  readonly title: string;
}

/** One walk over a text, with what it remembers so that no part of the text is read over and over. */
interface Walk {
  readonly text: string;
  /** Where the walk begins; what precedes it does not exist. */
  readonly from: number;
  /** Where the last `://` was. */
  url: number;
  /** Up to where it is known whether the text is a connection string. */
  askedUntil: number;
  isConnection: boolean;
}

type Found = readonly [start: number, end: number] | undefined;

/** A format of secrets: the marks by which it is known, and how to read on from there. */
interface Format {
  readonly kind: SecretKind;
  readonly title: string;
  /** At least two characters each. */
  readonly marks: readonly string[];
  readonly find: (walk: Walk, at: number, afterMark: number) => Found;
}

const GITLAB = /[\w-]{20,}(?:\.\w{2,}){0,2}/y;
const SLACK = /\d[\w-]{19,}/y;
const DISCORD = /(?:v\d\d?\/)?webhooks\/\d{15,}\/[\w-]{50,}/y;

/** Prefix, alphabet and length as the issuers document them, or else as the tokens in use have them. */
const FORMATS: readonly Format[] = [
  field('url-password', 'URL with a password', ['://'], findUrlPassword),
  field('url-password', 'MySQL address with a password', ['@tcp(', '@unix('], findMysqlPassword),
  field('url-password', 'Oracle address with a password', ['jdbc:oracle:'], findOraclePassword),
  field('connection-string', 'connection string with a password', spellings('password pwd', ['=', ' =']), findPassword),
  field('private-key', 'private key', ['-----BEGIN '], findPem),
  field('private-key', 'private key in base64', ['LS0tLS1CRUdJTi'], findEncodedPem),
  field('private-key', 'WireGuard private key', ['PrivateKey=', 'PrivateKey ='], after(/[A-Za-z0-9+/]{43}=/y)),
  token('private-key', 'age secret key', ['AGE-SECRET-KEY-1'], /[A-Z0-9]{58}(?!\w)/y),
  field('jwt', 'JSON Web Token', ['eyJ'], findJwt),
  field('basic-auth', 'user name and password in base64', ['Basic ', 'basic ', 'auth":', 'auth\\":'], findBasicAuth),
  token('aws-key', 'AWS access key', ['AKIA', 'ASIA'], /[A-Z2-7]{16}(?![A-Za-z0-9])/y),
  field('aws-key', 'AWS secret key', spellings('secret_access_key', ['']), findAwsSecretKey),
  field('google-key', 'Google service account key', ['"private_key":'], findServiceAccountKey),
  token('google-key', 'Google API key', ['AIza'], /[\w-]{35}(?![\w-])/y),
  token('google-key', 'Google OAuth client secret', ['GOCSPX-'], /[\w-]{28}(?![\w-])/y),
  token('google-key', 'Google OAuth access token', ['ya29.'], /[\w-]{30,}/y),
  field('azure-key', 'Azure access key', ['AccountKey=', 'AccessKey='], after(/[A-Za-z0-9+/]{40,100}={0,2}/y)),
  token('azure-key', 'Azure client secret', ['7Q~', '8Q~'], /[\w~.-]{31,34}(?![\w~-])/y, /[\w~.-]{3}$/),
  token('github-token', 'GitHub token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], /\w{36,}/y),
  token('github-token', 'GitHub token', ['github_pat_'], /\w{60,}/y),
  token('gitlab-token', 'GitLab token', ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glft-'], GITLAB),
  token('gitlab-token', 'GitLab token', ['glagent-', 'gloas-', 'glsoat-', 'glimt-'], GITLAB),
  token('slack-token', 'Slack token', ['xoxb-', 'xoxp-', 'xoxa-', 'xoxe-', 'xoxo-', 'xoxr-', 'xoxs-', 'xapp-'], SLACK),
  field('webhook-url', 'Slack webhook', ['hooks.slack.com/'], after(/[a-z]{8,9}\/\w{8,}\/\w{8,}\/\w{16,}/y)),
  field('webhook-url', 'Discord webhook', ['discord.com/api/', 'discordapp.com/api/'], after(DISCORD)),
  token('stripe-key', 'Stripe live key', ['sk_live_', 'rk_live_'], /[A-Za-z0-9]{16,}/y),
  token('stripe-key', 'Stripe webhook secret', ['whsec_'], /[A-Za-z0-9+/]{24,}=*/y),
  token('npm-token', 'npm token', ['npm_'], /[A-Za-z0-9]{36}(?!\w)/y),
  field('npm-token', 'npm token', ['_authToken='], after(/[\w+/.-]{20,}=*/y)),
  token('pypi-token', 'PyPI token', ['pypi-AgE'], /[\w-]{50,}/y),
  token('openai-key', 'OpenAI key', ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], /[\w-]{32,}/y),
  token('openai-key', 'OpenAI key', ['T3BlbkFJ'], /[A-Za-z0-9]{20}(?!\w)/y, /sk-[A-Za-z0-9]{20}$/),
  token('anthropic-key', 'Anthropic key', ['sk-ant-'], /[\w-]{32,}/y),
  token('vault-token', 'HashiCorp Vault token', ['hvs.', 'hvb.', 'hvr.'], /[\w-]{24,}/y),
  token('bot-token', 'Telegram bot token', [':AA'], /[\w-]{33}(?![\w-])/y, /\d{8,10}$/),
  token('api-token', 'SendGrid key', ['SG.'], /[\w-]{22}\.[\w-]{43}(?![\w-])/y),
  token('api-token', 'Hugging Face token', ['hf_'], /[A-Za-z0-9]{34,}(?!\w)/y),
  token('api-token', 'Twilio key', ['SK'], /[0-9a-f]{32}(?!\w)/y),
  token('api-token', 'DigitalOcean token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], /[0-9a-f]{64}(?!\w)/y),
  token('api-token', 'Docker token', ['dckr_pat_', 'dckr_oat_'], /[\w-]{24,}/y),
  token('api-token', 'Grafana token', ['glsa_', 'glc_eyJ'], /\w{32,}=*/y),
  token('api-token', 'Tailscale key', ['tskey-auth-', 'tskey-api-', 'tskey-client-'], /\w{8,}-\w{16,}/y),
  token('api-token', 'Shopify token', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], /[0-9a-fA-F]{32}(?!\w)/y),
  token('api-token', 'Databricks token', ['dapi'], /[0-9a-f]{32}(?!\w)/y),
  token('api-token', 'New Relic key', ['NRAK-'], /[A-Z0-9]{27}(?!\w)/y),
  token('api-token', 'Atlassian token', ['ATATT3x'], /[\w-]{60,}(?:=[\w-]*)?/y),
];

/** The formats by the first two characters of their marks: most pairs of characters begin none. */
const BY_PAIR = new Map<number, { readonly mark: string; readonly format: Format }[]>();
const IS_PAIR = new Uint8Array(1 << 14);
for (const format of FORMATS) {
  for (const mark of format.marks) {
    const pair = (mark.charCodeAt(0) << 7) | mark.charCodeAt(1);
    const same = BY_PAIR.get(pair);
    if (same === undefined) BY_PAIR.set(pair, [{ mark, format }]);
    else same.push({ mark, format });
    IS_PAIR[pair] = 1;
  }
}

/** `a://:p@h`. */
const SHORTEST = 8;

/**
 * Finds the first part of a value that gives a secret away, whatever the value's key is called. The part begins at or
 * after the zero-based offset `from`; what precedes it is not looked at. Takes time linear in the length.
 *
 * Not secrets: references (`$(DB_PASSWORD)`), placeholders, paths, public keys, certificates, digests, and base64 or
 * hexadecimal text that nothing labels. Default passwords (`changeme`) are secrets.
 */
export function detectSecretValue(value: string, from = 0): SecretValue | undefined {
  if (value.length - from < SHORTEST) return undefined;
  const walk: Walk = { text: value, from, url: -1, askedUntil: -1, isConnection: false };
  let before = value.charCodeAt(from);
  for (let i = from + 1; i < value.length; i += 1) {
    const code = value.charCodeAt(i);
    // Beyond ASCII a pair may be taken for another; the marks settle it.
    const pair = ((before << 7) | code) & 0x3fff;
    before = code;
    if (IS_PAIR[pair] !== 1) continue;
    for (const { mark, format } of BY_PAIR.get(pair) ?? []) {
      const found = value.startsWith(mark, i - 1) ? format.find(walk, i - 1, i - 1 + mark.length) : undefined;
      if (found !== undefined) return { kind: format.kind, start: found[0], end: found[1], title: format.title };
    }
  }
  return undefined;
}

/** The ways to write words joined by `_`: `secret_key`, `SECRET_KEY`, `secretKey`, `SecretKey`. */
function spellings(names: string, endings: readonly string[]): string[] {
  return names.split(' ').flatMap((name) => {
    const camel = name.replace(/_(.)/g, (_, first: string) => first.toUpperCase());
    const pascal = camel.charAt(0).toUpperCase() + camel.slice(1);
    return endings.flatMap((ending) =>
      [...new Set([name, name.toUpperCase(), camel, pascal])].map((way) => way + ending),
    );
  });
}

function field(kind: SecretKind, title: string, marks: readonly string[], find: Format['find']): Format {
  return { kind, title, marks, find };
}

/** A token that begins with its mark, or before it with what `before` matches, and goes on with `rest`. */
function token(kind: SecretKind, title: string, marks: readonly string[], rest: RegExp, before?: RegExp): Format {
  return field(kind, title, marks, ({ text, from }, at, afterMark) => {
    const head = before === undefined ? '' : before.exec(text.slice(Math.max(from, at - 24), at))?.[0];
    if (head === undefined || !isWordStart(text, from, at - head.length)) return undefined;
    const end = matchAt(rest, text, afterMark);
    return end !== undefined && isRandom(text.slice(afterMark, end)) ? [at - head.length, end] : undefined;
  });
}

/** A secret that its mark only introduces. */
function after(rest: RegExp): Format['find'] {
  return ({ text }, _at, afterMark) => {
    const start = text.charAt(afterMark) === ' ' ? afterMark + 1 : afterMark;
    const end = matchAt(rest, text, start);
    return end !== undefined && isRandom(text.slice(start, end)) ? [start, end] : undefined;
  };
}

/** Where a sticky pattern that begins at an offset ends. */
function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * Whether no word runs into the offset; the `n` of an escaped line break is none. As a run of letters then has one
 * start, it is read once.
 */
function isWordStart(text: string, from: number, at: number): boolean {
  if (at <= from || !/[\w-]/.test(text.charAt(at - 1))) return true;
  return at - 2 >= from && /\\[nrt]/.test(text.slice(at - 2, at));
}

/** The tokens of documentation: AWS marks its own with EXAMPLE; others repeat a letter or count up. */
const MADE_UP = /EXAMPLE|1234567890abcdef|0123456789abcdef|abcdefghijklmnop|placeholder|redacted|your[-_]|x{8}/i;

function isRandom(body: string): boolean {
  const head = body.slice(0, 200);
  return new Set(head).size >= 4 && !MADE_UP.test(head);
}

const PEM_LABEL = /(?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const PEM_END = '-----END ';
const BASE64_LINE = /[A-Za-z0-9+/=]{32,}/;

/** A private key of any make (RFC 7468, OpenSSH, OpenPGP), with a body: `-----BEGIN … KEY-----` alone is prose. */
function findPem({ text }: Walk, at: number, afterMark: number): Found {
  const body = matchAt(PEM_LABEL, text, afterMark);
  if (body === undefined) return undefined;
  const [beginning = '', behind] = text.slice(body, body + 600).split(PEM_END, 2);
  const line = BASE64_LINE.exec(beginning)?.[0];
  if (line === undefined ? behind === undefined || !isShortPem(beginning) : !isRandom(line)) return undefined;
  const footer = text.indexOf(PEM_END, body);
  if (footer < 0) return [at, text.length];
  const dashes = text.slice(footer + PEM_END.length, footer + 80).indexOf('-----');
  return [at, footer + PEM_END.length + (dashes < 0 ? 0 : dashes + 5)];
}

const PEM_LINE_BREAK = /\r?\n|(?:\\r)?\\n/;
/** `Proc-Type: 4,ENCRYPTED` (RFC 1421), `Version: GnuPG` (RFC 4880). */
const PEM_HEADER = /^[\w-]+: /;
const SHORT_BODY = /^[A-Za-z0-9+/]+={0,2}$/;

/** Whether what stands between the first line and the last is base64, and neither prose, a mask nor a description. */
function isShortPem(text: string): boolean {
  const [head = '', ...lines] = text.split(PEM_LINE_BREAK).map((line) => line.trim());
  if (head !== '' || lines.length === 0) return false;
  const body = lines.filter((line) => !PEM_HEADER.test(line)).join('');
  if (!SHORT_BODY.test(body) || isPlaceholder(body) || MADE_UP.test(body)) return false;
  // One letter over and over is a mask, and words alone describe what belongs there.
  return new Set(body).size > 1 && !PEM_WORDS.test(body);
}

/** `base64encodedkeyhere`, `InsertYourKey`, `PRIVATEKEY`. */
const PEM_WORDS =
  /^(?:(?:base64|encoded|the|my|your|own|private|rsa|key|data|content|contents|insert|paste|put|goes|here|in|it|pem|example|sample|dummy|fake|body|some|value|certificate|cert))+$/i;

const PEM_IN_JSON = /\s?"(?=-----BEGIN )/y;

function findServiceAccountKey(walk: Walk, _at: number, afterMark: number): Found {
  const start = matchAt(PEM_IN_JSON, walk.text, afterMark);
  return start === undefined ? undefined : findPem(walk, start, start + '-----BEGIN '.length);
}

const BASE64_TEXT = /[A-Za-z0-9+/]{80,}(?:\n[A-Za-z0-9+/]+)*={0,2}/y;

function findEncodedPem({ text, from }: Walk, at: number): Found {
  if (!isWordStart(text, from, at)) return undefined;
  const end = matchAt(BASE64_TEXT, text, at);
  return end !== undefined && decodeBase64Latin1(text.slice(at, at + 64)).includes('PRIVATE KEY')
    ? [at, end]
    : undefined;
}

const JWT_HEADER = /[\w-]{10,2000}(?=\.[\w-]{4})/y;
const JWT_REST = /\.[\w-]+\.[\w-]{10,}/y;
/** The payload of the token that jwt.io shows: John Doe's. */
const JWT_SAMPLE = '.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lI';

/** A signed JSON Web Token (RFC 7515): an unsigned one (`alg: none`) opens nothing. */
function findJwt({ text, from }: Walk, at: number, afterMark: number): Found {
  if (!isWordStart(text, from, at)) return undefined;
  const dot = matchAt(JWT_HEADER, text, afterMark);
  const end = dot === undefined ? undefined : matchAt(JWT_REST, text, dot);
  if (dot === undefined || end === undefined || text.startsWith(JWT_SAMPLE, dot)) return undefined;
  const algorithm = /"alg"\s*:\s*"([^"]+)"/.exec(decodeBase64Latin1(text.slice(at, dot)))?.[1];
  return algorithm === undefined || algorithm.toLowerCase() === 'none' ? undefined : [at, end];
}

const AWS_SEPARATOR = /\\?["']?\s{0,8}[:=>]\s{0,8}\\?["']?/y;
const AWS_SECRET_KEY = /[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/y;

/** Forty characters of base64 mean nothing without their label; a digest has no capitals. */
function findAwsSecretKey({ text }: Walk, _at: number, afterMark: number): Found {
  const start = matchAt(AWS_SEPARATOR, text, afterMark);
  const end = start === undefined ? undefined : matchAt(AWS_SECRET_KEY, text, start);
  if (start === undefined || end === undefined) return undefined;
  const key = text.slice(start, end);
  return isRandom(key) && /[a-z]/.test(key) && /[A-Z]/.test(key) ? [start, end] : undefined;
}

const BASE64_OPEN = /(?: ?\\?")?/y;
const BASE64_WORD = /[A-Za-z0-9+/]{6,}={0,2}/y;

/** `user:password` in base64: HTTP's basic authentication (RFC 7617), and Docker's `auth`. */
function findBasicAuth(walk: Walk, _at: number, afterMark: number): Found {
  const start = matchAt(BASE64_OPEN, walk.text, afterMark) ?? afterMark;
  const end = matchAt(BASE64_WORD, walk.text, start);
  if (end === undefined || end - start > 400) return undefined;
  const [, password] = /^[\x20-\x7e]*?:([\x20-\x7e]+)$/.exec(decodeBase64Latin1(walk.text.slice(start, end))) ?? [];
  return password === undefined || isPlaceholder(password) ? undefined : [start, end];
}

/** A reference in a URL; what stands in it is not the URL's. */
const URL_REFERENCE = /\$\([^()\n]*\)|\$\{[^{}\n]*\}|\{\{[^{}\n]*\}\}/g;
/** Ends the authority of a URL (RFC 3986, 3.2) or cannot appear in one; so addresses are told from patterns. */
const AUTHORITY_END = /[\s/?#"'`<>\\|^{}[\]()]/;
const LONGEST_AUTHORITY = 2000;

/** `scheme://user:password@host`, where each part may be a reference and there may be several hosts. */
function findUrlPassword(walk: Walk, at: number, start: number): Found {
  const { text, from } = walk;
  walk.url = at;
  if (at <= from || !/[\w+.)}-]/.test(text.charAt(at - 1))) return undefined;
  const next = text.indexOf('://', start);
  const limit = Math.min(start + LONGEST_AUTHORITY, next < 0 ? text.length : next);
  const plain = text.slice(start, limit).replace(URL_REFERENCE, (reference) => '$'.repeat(reference.length));
  const authority = plain.split(AUTHORITY_END, 1)[0] ?? '';
  const colon = authority.indexOf(':');
  const end = authority.lastIndexOf('@');
  // `nginx:1.25@sha256:…` is an image, and in `http://a:80,b@c` the number is a port.
  if (colon < 0 || end < colon || /^@sha\d+:/.test(authority.slice(end))) return undefined;
  if (/^\d{1,5}[,;]/.test(authority.slice(colon + 1))) return undefined;
  return acceptPassword(walk, start + colon + 1, start + end);
}

const MYSQL_USER = /(?:^|[\s"'`=])[\w.-]{1,64}:([^\s"'`@:/]{1,128})$/;

/** Go's form for MySQL: `user:password@tcp(host:3306)/db`. */
function findMysqlPassword(walk: Walk, at: number): Found {
  const password = MYSQL_USER.exec(walk.text.slice(Math.max(walk.from, at - 200), at))?.[1];
  return password === undefined ? undefined : acceptPassword(walk, at - password.length, at);
}

const ORACLE_USER = /(?:[a-z0-9]{2,8}:)?[^\s/@"':]{1,64}\//y;
const ORACLE_PASSWORD = /[^\s/@"']{1,128}(?=@)/y;

/** Oracle's form: `jdbc:oracle:thin:user/password@//host:1521/service`. */
function findOraclePassword(walk: Walk, _at: number, afterMark: number): Found {
  const start = matchAt(ORACLE_USER, walk.text, afterMark);
  const end = start === undefined ? undefined : matchAt(ORACLE_PASSWORD, walk.text, start);
  return start === undefined || end === undefined ? undefined : acceptPassword(walk, start, end);
}

const QUERY_VALUE = /[^\s&"'`#;,<>\\|()]{1,256}/y;
const COMMA_VALUE = /[^\s,;&"'`\\()[\]]{1,256}(?![^\s,;&"'`\\])/y;
const FIELD_VALUE = /[^\s;&"'`\\()[\]]{1,256}(?![^\s;&"'`\\])/y;
const QUOTED_VALUE = /[^\n"'\\]{1,256}(?=\\?["'])/y;
const QUOTE = /\\?["']/y;
/** A field that only an address of a server has; Kafka's login module has none. */
const SERVER_FIELD =
  /LoginModule|(?:^|[\s;,"'?(])(?:server|data source|host|hostname|addr|address|endpoint|ssl|abortconnect) ?=|jdbc:\w/i;

/** The password of a JDBC address (`?user=…&password=…`), of `Server=…;Password=…`, of `host=… password=…`. */
function findPassword(walk: Walk, at: number, afterMark: number): Found {
  const { text, from, url } = walk;
  const before = at > from ? text.charAt(at - 1) : ' ';
  const start = text.charAt(afterMark) === ' ' ? afterMark + 1 : afterMark;
  let value = FIELD_VALUE;
  if (before === '?' || before === '&') {
    if (url < 0 || at - url > 2000 || /\s/.test(text.slice(url, at))) return undefined;
    value = QUERY_VALUE;
  } else if (!/[;,\s"']/.test(before) || !isConnectionString(walk, at)) return undefined;
  else if (before === ',') value = COMMA_VALUE;
  const open = matchAt(QUOTE, text, start);
  // `connect(host=h, password=password)` is a program.
  if (open === undefined && before === ' ' && /[,(]\s*$/.test(text.slice(Math.max(from, at - 4), at))) return undefined;
  const end = matchAt(open === undefined ? value : QUOTED_VALUE, text, open ?? start);
  return end === undefined ? undefined : acceptPassword(walk, open ?? start, end);
}

/** Whether the line (at most 1,000 characters to each side) names a server as well. */
function isConnectionString(walk: Walk, at: number): boolean {
  if (at >= walk.askedUntil) {
    const before = walk.text.slice(Math.max(walk.from, at - 1000), at);
    const behind = walk.text.slice(at, at + 1000).split('\n', 1)[0] ?? '';
    walk.askedUntil = at + behind.length;
    walk.isConnection = SERVER_FIELD.test(before.slice(before.lastIndexOf('\n') + 1) + behind);
  }
  return walk.isConnection;
}

/** `user:password@host` in a comment is documentation; as a value it is a password, if a bad one. */
const GENERIC = /^[\w-]*(?:password|passwd|pass|pwd|pw|secret|token)\d*$/i;
const COMMENT = /(?:^|[\s"'])(?:#|\/\/|<!--|[;*]\s|--\s)/;

function acceptPassword({ text, from }: Walk, start: number, end: number): Found {
  const password = text.slice(start, end);
  if (isPlaceholder(password)) return undefined;
  if (GENERIC.test(password)) {
    const line = text.slice(Math.max(from, start - 300), start);
    if (COMMENT.test(line.slice(line.lastIndexOf('\n') + 1))) return undefined;
  }
  return [start, end];
}

const REFERENCE = /\$[({[]|\{\{|#\{|%\(|<[^<>]*>/;
const HOLE = /^(?:\$\w+|%[sdvq]|%\w+%|\{\w*\}|\[[\w -]*\]|@\w+@|__\w+__)$/;
const MASKED = /^[*xX.•…_#?+-]+$/;
const DESCRIPTION = /^(?:redacted|hidden|masked|omitted|removed|none|null|nil|undefined|todo|tbd)$|placeholder/i;
const REQUEST = /^(?:(?:your|insert|enter|replace)[-_ ]|replaceme$|your(?:own)?(?:pass|secret|token|key))/i;

/**
 * Whether a text only holds the place of a secret: nothing, a reference (`$(DB_PASSWORD)`, `{{ .pw }}`, `$PW`, `%s`), a
 * mask (`***`, `xxxx`), a description (`<password>`, `your-password`, `REDACTED`) or a variable's name (`DB_PASSWORD`).
 * `changeme`, `password` and `example` are not: they work as passwords, and do.
 */
export function isPlaceholder(text: string): boolean {
  const value = text.trim();
  if (value === '' || HOLE.test(value) || MASKED.test(value) || REFERENCE.test(value)) return true;
  if (DESCRIPTION.test(value) || REQUEST.test(value)) return true;
  return /^[A-Z][A-Z0-9_]*$/.test(value) && (looksSecret(value) || /^(?:PASS|PWD|PW)$/.test(value));
}

function decodeBase64Latin1(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}
