import { execFile, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { helmPath } from '../../../scripts/unpack-helm.mjs';
import { bringDependencies } from '../../../src/engine/dependencies/bring-dependencies.ts';
import { folderWith } from '../../cli/chartlint.ts';
import { runMain } from '../../cli/main-in-process.ts';
import { digestOf, packed, serve, type Reply, type RunningServer } from './chart-server.ts';

const helm = helmPath();
const run = promisify(execFile);
/** Debian's package docker-registry. */
const PROGRAM = '/usr/bin/docker-registry';
const hasRegistry = existsSync(PROGRAM) && helm !== undefined;

const PATIENCE = { idle: 2000, total: 5000, attempts: 1, pause: 1 };
const NAMES = ['1.2.0', '1.10.3', '2.0.0-rc.1', '2.0.0+build.5'];

beforeEach(() => {
  const cache = folderWith({});
  vi.stubEnv('XDG_CACHE_HOME', cache);
  onTestFinished(() => void vi.unstubAllEnvs());
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => void server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Runs a real registry until the test ends. @returns its host */
async function startRegistry(auth = {}): Promise<string> {
  const host = `127.0.0.1:${await freePort()}`;
  const folder = folderWith({});
  const config = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: folder } },
    http: { addr: host },
    ...auth,
  };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  const child = spawn(PROGRAM, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (answer !== undefined) return host;
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
  throw new Error('The registry does not start.');
}

/** Pushes charts with the real helm. */
async function push(host: string, versions: readonly string[], config = '/nonexistent/config.json'): Promise<void> {
  const folder = folderWith(
    Object.fromEntries(versions.map((version) => [`db-${version}.tgz`, packed('db', version)])),
  );
  const env = { PATH: process.env['PATH'], HOME: folder, HELM_REGISTRY_CONFIG: config };
  for (const version of versions) {
    await run(helm ?? '', ['push', `db-${version}.tgz`, `oci://${host}/charts`, '--plain-http'], { cwd: folder, env });
  }
}

function app(repository: string, range: string): Record<string, string> {
  return {
    'app/Chart.yaml': `apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies: [{ name: db, version: "${range}", repository: "${repository}" }]\n`,
  };
}

/** What becomes of the dependency `db`. @param config the files of Docker's configuration */
async function bringFrom(
  repository: string,
  config: Readonly<Record<string, unknown>> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = folderWith({ ...app(repository, '1.x'), 'docker/config.json': JSON.stringify(config) });
  const { brought, failures } = await bringDependencies([join(folder, 'app')], {
    workingDirectory: folder,
    environment: { HOME: folder, DOCKER_CONFIG: join(folder, 'docker'), ...environment },
    patience: PATIENCE,
  });
  const [failure] = failures.values();
  return failure === undefined
    ? `${brought[0]?.version} from ${brought[0]?.from}`
    : `${failure.message} ${failure.help}`;
}

describe.skipIf(!hasRegistry)('a real registry (skipped where the package docker-registry is not installed)', () => {
  it.each(['1.x', '^1.0.0', '>=1.0.0 <3', '1.2.0', '2.0.0-rc.1', '2.0.0+build.5', '>0.0.0-0'])(
    'gives what helm dependency build leaves: %s',
    async (range) => {
      const host = await startRegistry();
      await push(host, NAMES);
      const folder = folderWith(app(`oci://${host}/charts`, range));
      const { stdout, stderr } = await runMain(['deps', 'app'], folder, { environment: { HOME: folder } });
      expect(stderr).toBe('');
      expect(stdout).toMatch(/^db \S+ was downloaded from oci:\/\//);
      const copy = join(folderWith({}), 'copy');
      cpSync(folder, copy, { recursive: true });
      const env = { PATH: process.env['PATH'], HOME: folder };
      await run(helm ?? '', ['dependency', 'build', 'app', '--plain-http'], { cwd: copy, env });
      const there = await run(helm ?? '', ['template', 'app'], { cwd: copy, env });
      const here = await runMain(['render', 'app'], folder);
      expect(here.stdout).toContain('VERSION: ');
      expect(here.stdout).toBe(there.stdout);
    },
  );

  it('says what is not there', async () => {
    const host = await startRegistry();
    await push(host, ['3.0.0']);
    expect(await bringFrom(`oci://${host}/charts`)).toBe(
      `Dependency db: http://${host}/v2/charts/db has no version of chart db in the range 1.x. Change the range. The newest versions are 3.0.0.`,
    );
    expect(await bringFrom(`oci://${host}/other`)).toContain('the server answers with status 404');
  });

  it('asks for a token', async () => {
    const tokens = await serve({});
    const host = await startRegistry({ auth: { silly: { realm: `${tokens.url}/token`, service: 'registry' } } });
    tokens.replies.set('/token?service=registry&scope=repository%3Acharts%2Fdb%3Apull', '{"token":"abc"}');
    expect(await bringFrom(`oci://${host}/charts`)).toContain('the server answers with status 404');
    expect(tokens.visits).toEqual([
      { path: '/token?service=registry&scope=repository%3Acharts%2Fdb%3Apull', authorization: undefined },
    ]);
  });
});

/** A registry with one chart that wants a login, and gives tokens itself. */
async function fakeRegistry(
  change: Readonly<Record<string, Reply>> = {},
): Promise<RunningServer & { host: string; token: string[] }> {
  const bytes = packed('db', '1.0.0');
  const layer = {
    mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    digest: `sha256:${digestOf(bytes)}`,
    size: bytes.length,
  };
  const manifest = JSON.stringify({ schemaVersion: 2, layers: [layer] });
  const token: string[] = [];
  const server = await serve({});
  const guarded =
    (body: string | Uint8Array): Reply =>
    (request, response) => {
      if (request.headers.authorization === 'Bearer good') return void response.end(body);
      response.writeHead(401, {
        'www-authenticate': `Bearer realm="${server.url}/token",service="s",scope="repository:charts/db:pull"`,
      });
      response.end();
    };
  const replies: Record<string, Reply> = {
    '/v2/': { status: 401, headers: { 'docker-distribution-api-version': 'registry/2.0' } },
    '/v2/charts/db/tags/list?n=1000': guarded('{"tags":["1.0.0","latest"]}'),
    '/v2/charts/db/manifests/1.0.0': guarded(manifest),
    [`/v2/charts/db/blobs/${layer.digest}`]: guarded(bytes),
    '/token?service=s&scope=repository%3Acharts%2Fdb%3Apull': (request, response) => {
      token.push(request.headers.authorization ?? 'nobody');
      response.end('{"access_token":"good"}');
    },
    '/token': (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        token.push(body);
        response.end('{"token":"good"}');
      });
    },
    ...change,
  };
  for (const [path, reply] of Object.entries(replies)) server.replies.set(path, reply);
  return { ...server, host: server.url.slice('http://'.length), token };
}

