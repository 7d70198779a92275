/** A Kubernetes name has at most 253 characters; what is longer is not a name. */
const LONGEST_NAME = 253;

/** A part of every name of a secret; most names have none. */
const HINT = /pass|pw|token|secret|key|cred|psk|cookie|pat|auth|docker|bearer|salt|pepper|phrase|mnemonic|pin/i;
/** An upper-case run, a lower-case run with its capital, or digits: `DBPassword2` is DB, Password, 2. */
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;

/** Nouns that name a secret whatever stands before them. */
const SECRETS = wordSet('password passwords passwd passphrase passphrases passcode psk credentials');

/** Words after the noun that say which copy it is or how it is written: `DB_PASSWORD_PROD`, `TOKEN_VALUE`. */
const QUALIFIERS = wordSet(`
  prod production dev development staging stage stg qa uat test sandbox live local
  primary secondary old new current previous value raw encoded`);
/** What may appear before a trailing number: `API_KEY_V2`, `PASSWORD_BASE64`, `PASSWORD_B64`. */
const NUMBERED = wordSet('v b base');

/** Words that make the name a switch, a count, a pointer or public: `CORS_ALLOW_CREDENTIALS`, `existingSecretToken`. */
const DENIALS = wordSet(`
  enable enables enabled disable disabled allow allows allowed require requires required skip use uses using has is
  automount existing public random max min maximum minimum num number count per total checksum`);

/** The same, but only as the first word or next to the noun: `rotate-secrets`, `RABBITMQ_UPDATE_PASSWORD`. */
const VERBS = wordSet(`
  accept ask autogenerate change clear confirm copy create delete deny empty blank encrypt enter expire expose force
  forgot forward generate hashed hide ignore include includes inject invalid invalidate keep mask missing need needs no
  onetime pass persist prompt provide provides redact reject remember remove renew reset reuse revoke rotate save secure
  should show support supports update with without wrong`);
/** The same, but only as the first word: `POSTGRESQL_SR_CHECK_PASSWORD` is the password of a check. */
const FIRST_VERBS = wordSet('check send validate verify');

/** `LOW_PASS`, `SECOND_PASS`, and nginx's `proxy_pass`, which is an address. */
const NOT_BEFORE_PASS = wordSet(`
  by proxy fastcgi uwsgi scgi grpc memcached one two three first second third single multi final pre post
  low high band all must health checks boarding season`);
/** `PWD` is the shell's working directory. */
const NOT_BEFORE_PWD = wordSet('old init work working current script base start');
/** Units of text, pages of a listing, marks of a form; etcd's cluster and discovery tokens are identifiers. */
const NOT_BEFORE_TOKEN = wordSet(`
  bos eos pad unk sep cls mask stop start end special next prev page continue continuation sync pagination
  csrf xsrf id cluster discovery cost price input output design`);
const BEFORE_TOKENS = wordSet('api auth access bearer refresh');

/** The words that make a key a secret one: `API_KEY`, but not `SORT_KEY`, `ROUTING_KEY` or `TLS_KEY` (a path). */
const BEFORE_KEY = wordSet(`
  api app application private secret encryption encrypt enc decryption decrypt cipher cypher crypto crypt aes hmac
  signing sign signature master shared preshared license licence auth deploy fernet unseal recovery gossip tsig rndc
  jwt csrf security azure openai anthropic gemini mistral cohere huggingface deepl groq stripe sendgrid
  mailgun mailchimp mailjet twilio algolia youtube cosmos cosmosdb ingestion insights`);
/** What a key of Azure's is not, when it is the last word before it: a pointer, or the public half. */
const NOT_BEFORE_AZURE_KEY = wordSet('vault tag label annotation public client tls ssl ssh cert certificate partition');
/** `passwordSecretKey`, `clientSecretKey`: which key of a Secret object to read. */
const NOT_BEFORE_SECRET_KEY = wordSet(`
  password passwd passphrase token key client user username uri url id account auth cluster login email cert`);
/**
 * The words behind which a secret is the name of a Secret object, or may be: `tlsSecret`, `dbSecret`, `authSecret`. Behind
 * any other (`NAVER_SECRET`, `clientSecret`) it is the thing itself.
 */
