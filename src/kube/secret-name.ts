/** A Kubernetes name has at most 253 characters; what is longer is no name. */
const LONGEST_NAME = 253;

/** An upper-case run, a lower-case run with its capital, or digits: `DBPassword2` is DB, Password, 2. */
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;
const DIGITS = /^[0-9]+$/;

/** Words that say which copy of the secret it is, or how it is written: `DB_PASSWORD_PROD`, `API_KEY_V2`. */
const TRAILING = words('prod production dev development staging stage stg qa uat test sandbox live local');
for (const word of words('primary secondary old new current previous value raw encoded')) TRAILING.add(word);
/** What may stand before a trailing number: `API_KEY_V2`, `PASSWORD_B64`, `PASSWORD_BASE64`. */
const NUMBERED = words('v b base');

/** The name asks, counts, points or publishes, wherever the word stands: `CORS_ALLOW_CREDENTIALS`, `publicApiKey`. */
const DENIALS = words('enable enabled enables disable disabled allow allowed allows require required requires');
for (const word of words('skip use uses has is automount existing public random max min maximum minimum')) DENIALS.add(word);
for (const word of words('num number count checksum total per')) DENIALS.add(word);

/** The same as the first word, or next to the noun: `rotate-secrets`, `RABBITMQ_UPDATE_PASSWORD`, `NO_PASSWORD`. */
const VERBS = words('ask accept change check clear confirm copy create delete deny encrypt enter expire expose force forgot');
for (const word of words('forward generate hide ignore include includes inject invalid invalidate keep mask missing need needs')) VERBS.add(word);
for (const word of words('no onetime empty blank without with pass persist prompt provide provides read redact reject')) VERBS.add(word);
for (const word of words('remember remove renew reset reuse revoke rotate save secure send set show store support supports')) VERBS.add(word);
for (const word of words('should update validate verify write wrong')) VERBS.add(word);
/** As a first word these are part of a name: `STORE_PASSWORD` opens a key store, `SECURE_TOKEN` is a token. */
const ONLY_NEXT_TO_NOUN = words('secure');
const ONLY_FIRST_BEFORE_TOKEN = words('store');

/** `BY_PASS`, `LOW_PASS`, `SECOND_PASS`, and nginx's `proxy_pass`, which is an address. */
const NOT_BEFORE_PASS = words('by proxy fastcgi uwsgi scgi grpc memcached one two three first second third single multi');
for (const word of words('low high band all must health checks boarding season final pre post')) NOT_BEFORE_PASS.add(word);
/** `PWD` is the shell's working directory. */
const NOT_BEFORE_PWD = words('old init work working current script base start');
/** Units of text, pages of a listing, identifiers of a cluster: etcd's initial cluster token is no credential. */
const NOT_BEFORE_TOKEN = words('bos eos pad unk sep cls mask stop start end special next prev page continue continuation');
for (const word of words('sync pagination csrf xsrf id cluster discovery cost price input output design')) NOT_BEFORE_TOKEN.add(word);

/** Nouns that only name a secret behind the right word: `API_KEY` is one, `SORT_KEY` is not; `tlsSecret` names an object. */
const BEFORE_KEY = words('api app application private secret encryption encrypt enc decryption decrypt cipher crypto crypt aes');
for (const word of words('hmac signing sign signature master shared preshared license licence auth deploy fernet unseal')) BEFORE_KEY.add(word);
for (const word of words('recovery gossip tsig rndc')) BEFORE_KEY.add(word);
const BEFORE_SECRET = words('client app application api jwt webhook session cookie shared preshared signing signature consumer');
for (const word of words('oauth hmac encryption hash access refresh master nextauth tsig otp totp rpc turn captcha recaptcha')) BEFORE_SECRET.add(word);
for (const word of words('stripe paypal mailgun mandrill pusher sparkpost crypto cron bot')) BEFORE_SECRET.add(word);
const BEFORE_TOKENS = words('api auth access bearer refresh');
/** `passwordSecretKey`, `clientSecretKey`: the key inside a Secret object. */
const NOT_BEFORE_SECRET_KEY = words('password passwd token key client user username uri url id account cluster login email cert');
