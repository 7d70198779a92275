import { ChartError } from '../../helm/chart/chart-error.ts';
import { isAlias } from '../../helm/chart/locked-dependencies.ts';
import { findPacked, type RemoteDependency } from '../../helm/load/dependency-cache.ts';
import { loadChart } from '../../helm/load/load-chart.ts';
import { dependencyFolders } from '../render/dependency-folders.ts';
import { keyOf, type DownloadFailures } from '../render/downloads.ts';
import type { ReleaseFlags } from '../release-choice.ts';
import { downloadFromRepository } from './chart-repository.ts';
import { DownloadError } from './download-error.ts';
import { readHelmRepositories, type HelmRepository } from './helm-repositories.ts';
import { downloadFromRegistry, OCI } from './oci-registry.ts';
import { PATIENCE, type Patience } from './request.ts';
import type { DownloadedChart, Session } from './session.ts';
import { UserError } from '../user-error.ts';
import { storePacked } from './store-packed.ts';

/** Nothing else that it could mean can come later. */
const EXACT_VERSION = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]*)?$/;

export interface BringRequest extends Pick<ReleaseFlags, 'depsFrom'> {
  readonly workingDirectory: string;
  /** Environment variables: the proxy, and where Helm's and Docker's configuration is. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly patience?: Patience | undefined;
}

/** What became of one dependency. */
export interface Brought {
  readonly wanted: RemoteDependency;
  /** What the range led to. */
  readonly version: string;
  /** Where it was downloaded from; undefined: it was there already. */
  readonly from: string | undefined;
}

/**
 * Downloads the dependencies of charts that are neither in `charts/` nor in folders, and keeps them in the user's cache
 * folder, where loading a chart finds them. What Chart.lock names and is there already is not downloaded again.
 * @param charts folders
 */
export async function bringDependencies(
  charts: readonly string[],
  request: BringRequest,
): Promise<{ readonly brought: readonly Brought[]; readonly failures: DownloadFailures }> {
  const failures = new Map<string, { message: string; help: string }>();
  const brought: Brought[] = [];
  let session: Session | undefined;
  const start = (): Session => (session ??= startSession(request));
  const wanted = new Map<string, RemoteDependency>();
  for (const chart of charts) {
    for (const each of findWanted(chart, request, (alias) => findAlias(alias, start().repositories)?.url)) {
      wanted.set(keyOf(each), each);
    }
  }
  for (const [key, each] of wanted) {
    try {
      brought.push(await bring(each, start()));
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      failures.set(key, { message: `Dependency ${each.name}: ${error.message}`, help: error.help });
    }
  }
  return { brought, failures };
}

/** @throws UserError when Helm's configuration cannot be read */
function startSession({ environment, patience = PATIENCE, onProgress = () => {} }: BringRequest): Session {
  let repositories;
  try {
    repositories = readHelmRepositories(environment);
  } catch (error) {
    if (error instanceof DownloadError) throw new UserError(`${error.message} ${error.help}`);
    throw error;
  }
  return { environment, patience, onProgress, repositories, indexes: new Map(), tokens: new Map() };
}

/** What a chart, and the charts that it takes from folders, need. What is wrong with it is said when it is used. */
function findWanted(
  chart: string,
  { workingDirectory, depsFrom }: BringRequest,
  urlOf: (alias: string) => string | undefined,
): RemoteDependency[] {
  const wanted: RemoteDependency[] = [];
  try {
    loadChart(chart, {
      workingDirectory,
      dependencyFolders: dependencyFolders({ depsFrom }, workingDirectory),
      findRemote: (each) => void wanted.push(each),
      urlOf,
    });
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
  }
  return wanted;
}

async function bring(wanted: RemoteDependency, session: Session): Promise<Brought> {
  const known = EXACT_VERSION.test(wanted.version) ? findPacked(wanted) : undefined;
  if (known !== undefined) return { wanted, version: known.version, from: undefined };
  session.onProgress(`looking for ${wanted.name} ${wanted.version}`);
  const chart = await fetchChart(wanted, session);
  storePacked(wanted, chart);
  return { wanted, version: chart.version, from: chart.from };
}

async function fetchChart(wanted: RemoteDependency, session: Session): Promise<DownloadedChart> {
  const { repository } = wanted;
  const address = isAlias(repository) ? urlOfAlias(repository, session.repositories) : repository;
  if (address.startsWith(OCI)) return downloadFromRegistry({ ...wanted, repository: address }, session);
  return downloadFromRepository(wanted, address, session);
}

/** @throws DownloadError for a name that Helm does not know */
function urlOfAlias(alias: string, repositories: readonly HelmRepository[]): string {
  const found = findAlias(alias, repositories);
  if (found !== undefined) return found.url;
  const name = aliasName(alias);
  throw new DownloadError(`Helm knows no repository ${name}.`, `Run helm repo add ${name} URL.`);
}

function findAlias(alias: string, repositories: readonly HelmRepository[]): HelmRepository | undefined {
  return repositories.find(({ name }) => name === aliasName(alias));
}

function aliasName(alias: string): string {
  return alias.replace(/^(?:@|alias:)/, '');
}
