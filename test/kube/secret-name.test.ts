import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksSecret } from '../../src/kube/secret-name.ts';

const SECRETS: readonly (readonly [meaning: string, names: string])[] = [
  ['passwords', 'PASSWORD password DB_PASSWORD dbPassword DBPassword db.password db-password POSTGRES_PASSWORD'],
  ['short passwords', 'PASSWD DB_PASSWD DB_PASS SMTP_PASS ROOT_PWD ADMIN_PW bindpw keyPass RABBITMQ_DEFAULT_PASS'],
  ['passphrases', 'PASSPHRASE SSH_PASSPHRASE keyPassPhrase PASS_PHRASE passWord WIFI_PSK'],
  ['glued passwords', 'PGPASSWORD dbpassword DBPASS rootpw MYSQLPASSWORD htpasswd'],
  ['tokens', 'TOKEN API_TOKEN ACCESS_TOKEN AUTH_TOKEN authToken authtoken bot.token VAULT_TOKEN AWS_SESSION_TOKEN'],
  ['more than one token', 'API_TOKENS accessTokens'],
  ['keys', 'API_KEY apiKey apikey APIKEY API_KEYS PRIVATE_KEY privateKey ENCRYPTION_KEY SIGNING_KEY FERNET_KEY'],
  ['keys of an application', 'KIS_APP_KEY APP_KEY MEILI_MASTER_KEY NEW_RELIC_LICENSE_KEY AZURE_STORAGE_ACCOUNT_KEY'],
  ['secret keys', 'SECRET_KEY SECRET_KEY_BASE secretKeyBase DJANGO_SECRET_KEY MINIO_SECRET_KEY'],
  ['cloud keys', 'AWS_SECRET_ACCESS_KEY awsSecretAccessKey secretaccesskey GCR_SERVICE_ACCOUNT_KEY privateSshKey'],
  ['secrets', 'SECRET CLIENT_SECRET clientSecret KIS_APP_SECRET JWT_SECRET WEBHOOK_SECRET GITHUB_API_SECRET'],
  ['token secrets', 'ACCESS_TOKEN_SECRET oauthTokenSecret HASURA_GRAPHQL_ADMIN_SECRET'],
  ['credentials', 'CREDENTIALS AZURE_CREDENTIALS netrcCreds GITHUB_PAT RABBITMQ_ERLANG_COOKIE REDISCLI_AUTH'],
  ['files of credentials', '.dockerconfigjson .dockercfg docker-config-json client-key-data'],
  ['copies', 'DB_PASSWORD_PROD PASSWORD_OLD API_KEY_2 API_KEY_V2 PASSWORD_BASE64 tokenValue DB_PASSWORD_TEST'],
  ['secrets of a service', 'NAVER_SECRET BROKER_SECRET JOBSERVICE_SECRET MICROSOFT_SECRET OIDC_SECRET hcaptchaSecret'],
  ['secrets of a state', 'OAUTH_STATE_SECRET ANONYMOUS_USER_ID_SECRET REGISTRY_HTTP_SECRET WS_SECRET JWT_AUTH_SECRET'],
  ['bearers', 'BEARER AUTH_BEARER API_BEARER BEARER_TOKEN prometheusBearer BEARER_PROD'],
  ['keys of Azure', 'AZURE_BATCH_KEY AZURE_STORAGE_KEY AZURE_SEARCH_KEY azureSpeechKey AZURE_KEY ARM_ACCESS_KEY'],
  ['keys of a vendor', 'STRIPE_KEY SENDGRID_KEY ANTHROPIC_KEY NR_INSIGHTS_KEY COSMOS_KEY DEEPL_KEY'],
  ['keys of a session', 'COOKIE_HASH_KEY COOKIE_BLOCK_KEY CSRF_KEY GANGWAY_SESSION_SECURITY_KEY JWT_KEY NONCE_KEY'],
  ['the one salt', 'APPSMITH_ENCRYPTION_SALT HASHIDS_SALT REFRESH_TOKEN_HASH_SALT NONCE_SALT DEVISE_PEPPER'],
  ['phrases and pins', 'WALLET_MNEMONIC SEED_PHRASE walletRecoveryPhrase PRIVATE_KEYSTORE_PIN'],
  ['two underscores', 'AIRFLOW__CORE__FERNET_KEY RADARR__AUTH__APIKEY database__connection__password'],
  ['verbs far from the noun', 'POSTGRESQL_SR_CHECK_PASSWORD HEALTH_CHECK_TOKEN REFRESH_TOKEN KEY_STORE_PASSWORD'],
];

