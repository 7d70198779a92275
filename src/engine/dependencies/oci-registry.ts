import { parseVersion, SemverError } from '../../helm/go/semver-version.ts';
import { MAX_ARCHIVE_BYTES, sha256, type RemoteDependency } from '../../helm/load/dependency-cache.ts';
import { chooseVersion } from './choose-version.ts';
import { DownloadError, showUrl } from './download-error.ts';
import { findLogin } from './registry-logins.ts';
import { answerChallenge } from './registry-token.ts';
import { download, type Answer, type Download } from './request.ts';
import { reportBytes, type DownloadedChart, type Session } from './session.ts';

export const OCI = 'oci://';

const MAX_MANIFEST_BYTES = 4_000_000;
const MAX_PAGES = 50;
/** What Helm packs a chart as; the second is from when this was an experiment (https://helm.sh/docs/topics/registries/). */
const CHART_TYPES = new Set(['application/vnd.cncf.helm.chart.content.v1.tar+gzip', 'application/tar+gzip']);
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const FULL_VERSION = /^\d+\.\d+\.\d+(?:[-+]|$)/;

/**
 * Downloads a chart from an OCI registry, checked against the digest that the registry's manifest states.
 * @throws DownloadError
 */
export async function downloadFromRegistry(wanted: RemoteDependency, session: Session): Promise<DownloadedChart> {
  const { base, path } = await openRegistry(wanted, session);
  const version = isExact(wanted.version)
    ? wanted.version
    : chooseVersion(await listVersions(base, path, session), wanted, showUrl(new URL(path, base))).version;
  // A tag cannot hold a plus.
  const tag = version.replaceAll('+', '_');
  if (!/^\w[\w.-]{0,127}$/.test(tag)) {
    throw new DownloadError(
      `Version ${version} of chart ${wanted.name} cannot be in a registry.`,
      'Write another one.',
    );
  }
  const from = `${OCI}${base.host}${path.slice('/v2'.length)}:${tag}`;
  const manifestUrl = new URL(`${path}/manifests/${tag}`, base);
  const manifest = await ask(manifestUrl, session, {
    headers: { accept: `${MANIFEST_TYPE}, application/vnd.docker.distribution.manifest.v2+json` },
    maxBytes: MAX_MANIFEST_BYTES,
  });
  const stated = manifest.headers['docker-content-digest'];
  if (typeof stated === 'string') requireDigest(manifestUrl, manifest.body, stated, 'the registry');
  const layer = findChart(manifest.body.toString('utf8'), showUrl(manifestUrl));
  const blobUrl = new URL(`${path}/blobs/${layer.digest}`, base);
  const { body: bytes } = await ask(blobUrl, session, {
    maxBytes: MAX_ARCHIVE_BYTES,
    onBytes: reportBytes(session, `${wanted.name} ${version} from ${base.host}`),
  });
  requireDigest(blobUrl, bytes, layer.digest, showUrl(manifestUrl));
  return { version: isExact(wanted.version) ? (layer.version ?? version) : version, bytes, from };
}

/** To Helm, a single version is a tag. */
function isExact(text: string): boolean {
  try {
    parseVersion(text);
    return true;
  } catch (error) {
    if (error instanceof SemverError) return false;
    throw error;
  }
}

/** Where the registry is, and the path of the chart's repository in it. */
async function openRegistry(
  { name, repository }: RemoteDependency,
  session: Session,
): Promise<{ readonly base: URL; readonly path: string }> {
  const [host = '', ...folders] = repository.slice(OCI.length).replace(/\/+$/, '').split('/');
  const isValid = /^[a-z0-9.-]+(?::\d+)?$|^\[[0-9a-f:]+\](?::\d+)?$/i.test(host);
  const path = [...folders, name].join('/');
  if (!isValid || !/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/.test(path) || path.includes('..')) {
    throw new DownloadError(
      `The repository of dependency ${name} is not the address of an OCI registry.`,
      'Write it as oci://HOST/PATH, in lower case and without the name of the chart.',
    );
  }
  const base = new URL(`https://${host === 'docker.io' ? 'registry-1.docker.io' : host}`);
  return { base: (await isPlain(base, session)) ? new URL(`http://${host}`) : base, path: `/v2/${path}` };
}