const BEFORE_SECRET_OBJECT = wordSet(`
  a an the this that my your our name named not no some other extra additional custom default global generated manual
  external internal managed upstream from by in of for to with get put add delete sync push import mount mounted
  tls ssl ca cas mtls cert certs certificate certificates crt pem jks keystore truststore trust bundle ssh gpg pgp
  key keys public private identity image images pull docker dockerconfig dockerconfigjson registry repo repository git
  k 8 s k8s kube kubernetes kubeconfig helm vault sealed opaque argocd
  config configs configuration settings env envs environment environments var vars variables file files content contents
  data datasource script scripts initdb template templates values volume storage bucket s 3 s3 backup restore migration
  db database databases sql pg psql postgres postgresql pgbouncer pgpool mysql mariadb mongo mongodb redis valkey
  memcached kafka rabbitmq amqp nats elastic elasticsearch opensearch es clickhouse cassandra zk zookeeper minio influxdb
  neo4j couchdb timescale etcd sentinel
  auth auths authentication credential credentials cred creds login account accounts serviceaccount sa
  password passwords passwd passphrase passcode pass token tokens bearer salt pin uri url urls dsn connection string
  user users username admin administrator superuser root operator manager owner
  smtp mail email ldap saml basic htpasswd
  server service services peer node nodes pod pods job jobs worker workload cluster namespace release ingress gateway
  listener route routes proxy agent operator controller grafana prometheus alertmanager thanos loki`);

/** `SASL_OAUTHBEARER` is a mechanism, `AUTH_TYPE_BEARER` a choice. */
const NOT_BEFORE_BEARER = wordSet('oauth sasl type scheme mode method http https format');
/** A salt is stored beside each hash, unless there is but one for all: then it is kept like a key. */
const BEFORE_SALT = wordSet(`
  hash hashids hashid hashing encryption derivation password passwords auth session secret cookie token jwt security
  nonce in app application`);
const BEFORE_PIN = wordSet('keystore security hsm card token sim slot user so unlock');

/** Ends of names whose meaning no single word gives. */
const SECRET_ENDS = new Set([
  'secret access key',
  'storage account key',
  'storage access key',
  'arm access key',
  'cookie hash key',
  'cookie block key',
  'sse c key',
  'secure auth key',
  'logged in key',
  'nonce key',
  'service account key',
  'private ssh key',
  'open ai key',
  'replica set key',
  'encryption primary key',
  'encryption deterministic key',
  'secret key base',
  'client key data',
  'access key secret',
  'access token secret',
  'auth token secret',
  'jwt token secret',
  'jwt auth secret',
  'oauth token secret',
  'refresh token secret',
  'graphql admin secret',
  'github pat',
  'gitlab pat',
  'gh pat',
  'devops pat',
  'erlang cookie',
  'erl cookie',
  'rediscli auth',
  'mnemonic phrase',
  'seed phrase',
  'recovery phrase',
  'docker config json',
  'dockerconfigjson',
  'dockercfg',
]);
/** A path of a file, a mode of the fetch API, a public name of a network, copies of /etc/passwd, a list of options. */
const HARMLESS_ENDS = new Set([
  'application credentials',
  'request credentials',
  'network passphrase',
  'etc passwd',
  'wrapper passwd',
  'etcd auth token',
]);

/** A noun that people write without a separator after another word: `apikey`, `rootpw`, `PGPASSWORD`. */
const GLUED_NOUN = /(?:passwords?|passwd|passphrase|keys?|tokens?|secret|pass|pwd|pw)$/;
/** Behind which words: `monkey` and `compass` are words, while no word but `password` ends in it. */
const GLUED_TO = wordSet(`
  api app auth access private public secret secretaccess license master encryption signing shared client bot bearer
  refresh session jwt webhook db pg my mysql root user admin bind ldap smtp mail ftp key store keystore truststore
  redis mongo postgres`);

/**
 * Whether the name of a key (an environment variable, a ConfigMap key, a values key) says that its value is a secret.
 *
 * The noun decides, which in English comes last: `DB_PASSWORD` is one, `PASSWORD_MIN_LENGTH` is a length. A name that
 * may as well mean something else is none: `ACCESS_KEY` and `ACCESS_KEY_ID` (the public half of a pair), `REDIS_AUTH`,
 * `TLS_SECRET` (the name of a Secret), `SSH_KEY`, `PASSWORD_HASH`, `PASS`, `PWD`, and the keys of annotations.
 * The case style does not matter, except for one word: `SECRET` is a variable, `secret` Kubernetes' word for an object.
 */
