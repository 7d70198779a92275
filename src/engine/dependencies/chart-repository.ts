import { sha256, MAX_ARCHIVE_BYTES, type RemoteDependency } from '../../helm/load/dependency-cache.ts';
import { chooseVersion } from './choose-version.ts';
import { DownloadError, showUrl } from './download-error.ts';
import { isSameUrl, type HelmRepository } from './helm-repositories.ts';
import { readIndex } from './repository-index.ts';
import { download, type Answer, type Trust } from './request.ts';
import { reportBytes, type DownloadedChart, type Session } from './session.ts';

/** The largest public ones have about 20 MB. */
const MAX_INDEX_BYTES = 60_000_000;

/**
 * Downloads a chart from a repository with an index.yaml: the highest version in the range, checked against the digest
 * that the index states.
 * @param address the repository's; not an alias
 * @throws DownloadError
 */
export async function downloadFromRepository(
  wanted: RemoteDependency,
  address: string,
  session: Session,
): Promise<DownloadedChart> {
  const base = parseRepository(address, wanted.name);
  const known = session.repositories.find(({ url }) => isSameUrl(url, address));
  const indexUrl = resolveIn(base, 'index.yaml');
  const { body } = await readIndexOnce(indexUrl, trustFor(base, known), session);
  const from = showUrl(indexUrl);
  const entry = chooseVersion(readIndex(body.toString('utf8'), wanted.name, from), wanted, from);
  const { version, digest } = entry;
  const what = `version ${version} of chart ${wanted.name}`;
  if (!URL.canParse(entry.url, base.href)) {
    throw new DownloadError(`${from} gives no valid address for ${what}.`, 'Check the repository.');
  }
  const url = resolveIn(base, entry.url);
  if (!/^https?:$/.test(url.protocol)) {
    throw new DownloadError(
      `${from} gives an address for ${what} that is not an http address.`,
      'Check the repository.',
    );
  }
  const { body: bytes } = await download(url, {
    trust: trustFor(base, known, true),
    maxBytes: MAX_ARCHIVE_BYTES,
    patience: session.patience,
    environment: session.environment,
    onBytes: reportBytes(session, `${wanted.name} ${version} from ${url.host}`),
  });
  if (digest !== '' && sha256(bytes) !== digest) {
    throw new DownloadError(
      `${showUrl(url)} is not what ${from} says: its digest is ${sha256(bytes)}, not ${digest}.`,
      'It was changed or replaced. Do not use it before the owner of the repository has explained it.',
    );
  }
  return { version, bytes, from: showUrl(url) };
}

function parseRepository(address: string, name: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  const scheme = url === undefined ? '' : ` (${url.protocol}//…)`;
  throw new DownloadError(
    `The repository of dependency ${name} is not an address that charts can be downloaded from${scheme}.`,
    'Write https://…, oci://…, file://… or @NAME, where NAME is that of helm repo add.',
  );
}

/** As Helm does: relative to the repository as a folder, with its query. */
function resolveIn(base: URL, reference: string): URL {
  const folder = new URL(base);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  folder.search = '';
  const url = new URL(reference, folder);
  if (!URL.canParse(reference)) url.search ||= base.search;
  url.username = '';
  url.password = '';
  return url;
}

/** The login of an address itself, or the one that Helm knows. */
function trustFor(base: URL, known: HelmRepository | undefined, isOfArchive = false): Trust {
  const { username, password } = base;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const own = login === ':' ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
  const authorization = own ?? known?.trust.authorization;
  const passesOn = isOfArchive && known?.passesCredentials === true;
  return { ...known?.trust, authorization, origin: passesOn ? undefined : base.origin };
}

function readIndexOnce(url: URL, trust: Trust, session: Session): Promise<Answer> {
  const known = session.indexes.get(url.href);
  if (known !== undefined) return known;
  const answer = download(url, {
    trust,
    maxBytes: MAX_INDEX_BYTES,
    patience: session.patience,
    environment: session.environment,
    onBytes: reportBytes(session, `the index of ${url.host}`),
  });
  session.indexes.set(url.href, answer);
  return answer;
}