describe('a registry that wants a login', () => {
  const basic = (login: string): string => Buffer.from(login).toString('base64');

  it('gets a token for nobody, for a password and for a kept identity', async () => {
    const { host, token } = await fakeRegistry();
    const repository = `oci://${host}/charts`;
    const done = `1.0.0 from oci://${host}/charts/db:1.0.0`;
    expect(await bringFrom(repository)).toBe(done);
    expect(await bringFrom(repository, { auths: { [host]: { auth: basic('me:pw:1') } } })).toBe(done);
    expect(
      await bringFrom(repository, { auths: { [`https://${host}/v2/`]: { username: 'me', password: 'two' } } }),
    ).toBe(done);
    expect(await bringFrom(repository, { auths: { 'other:5000': { auth: basic('me:pw') } } })).toBe(done);
    expect(await bringFrom(repository, { auths: { [host]: { identitytoken: 'kept' } } })).toBe(done);
    const form =
      'service=s&scope=repository%3Acharts%2Fdb%3Apull&grant_type=refresh_token&client_id=chartlint&refresh_token=kept';
    expect(token).toEqual(['nobody', `Basic ${basic('me:pw:1')}`, `Basic ${basic('me:two')}`, 'nobody', form]);
  });

  it('asks the program that keeps logins', async () => {
    const { host, token } = await fakeRegistry();
    const bin = folderWith({
      'docker-credential-test': `#!/bin/sh\nread -r host\n[ "$1 $host" = "get ${host}" ] && echo '{"Username":"me","Secret":"kept"}' || exit 1\n`,
    });
    chmodSync(join(bin, 'docker-credential-test'), 0o755);
    const environment = { PATH: `${bin}:/usr/bin:/bin` };
    const repository = `oci://${host}/charts`;
    for (const config of [{ credsStore: 'test' }, { credHelpers: { [host]: 'test' } }]) {
      expect(await bringFrom(repository, config, environment)).toContain('1.0.0 from');
    }
    expect(token).toEqual([`Basic ${basic('me:kept')}`, `Basic ${basic('me:kept')}`]);
    const missing = 'The logins of registries are kept by the program docker-credential-none, which was not found.';
    expect(await bringFrom(repository, { credsStore: 'none' }, environment)).toContain(missing);
    expect(await bringFrom(repository, { credsStore: '../x' }, environment)).toContain('which was not found');
  });

  it('is not asked again with what Helm has, and reads its file first', async () => {
    const { host, token } = await fakeRegistry();
    const folder = folderWith({ 'config.json': JSON.stringify({ auths: { [host]: { auth: basic('helm:pw') } } }) });
    const environment = { HELM_REGISTRY_CONFIG: join(folder, 'config.json') };
    await bringFrom(`oci://${host}/charts`, { auths: { [host]: { auth: basic('docker:pw') } } }, environment);
    expect(token).toEqual([`Basic ${basic('helm:pw')}`]);
    writeFileSync(join(folder, 'config.json'), '{');
    expect(await bringFrom(`oci://${host}/charts`, {}, environment)).toContain('config.json is not valid JSON.');
  });
});

