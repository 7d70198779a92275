import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { explainUnread } from '../../files/file-error.ts';
import { readFile } from '../../files/read-file.ts';
import { SourceText } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { parseHelmFile } from '../../yaml/parse.ts';
import { DownloadError } from './download-error.ts';
import type { Trust } from './request.ts';

/** One entry of Helm's repositories.yaml. */
export interface HelmRepository {
  readonly name: string;
  readonly url: string;
  readonly trust: Omit<Trust, 'origin'>;
  /** Whether the login may go to other hosts that the index names. */
  readonly passesCredentials: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const MAX_BYTES = 5 * 1024 * 1024;

/** Where Helm keeps its configuration (https://helm.sh/docs/helm/helm/). */
export function helmConfigFolder(environment: Environment): string {
  const { HELM_CONFIG_HOME, XDG_CONFIG_HOME, HOME = homedir(), APPDATA } = environment;
  if (HELM_CONFIG_HOME) return HELM_CONFIG_HOME;
  if (XDG_CONFIG_HOME) return join(XDG_CONFIG_HOME, 'helm');
  if (process.platform === 'win32') return join(APPDATA ?? HOME, 'helm');
  return join(HOME, process.platform === 'darwin' ? 'Library/Preferences' : '.config', 'helm');
}

/**
 * Reads the repositories that `helm repo add` knows; none where there is no such file.
 * @throws DownloadError for a file that cannot be read
 */
export function readHelmRepositories(environment: Environment): readonly HelmRepository[] {
  const file = environment['HELM_REPOSITORY_CONFIG'] || join(helmConfigFolder(environment), 'repositories.yaml');
  const text = readText(file, true);
  if (text === undefined) return [];
  const repositories: HelmRepository[] = [];
  for (const { document, fault } of parseHelmFile(new SourceText(file, text))) {
    if (document === undefined) {
      throw new DownloadError(`${file} is not valid YAML: ${fault.message}`, 'Correct it, or remove it.');
    }
    const entries = Cursor.root(document, document.root).at('repositories').items();
    for (const entry of entries) repositories.push(readEntry(entry, dirname(file)));
  }
  return repositories;
}

function readEntry(entry: Cursor, folder: string): HelmRepository {
  const text = (key: string): string => entry.at(key).text ?? '';
  const content = (key: string): string | undefined => {
    return text(key) === '' ? undefined : readText(resolve(folder, text(key)), false);
  };
  const login = `${text('username')}:${text('password')}`;
  const ca = content('caFile');
  const cert = content('certFile');
  const key = content('keyFile');
  return {
    name: text('name'),
    url: text('url'),
    passesCredentials: entry.at('pass_credentials_all').boolean === true,
    trust: {
      authorization: login === ':' ? undefined : `Basic ${Buffer.from(login).toString('base64')}`,
      tls: {
        ...(ca !== undefined && { ca }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
        ...(entry.at('insecure_skip_tls_verify').boolean === true && { rejectUnauthorized: false }),
      },
    },
  };
}

function readText(file: string, mayBeMissing: boolean): string | undefined {
  try {
    return readFile(file, { maxBytes: MAX_BYTES }).toString('utf8');
  } catch (error) {
    if (mayBeMissing && error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const fault = explainUnread(error);
    if (fault === undefined) throw error;
    throw new DownloadError(`${file} cannot be read: ${fault.reason}.`, fault.help);
  }
}

/** Whether two addresses are the same to Helm: a slash at the end does not count. */
export function isSameUrl(a: string, b: string): boolean {
  return withoutSlash(a) === withoutSlash(b);
}

function withoutSlash(url: string): string {
  return (URL.canParse(url) ? new URL(url).href : url).replace(/\/+$/, '');
}