/** Whether a registry on this machine speaks plain HTTP, as those for tests do. No other may. */
async function isPlain(base: URL, { patience, environment }: Session): Promise<boolean> {
  const { hostname } = base;
  if (hostname !== 'localhost' && hostname !== '[::1]' && !hostname.startsWith('127.')) return false;
  try {
    const plain = new URL('/v2/', base.href.replace(/^https:/, 'http:'));
    const once = { ...patience, attempts: 1 };
    const { headers } = await download(plain, { maxBytes: 10_000, patience: once, environment, accepts: [401] });
    return headers['docker-distribution-api-version'] !== undefined;
  } catch (error) {
    if (error instanceof DownloadError) return false;
    throw error;
  }
}

/** The tags that are versions, as Helm sees them. */
async function listVersions(base: URL, path: string, session: Session): Promise<readonly { version: string }[]> {
  const versions: { version: string }[] = [];
  let url: URL | undefined = new URL(`${path}/tags/list?n=1000`, base);
  for (let page = 0; url !== undefined && page < MAX_PAGES; page++) {
    const { body, headers }: Answer = await ask(url, session, { maxBytes: MAX_MANIFEST_BYTES });
    for (const tag of readTags(body.toString('utf8'), showUrl(url))) {
      const version = tag.replaceAll('_', '+');
      if (FULL_VERSION.test(version)) versions.push({ version });
    }
    const [, next] = /<([^>]*)>;\s*rel="?next"?/.exec(String(headers['link'] ?? '')) ?? [];
    const following: URL | undefined =
      next !== undefined && URL.canParse(next, url.href) ? new URL(next, url) : undefined;
    url = following?.origin === base.origin ? following : undefined;
  }
  return versions;
}

function readTags(text: string, from: string): readonly string[] {
  const { tags } = readObject(text, from);
  return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : [];
}

interface ChartLayer {
  readonly digest: string;
  /** That the manifest gives the chart. */
  readonly version: string | undefined;
}

function findChart(text: string, from: string): ChartLayer {
  const { layers, annotations } = readObject(text, from);
  for (const layer of Array.isArray(layers) ? layers : []) {
    const { mediaType, digest } = fieldsOf(layer);
    if (typeof mediaType !== 'string' || !CHART_TYPES.has(mediaType)) continue;
    if (typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest)) {
      return { digest, version: versionIn(annotations) };
    }
  }
  throw new DownloadError(`${from} is not a Helm chart.`, 'Check the repository and the version.');
}

function versionIn(annotations: unknown): string | undefined {
  const version = fieldsOf(annotations)['org.opencontainers.image.version'];
  return typeof version === 'string' ? version : undefined;
}

function readObject(text: string, from: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return fieldsOf(value);
  } catch {
    // The same as JSON of another kind.
  }
  throw new DownloadError(`${from} is not what an OCI registry answers.`, 'Check the repository.');
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function requireDigest(url: URL, bytes: Uint8Array, digest: string, speaker: string): void {
  const actual = `sha256:${sha256(bytes)}`;
  if (actual === digest) return;
  throw new DownloadError(
    `${showUrl(url)} is not what ${speaker} says: its digest is ${actual}, not ${digest}.`,
    'It was changed or replaced. Do not use it before the owner of the registry has explained it.',
  );
}

/** Asks a registry, and once more with a login when it wants one. */
async function ask(
  url: URL,
  session: Session,
  options: Pick<Download, 'headers' | 'maxBytes' | 'onBytes'>,
): Promise<Answer> {
  const { patience, environment, tokens } = session;
  const key = `${url.origin}${url.pathname.replace(/\/(?:manifests|blobs|tags)\/[^/]+$/, '')}`;
  const send = (accepts: readonly number[]): Promise<Answer> => {
    const trust = { origin: url.origin, authorization: tokens.get(key) };
    return download(url, { ...options, patience, environment, trust, accepts });
  };
  const first = await send(tokens.has(key) ? [] : [401]);
  if (first.status !== 401) return first;
  const login = await findLogin(url.host, environment);
  const authorization = await answerChallenge(String(first.headers['www-authenticate'] ?? ''), url, login, session);
  if (authorization !== undefined) tokens.set(key, authorization);
  return send([]);
}
