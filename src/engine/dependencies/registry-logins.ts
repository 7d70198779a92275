import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { explainUnread } from '../../files/file-error.ts';
import { readFile } from '../../files/read-file.ts';
import { DownloadError } from './download-error.ts';
import { helmConfigFolder } from './helm-repositories.ts';

/** Who asks a registry. */
export type Login =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** What `docker login` got in place of a password. */
  | { readonly kind: 'identity'; readonly token: string };

type Environment = Readonly<Record<string, string | undefined>>;
type Settings = Readonly<Record<string, unknown>>;

const MAX_BYTES = 5 * 1024 * 1024;
const HELPER_TIME = 30_000;
/** What Docker calls its own registry in its configuration. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

/**
 * The login of a registry: that of `helm registry login`, else that of `docker login`, from their files or from the
 * program that keeps it (`credsStore`, `credHelpers`).
 * @param host with its port
 * @throws DownloadError for a file that cannot be read, and a program that fails
 */
export async function findLogin(host: string, environment: Environment): Promise<Login | undefined> {
  const { HELM_REGISTRY_CONFIG, DOCKER_CONFIG, HOME = homedir() } = environment;
  const helm = HELM_REGISTRY_CONFIG || join(helmConfigFolder(environment), 'registry', 'config.json');
  const docker = join(DOCKER_CONFIG || join(HOME, '.docker'), 'config.json');
  for (const file of [helm, docker]) {
    const login = await findIn(file, host, environment);
    if (login !== undefined) return login;
  }
  return undefined;
}

async function findIn(file: string, host: string, environment: Environment): Promise<Login | undefined> {
  const settings = readSettings(file);
  const names = host === 'registry-1.docker.io' ? [DOCKER_HUB, 'docker.io', 'index.docker.io', host] : [host];
  for (const name of names) {
    const helper = textOf(objectOf(settings['credHelpers'])[name]) || textOf(settings['credsStore']);
    const login = helper === '' ? undefined : await askHelper(helper, name, environment);
    if (login !== undefined) return login;
  }
  const auths = Object.entries(objectOf(settings['auths']));
  const entry = auths.find(([key]) => names.includes(key) || names.includes(key.replace(/^https?:\/\/|\/.*$/g, '')));
  return entry && readLogin(objectOf(entry[1]));
}

function readSettings(file: string): Settings {
  let text;
  try {
    text = readFile(file, { maxBytes: MAX_BYTES }).toString('utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    const fault = explainUnread(error);
    if (fault === undefined) throw error;
    throw new DownloadError(`${file} cannot be read: ${fault.reason}.`, fault.help);
  }
  try {
    return objectOf(JSON.parse(text));
  } catch {
    throw new DownloadError(`${file} is not valid JSON.`, 'Correct it, or log in again.');
  }
}

function readLogin(entry: Settings): Login | undefined {
  const token = textOf(entry['identitytoken']);
  if (token !== '') return { kind: 'identity', token };
  const [username = '', ...rest] = Buffer.from(textOf(entry['auth']), 'base64').toString('utf8').split(':');
  if (username !== '') return { kind: 'password', username, password: rest.join(':').replace(/\0+$/, '') };
  const named = textOf(entry['username']);
  return named === '' ? undefined : { kind: 'password', username: named, password: textOf(entry['password']) };
}

/** Docker's protocol: the registry on standard input, the login as JSON on standard output. */
async function askHelper(name: string, host: string, environment: Environment): Promise<Login | undefined> {
  const program = findProgram(`docker-credential-${name}`, environment);
  const output = await new Promise<string | undefined>((resolve) => {
    const options = {
      timeout: HELPER_TIME,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_BYTES,
      env: { ...environment },
    } as const;
    const child = execFile(program, ['get'], options, (error, stdout) => resolve(error === null ? stdout : undefined));
    child.stdin?.on('error', () => {});
    child.stdin?.end(host);
  });
  // It fails where it knows no login, too.
  if (output === undefined) return undefined;
  let answer;
  try {
    answer = objectOf(JSON.parse(output));
  } catch {
    throw new DownloadError(`The program docker-credential-${name} does not answer in JSON.`, 'Log in again.');
  }
  const username = textOf(answer['Username']);
  const secret = textOf(answer['Secret']);
  if (username === '') return undefined;
  return username === '<token>'
    ? { kind: 'identity', token: secret }
    : { kind: 'password', username, password: secret };
}

/** The first one in PATH. A relative folder there could be one of the chart. */
function findProgram(name: string, environment: Environment): string {
  const folders = /^[\w.-]+$/.test(name) ? (environment['PATH'] ?? '').split(delimiter).filter(isAbsolute) : [];
  for (const folder of folders) {
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  throw new DownloadError(
    `The logins of registries are kept by the program ${name}, which was not found.`,
    'Install it, or remove credsStore and credHelpers from the configuration of Docker or Helm, and log in again.',
  );
}

function objectOf(value: unknown): Settings {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