const HARMLESS: readonly (readonly [meaning: string, names: string])[] = [
  ['another noun', 'KIS_TOKEN_CACHE_DIR PASSWORD_MIN_LENGTH PASSWORD_POLICY SECRET_PROVIDER TOKEN_LIMIT TOKEN_TTL'],
  ['an address', 'OAUTH_TOKEN_URL TOKEN_ENDPOINT KEYCLOAK_URL DATABASE_URL SECRET_MANAGER_HOST'],
  [
    'a file',
    'PASSWORD_FILE TOKEN_PATH SECRETS_PATH MINIO_ROOT_PASSWORD_FILE passwordFile GOOGLE_APPLICATION_CREDENTIALS',
  ],
  ['a command', 'DATABASE_PASSWORD_CMD'],
  [
    'a name of an object',
    'SECRET_NAME TLS_SECRET_NAME SECRET_REF secretKeyRef imagePullSecrets EXISTING_SECRET secret',
  ],
  [
    'a setting of secrets',
    'SECRETS_DIR PASSWORD_RESET_ENABLED KMS_KEY_ALIAS TOKEN_REFRESH_SECONDS SECRET_STORE SECRET_NAMESPACE BEARER_ENABLED',
  ],
  [
    'the name of a Secret by what it holds',
    'MINIO_SECRET REGISTRY_SECRET postgresSecret caSecret sshSecret kubeconfigSecret webhookCertSecret pgSecret S3_SECRET',
  ],
  ['a mechanism', 'SASL_OAUTHBEARER OAUTH_BEARER AUTH_TYPE_BEARER'],
  ["what is of Azure's and public", 'AZURE_KEY_VAULT AZURE_PUBLIC_KEY AZURE_CLIENT_KEY AZURE_TAG_KEY AZURE_KMS_KEY'],
  ['a salt beside its hash', 'SALT GRID_SALT POD_NAME_SALT PIN GPIO_PIN PAPER_AND_PEPPERS'],
  ['a phrase', 'WELCOME_PHRASE searchPhrase'],
  ['a reference to an object', 'tlsSecret existingSecret passwordSecret DB_SECRET authSecret pullSecret certSecret'],
  [
    'a key of an object',
    'existingSecretPasswordKey existingSecretKey passwordSecretKey clientSecretKey tokenSecretKey',
  ],
  [
    'an annotation',
    'nginx.ingress.kubernetes.io/auth-tls-secret any.domain/token checksum/secret checksum/private-key',
  ],
  ['a public key', 'PUBLIC_KEY SSH_PUBLIC_KEY publicApiKey publicKey PUBLISHABLE_KEY SITE_KEY'],
  ['a key of data', 'KEY key PARTITION_KEY SORT_KEY PRIMARY_KEY CACHE_KEY_PREFIX ROUTING_KEY topologyKey keys'],
  ['a key by its path', 'TLS_KEY ssl.key SSH_KEY CLIENT_KEY'],
  ['the public half of a pair', 'ACCESS_KEY ACCESS_KEY_ID AWS_ACCESS_KEY_ID MINIO_ACCESS_KEY CLIENT_ID CONSUMER_KEY'],
  ['a number of tokens', 'MAX_TOKENS num_tokens token_count server-tokens TOKENS CASSANDRA_NUM_TOKENS maxAuthTokens'],
  ['a token of text', 'tokenizer EOS_TOKEN pad_token NEXT_PAGE_TOKEN CSRF_TOKEN'],
  ['an identifier', 'ETCD_INITIAL_CLUSTER_TOKEN ETCD_DISCOVERY_TOKEN'],
  [
    'a switch',
    'ENABLE_PASSWORD_AUTH AUTH_ENABLED allowPasswordless use-token disable_auth_token REQUIRE_API_KEY usingSecretKey',
  ],
  ['a switch behind a prefix', 'MYSQL_ALLOW_EMPTY_PASSWORD CORS_ALLOW_CREDENTIALS MYSQL_RANDOM_ROOT_PASSWORD'],
  [
    'an action',
    'skip_password_check rotate-secrets RABBITMQ_UPDATE_PASSWORD forgotPassword NO_PASSWORD automountToken',
  ],
  ['a mode', 'AUTH_TYPE REDIS_AUTH PASSWORD_ENCRYPTION PASSWORD_HASH REQUEST_CREDENTIALS ETCD_AUTH_TOKEN'],
  ['another word', 'KEYBOARD MONKEY COMPASS BYPASS PASS_THROUGH PASSTHROUGH AUTHOR KEYCLOAK KEYSPACE secretary'],
  ['a directory', 'PWD OLDPWD OLD_PWD WORK_PWD'],
  ['a pass', 'PASS ONE_PASS LOW_PASS proxy_pass'],
  ['a user', 'POSTGRES_USER DB_USERNAME PASSWORD_USER'],
  ['a file of users', 'etc-passwd NSS_WRAPPER_PASSWD'],
  ['nothing', ' _ - 1 42'],
];

describe('looksSecret', () => {
  test.each(SECRETS)('knows %s', (_, names) => {
    expect(names.split(' ').filter((name) => !looksSecret(name))).toEqual([]);
  });

  test.each(HARMLESS)('knows %s for none', (_, names) => {
    expect(names.split(' ').filter(looksSecret)).toEqual([]);
  });

  test('takes nothing for a secret that is too long for a name', () => {
    expect(looksSecret(`${'A'.repeat(2_000_000)}_PASSWORD`)).toBe(false);
    expect(looksSecret(`${'a'.repeat(240)}_PASSWORD`)).toBe(true);
  });

  test('does not depend on the case style', () => {
    const known = SECRETS.concat(HARMLESS)
      .flatMap(([, names]) => names.toLowerCase().split(/[^a-z]+/))
      .filter((word) => word.length > 1);
    const word = fc.oneof(fc.constantFrom(...new Set(known)), fc.stringMatching(/^[a-z]{2,8}$/));
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 5 }), (words) => {
        const expected = looksSecret(words.join('_'));
        for (const style of STYLES) expect([style(words), looksSecret(style(words))]).toEqual([style(words), expected]);
      }),
      { numRuns: 2000 },
    );
  });
});

const STYLES: readonly ((words: readonly string[]) => string)[] = [
  (words) => words.join('_').toUpperCase(),
  (words) => words.join('-'),
  (words) => words.join('.'),
  (words) => words.join(' '),
  (words) => words.map(capitalize).join(''),
  (words) => words.map((word, index) => (index === 0 ? word : capitalize(word))).join(''),
];

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