export function looksSecret(name: string): boolean {
  if (name.length > LONGEST_NAME || !HINT.test(name) || hasDomain(name)) return false;
  if (name === 'SECRET') return true;
  const words = splitWords(name);
  for (;;) {
    if (endsIn(words, SECRET_ENDS)) return !isDenied(words);
    if (words.length < 2 || !dropQualifier(words)) return namesSecret(words) && !isDenied(words);
  }
}

/** The words of a name in lower case, whatever separates them; `passWord` and `apikey` become what they mean. */
function splitWords(name: string): string[] {
  const words: string[] = [];
  for (const [match] of name.matchAll(WORD)) {
    const word = match.toLowerCase();
    const joined = (words.at(-1) ?? '') + word;
    if (joined === 'password' || joined === 'passphrase' || joined === 'oauth') words.splice(-1, 1, joined);
    else words.push(...splitGlued(word));
  }
  return words;
}

function splitGlued(word: string): string[] {
  const noun = GLUED_NOUN.exec(word)?.[0];
  if (noun === undefined || noun === word) return [word];
  const first = word.slice(0, -noun.length);
  if (first === 'secretaccess') return ['secret', 'access', noun];
  return noun.startsWith('passw') || noun === 'passphrase' || GLUED_TO.has(first) ? [first, noun] : [word];
}

/** Takes one qualifier off the end: a word like `PROD`, or a number with what belongs to it. */
function dropQualifier(words: string[]): boolean {
  const last = words.at(-1) ?? '';
  if (QUALIFIERS.has(last)) {
    words.pop();
    return true;
  }
  const code = last.charCodeAt(0);
  if (!(code >= 0x30 && code <= 0x39)) return false;
  words.pop();
  if (words.length > 1 && NUMBERED.has(words.at(-1) ?? '')) words.pop();
  return true;
}

function namesSecret(words: readonly string[]): boolean {
  const noun = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (endsIn(words, HARMLESS_ENDS)) return false;
  if (SECRETS.has(noun)) return true;
  switch (noun) {
    case 'creds':
    case 'pw':
      return words.length > 1;
    case 'pass':
      return words.length > 1 && !NOT_BEFORE_PASS.has(before);
    case 'pwd':
      return words.length > 1 && !NOT_BEFORE_PWD.has(before);
    case 'token':
      return !NOT_BEFORE_TOKEN.has(before);
    case 'tokens':
      return BEFORE_TOKENS.has(before);
    case 'secret':
      return words.length > 1 && !BEFORE_SECRET_OBJECT.has(before) && !/^\d/.test(before);
    case 'bearer':
      return !NOT_BEFORE_BEARER.has(before);
    case 'salt':
      return BEFORE_SALT.has(before);
    case 'pepper':
      return words.length > 1;
    case 'mnemonic':
      return true;
    case 'pin':
      return BEFORE_PIN.has(before);
    case 'key':
    case 'keys':
      if (words.includes('kms')) return false;
      if (words.includes('azure') && !NOT_BEFORE_AZURE_KEY.has(before)) return noun === 'key';
      return BEFORE_KEY.has(before) && !(before === 'secret' && NOT_BEFORE_SECRET_KEY.has(words.at(-3) ?? ''));
    default:
      return false;
  }
}

function isDenied(words: readonly string[]): boolean {
  const first = words[0] ?? '';
  if (words.length > 1 && (VERBS.has(first) || FIRST_VERBS.has(first))) return true;
  return VERBS.has(words.at(-2) ?? '') || words.some((word) => DENIALS.has(word));
}

function endsIn(words: readonly string[], ends: ReadonlySet<string>): boolean {
  return [1, 2, 3].some((length) => words.length >= length && ends.has(words.slice(-length).join(' ')));
}

/** `cert-manager.io/secret`: labels and annotations have a domain, and name objects. */
function hasDomain(name: string): boolean {
  const slash = name.indexOf('/');
  return slash > 0 && name.slice(0, slash).includes('.');
}

/** A set that is made when it is first asked: most are about words that few names have. */
function wordSet(words: string): Pick<ReadonlySet<string>, 'has'> {
  let set: ReadonlySet<string> | undefined;
  return { has: (word) => (set ??= new Set(words.trim().split(/\s+/))).has(word) };
}