describe('a registry that lies gets a clear error', () => {
  const wrong = packed('db', '6.6.6');
  const digest = `sha256:${digestOf(packed('db', '1.0.0'))}`;
  const mediaType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
  const cases: Record<string, readonly [Readonly<Record<string, Reply>>, string]> = {
    'another archive': [
      { [`/v2/charts/db/blobs/${digest}`]: wrong },
      `says: its digest is sha256:${digestOf(wrong)}, not ${digest}.`,
    ],
    'another manifest': [
      { '/v2/charts/db/manifests/1.0.0': { status: 200, headers: { 'docker-content-digest': digest }, body: '{}' } },
      'is not what the registry says',
    ],
    'an image': [
      {
        '/v2/charts/db/manifests/1.0.0': JSON.stringify({ layers: [{ mediaType: 'application/x', digest }, null, 5] }),
      },
      '/v2/charts/db/manifests/1.0.0 is not a Helm chart.',
    ],
    'a digest that is a path': [
      { '/v2/charts/db/manifests/1.0.0': JSON.stringify({ layers: [{ mediaType, digest: '../../../x' }] }) },
      'is not a Helm chart.',
    ],
    'a page': [{ '/v2/charts/db/manifests/1.0.0': '<html>' }, 'is not what an OCI registry answers.'],
    'tags that are none': [
      { '/v2/charts/db/tags/list?n=1000': '{"tags":{"a":1}}' },
      'has no version of chart db in the range 1.x.',
    ],
    'another kind of login': [
      { '/v2/charts/db/tags/list?n=1000': { status: 401, headers: { 'www-authenticate': 'Negotiate' } } },
      'wants a login of a kind that is not known.',
    ],
    'no token': [
      { '/token?service=s&scope=repository%3Acharts%2Fdb%3Apull': '{"token":"a\\r\\nb: c"}' },
      'gives no token for the registry.',
    ],
    'a token that does not help': [
      { '/token?service=s&scope=repository%3Acharts%2Fdb%3Apull': '{"token":"bad"}' },
      'the server answers with status 401, and does not accept the login.',
    ],
  };

  it.each(Object.entries(cases))('%s', async (_, [change, expected]) => {
    const { host } = await fakeRegistry(change);
    expect(await bringFrom(`oci://${host}/charts`)).toContain(expected);
  });

  it('an address that is none', async () => {
    for (const address of ['oci://', 'oci://a b/c', 'oci://host/Upper', 'oci://user:pw@host/x', 'oci://host/../x']) {
      const outcome = await bringFrom(address);
      expect(outcome, address).toContain('is not the address of an OCI registry');
      expect(outcome).not.toContain('pw');
    }
  });

  it('a login or a token goes to no other host', async () => {
    const other = await serve({});
    const evil = `Bearer realm="${other.url}/token",service="s"`;
    const { host } = await fakeRegistry({
      // What another host answers is not a question of the registry.
      '/v2/charts/db/tags/list?n=1000': { status: 302, headers: { location: `${other.url}/tags` } },
    });
    other.replies.set('/tags', { status: 401, headers: { 'www-authenticate': evil } });
    const auths = { [host]: { auth: Buffer.from('me:pw').toString('base64') } };
    expect(await bringFrom(`oci://${host}/charts`, { auths })).toContain('status 401');
    expect(other.visits).toEqual([{ path: '/tags', authorization: undefined }]);
    const bytes = packed('db', '1.0.0');
    const { host: moved } = await fakeRegistry({
      [`/v2/charts/db/blobs/${digest}`]: { status: 307, headers: { location: `${other.url}/blob` } },
    });
    other.replies.set('/blob', bytes);
    expect(await bringFrom(`oci://${moved}/charts`, { auths: { [moved]: auths[host] } })).toContain('1.0.0 from');
    expect(other.visits.at(-1)).toEqual({ path: '/blob', authorization: undefined });
  });
});
