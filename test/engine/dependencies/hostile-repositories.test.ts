import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createPlainServer, request as requestPlainly } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { bringDependencies } from '../../../src/engine/dependencies/bring-dependencies.ts';
import { folderWith } from '../../cli/chartlint.ts';
import { pack } from '../../helm/chart/chart-files.ts';
import { digestOf, index, packed, repository, serve, type Reply, type RunningServer } from './chart-server.ts';

const PATIENCE = { idle: 300, total: 600, attempts: 2, pause: 1 };
const DB = packed('db', '1.0.0');

beforeEach(() => {
  const cache = folderWith({});
  vi.stubEnv('XDG_CACHE_HOME', cache);
  onTestFinished(() => void vi.unstubAllEnvs());
});

/** What becomes of the dependency `db` of a repository: where it came from, or why not. */
async function bringFrom(
  address: string,
  config: Readonly<Record<string, string | boolean>> = {},
  environment: Readonly<Record<string, string>> = {},
  patience = PATIENCE,
): Promise<string> {
  const folder = folderWith({
    'app/Chart.yaml': `apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies: [{ name: db, version: 1.x, repository: "${address}" }]\n`,
    'repositories.yaml': JSON.stringify({
      repositories: config['url'] === undefined ? [] : [{ name: 'r', ...config }],
    }),
  });
  const { brought, failures } = await bringDependencies([join(folder, 'app')], {
    workingDirectory: folder,
    environment: { HELM_REPOSITORY_CONFIG: join(folder, 'repositories.yaml'), ...environment },
    patience,
  });
  const [failure] = failures.values();
  return failure === undefined ? `from ${brought[0]?.from}` : `${failure.message} ${failure.help}`;
}

function one(url = 'db.tgz', digest?: string): string {
  return index([{ name: 'db', version: '1.0.0', url, digest }]);
}

describe('a repository that lies gets a clear error', () => {
  const drip: Reply = (_, response) => {
    const timer = setInterval(() => response.write('#\n'), 20);
    response.once('close', () => clearInterval(timer));
  };
  const endless: Reply = (_, response) => {
    const block = Buffer.alloc(1 << 20, '#');
    const write = (): void => {
      while (!response.destroyed && response.write(block));
      if (!response.destroyed) response.once('drain', write);
    };
    write();
  };
  const cut: Reply = (_, response) => {
    response.writeHead(200, { 'content-length': String(DB.length) });
    response.write(DB.subarray(0, 40), () => response.destroy());
  };
  const cases: Record<string, readonly [Readonly<Record<string, Reply>>, string]> = {
    'a wrong digest': [
      { '/index.yaml': one('db.tgz', digestOf(packed('db', '9.9.9'))), '/db.tgz': DB },
      `is not what URL/index.yaml says: its digest is ${digestOf(DB)}, not ${digestOf(packed('db', '9.9.9'))}.`,
    ],
    'an index that says it is huge': [
      { '/index.yaml': (_, response) => void response.writeHead(200, { 'content-length': '9999999999' }).write('a') },
      'URL/index.yaml is larger than 60 MB',
    ],
    'an index that drips': [{ '/index.yaml': drip }, 'URL/index.yaml did not answer in full within 0.6 seconds.'],
    'no answer': [{ '/index.yaml': () => {} }, 'URL/index.yaml did not answer in full within 0.3 seconds.'],
    'an archive that is cut short': [
      { '/index.yaml': one(), '/db.tgz': cut },
      'The answer of URL/db.tgz ends too early.',
    ],
    'an archive that ends too early': [
      { '/index.yaml': one(), '/db.tgz': DB.subarray(0, DB.length - 60) },
      'URL/db.tgz is not a packed chart that can be used: unexpected EOF.',
    ],
    'an archive with ../': [
      { '/index.yaml': one(), '/db.tgz': pack({ 'db/Chart.yaml': 'a: 1\n', 'db/../../x': 'x' }) },
      'URL/db.tgz is not a packed chart that can be used: chart illegally references parent directory.',
    ],
    'a web page as an archive': [{ '/index.yaml': one(), '/db.tgz': '<html></html>' }, 'gzip: invalid header.'],
    'a web page as an index': [
      { '/index.yaml': '<html></html>\n' },
      'URL/index.yaml is not the index of a chart repository.',
    ],
    'an index that is not YAML': [{ '/index.yaml': 'a: b: c\n' }, 'URL/index.yaml is not valid YAML'],
    'an empty index': [{ '/index.yaml': '' }, 'URL/index.yaml is'],
    'no such chart': [
      { '/index.yaml': index([{ name: 'other', version: '1.0.0', url: 'x' }]) },
      'URL/index.yaml has no chart db.',
    ],
    'a chart of another name': [
      { '/index.yaml': one(), '/db.tgz': packed('evil', '1.0.0') },
      'URL/db.tgz is said to be version 1.0.0 of chart db, but is version 1.0.0 of chart evil.',
    ],
    'another version': [
      { '/index.yaml': one(), '/db.tgz': packed('db', '1.0.1') },
      'is said to be version 1.0.0 of chart db, but is version 1.0.1 of chart db.',
    ],
    'an archive in a file': [
      { '/index.yaml': one('file:///etc/passwd') },
      'gives an address for version 1.0.0 of chart db that is not an http address.',
    ],
    'no index': [{}, 'URL/index.yaml cannot be downloaded: the server answers with status 404. Check the repository.'],
    'a login that is needed': [
      { '/index.yaml': { status: 401 } },
      'the server answers with status 401. Log in with helm repo add --username',
    ],
    'a redirect to a file': [
      { '/index.yaml': { status: 302, headers: { location: 'file:///etc/passwd' } } },
      'URL/index.yaml redirects to what is not an http address.',
    ],
    'a redirect to nowhere': [{ '/index.yaml': { status: 302 } }, 'redirects to what is not an http address.'],
    'redirects in a circle': [
      { '/index.yaml': { status: 302, headers: { location: '/index.yaml' } } },
      'URL/index.yaml leads to ever more addresses: 10 redirects were followed.',
    ],
  };

  it.each(Object.entries(cases))('%s', async (_, [replies, expected]) => {
    const { url } = await serve(replies);
    expect(await bringFrom(url)).toContain(expected.replaceAll('URL', url));
  });

  it('an index without an end', async () => {
    const { url } = await serve({ '/index.yaml': endless });
    const outcome = await bringFrom(url, {}, {}, { ...PATIENCE, total: 60_000 });
    expect(outcome).toContain(`${url}/index.yaml is larger than 60 MB, and was not read.`);
  });

  it('a version range that is none, and an address that is none', async () => {
    expect(await bringFrom('ftp://example.invalid/x')).toContain(
      'is not an address that charts can be downloaded from (ftp://…)',
    );
    expect(await bringFrom('nothing')).toContain('is not an address that charts can be downloaded from.');
    expect(await bringFrom('@nobody')).toBe(
      'Dependency db: Helm knows no repository nobody. Run helm repo add nobody URL.',
    );
    expect(await bringFrom('http://127.0.0.1:1')).toContain('the connection is refused');
  });
});

it('tries again where that may help', async () => {
  let count = 0;
  const { url, visits } = await serve({
    '/index.yaml': (_, response) => void (count++ === 0 ? response.writeHead(503).end() : response.end(one())),
    '/db.tgz': DB,
  });
  expect(await bringFrom(url)).toBe(`from ${url}/db.tgz`);
  expect(visits.map(({ path }) => path)).toEqual(['/index.yaml', '/index.yaml', '/db.tgz']);
});

it.each([
  ['an absolute path', '/deep/db.tgz', '/deep/db.tgz'],
  ['a path above', '../db.tgz', '/db.tgz'],
  ['a path below', 'deep/db.tgz', '/charts/deep/db.tgz'],
])('reads addresses relative to the repository: %s', async (_, reference, path) => {
  const { url } = await serve({ '/charts/index.yaml': one(reference), [path]: DB });
  expect(await bringFrom(`${url}/charts`)).toBe(`from ${url}${path}`);
  expect(await bringFrom(`${url}/charts/`)).toBe(`from ${url}${path}`);
});

it('reads the largest of indexes, in JSON and with aliases, too', async () => {
  const json = JSON.stringify({
    apiVersion: 'v1',
    entries: { db: [{ name: 'db', version: '1.0.0', urls: ['db.tgz'] }] },
  });
  const aliases = 'apiVersion: v1\nentries:\n  a: &a\n  - { name: db, version: 1.0.0, urls: [db.tgz] }\n  db: *a\n';
  const many = index([
    ...Array.from({ length: 30_000 }, (_, number) => ({ name: `c${number}`, version: '1.0.0', url: 'x.tgz' })),
    { name: 'db', version: '1.0.0', url: 'db.tgz' },
  ]);
  for (const text of [json, aliases, many]) {
    const { url } = await serve({ '/index.yaml': text, '/db.tgz': DB });
    expect(await bringFrom(url)).toBe(`from ${url}/db.tgz`);
  }
});

describe('a login', () => {
  const LOGIN = { username: 'reader', password: 'pass-8317' };
  const HEADER = `Basic ${Buffer.from('reader:pass-8317').toString('base64')}`;

  function seenBy({ visits }: RunningServer): string[] {
    return visits.map(
      ({ path, authorization = 'nothing' }) => `${path} ${authorization === HEADER ? 'login' : authorization}`,
    );
  }

  it('goes to its own host', async () => {
    const server = await serve({ '/index.yaml': one(), '/db.tgz': DB });
    expect(await bringFrom(server.url, { url: `${server.url}/`, ...LOGIN })).toBe(`from ${server.url}/db.tgz`);
    expect(seenBy(server)).toEqual(['/index.yaml login', '/db.tgz login']);
  });

  it('may stand in the address, and is in no message', async () => {
    const server = await serve({ '/index.yaml': one(), '/db.tgz': { status: 403 } });
    const outcome = await bringFrom(server.url.replace('//', '//reader:pass-8317@'));
    expect(outcome).toContain('status 403, and does not accept the login');
    expect(outcome).not.toContain('pass-8317');
    expect(seenBy(server)).toEqual(['/index.yaml login', '/db.tgz login']);
  });

  it('is not for another repository', async () => {
    const server = await serve({ '/index.yaml': one(), '/db.tgz': DB });
    await bringFrom(server.url, { url: `${server.url}/other`, ...LOGIN });
    expect(seenBy(server)).toEqual(['/index.yaml nothing', '/db.tgz nothing']);
  });

  it('goes to no other host: not by an address in the index', async () => {
    const other = await serve({ '/db.tgz': DB });
    const server = await serve({ '/index.yaml': one(`${other.url}/db.tgz`) });
    await bringFrom(server.url, { url: server.url, ...LOGIN });
    expect(seenBy(other)).toEqual(['/db.tgz nothing']);
    await bringFrom(server.url, { url: server.url, ...LOGIN, pass_credentials_all: true });
    expect(seenBy(other)).toEqual(['/db.tgz nothing', '/db.tgz login']);
  });

  it.each(['//HOST/db.tgz', 'http://reader:stolen@HOST/db.tgz'])('not by an address such as %s', async (address) => {
    const other = await serve({ '/db.tgz': DB });
    const server = await serve({ '/index.yaml': one(address.replace('HOST', other.url.slice('http://'.length))) });
    await bringFrom(server.url, { url: server.url, ...LOGIN });
    expect(seenBy(other)).toEqual(['/db.tgz nothing']);
  });

  it.each([301, 302, 303, 307, 308])('not by a redirect with status %i', async (status) => {
    const other = await serve({ '/index.yaml': one('db.tgz'), '/db.tgz': DB });
    const server = await serve({
      '/index.yaml': { status, headers: { location: `${other.url}/index.yaml` } },
      '/db.tgz': { status, headers: { location: `${other.url}/db.tgz` } },
    });
    for (const all of [false, true]) {
      await bringFrom(server.url, { url: server.url, ...LOGIN, pass_credentials_all: all });
    }
    expect(seenBy(server)).toEqual(Array.from({ length: 2 }, () => ['/index.yaml login', '/db.tgz login']).flat());
    expect(new Set(seenBy(other))).toEqual(new Set(['/index.yaml nothing', '/db.tgz nothing']));
  });
});

it('goes through a proxy, but for hosts that need none', async () => {
  const { url } = await serve(repository([['db', '1.0.0']]));
  const asked: string[] = [];
  const proxy = createPlainServer((request, response) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization']}`);
    const target = new URL(request.url ?? '');
    requestPlainly(`${url}${target.pathname}`, (answer) => answer.pipe(response)).end();
  });
  const through = await serve({}, createPlainServer());
  proxy.listen(0, '127.0.0.1');
  await new Promise((resolve) => void proxy.once('listening', resolve));
  onTestFinished(() => void proxy.close());
  const address = `http://me:secret-4411@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  expect(await bringFrom('http://charts.test/', {}, { HTTP_PROXY: address })).toBe(
    'from http://charts.test/archives/db-1.0.0.tgz',
  );
  const login = `Basic ${Buffer.from('me:secret-4411').toString('base64')}`;
  expect(asked).toEqual([
    `http://charts.test/index.yaml ${login}`,
    `http://charts.test/archives/db-1.0.0.tgz ${login}`,
  ]);
  for (const none of ['charts.test', '.test', '*', 'a, charts.test:80']) {
    expect(await bringFrom('http://charts.test', {}, { http_proxy: address, no_proxy: none })).toMatch(
      /no such host|looked up/,
    );
  }
  expect(await bringFrom(through.url, {}, { HTTP_PROXY: 'http://127.0.0.1:1' })).toContain('status 404');
});

describe('over TLS', () => {
  const hasOpenssl = ((): boolean => {
    try {
      execFileSync('openssl', ['version'], { stdio: 'pipe' });
      return true;
    } catch {
      return false;
    }
  })();

  async function secure(replies: Readonly<Record<string, Reply>>, needsClient = false) {
    const folder = folderWith({});
    for (const name of ['server', 'client']) {
      const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:charts.test'];
      const files = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.crt`)];
      const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
      execFileSync('openssl', ['req', '-x509', ...kind, ...files, ...subject], { stdio: 'pipe' });
    }
    const read = (name: string): Buffer => readFileSync(join(folder, name));
    const client = needsClient && { requestCert: true, rejectUnauthorized: true, ca: read('client.crt') };
    const server = createServer({ key: read('server.key'), cert: read('server.crt'), ...client });
    const { url } = await serve(replies, server as unknown as Parameters<typeof serve>[1]);
    const files = {
      caFile: join(folder, 'server.crt'),
      certFile: join(folder, 'client.crt'),
      keyFile: join(folder, 'client.key'),
    };
    return { url: url.replace('http:', 'https:'), files };
  }

  it.skipIf(!hasOpenssl)('a certificate is trusted if Helm is told so', async () => {
    const { url, files } = await secure(repository([['db', '1.0.0']]));
    expect(await bringFrom(url)).toContain('its certificate is not trusted');
    expect(await bringFrom(url, { url, caFile: files.caFile })).toContain('from https://');
    expect(await bringFrom(url, { url, insecure_skip_tls_verify: true })).toContain('from https://');
    expect(await bringFrom(url, { url: `${url}/x`, insecure_skip_tls_verify: true })).toContain(
      'its certificate is not trusted',
    );
    const missing = bringFrom(url, { url, caFile: '/nonexistent/ca.crt' });
    await expect(missing).rejects.toThrow('/nonexistent/ca.crt cannot be read: it does not exist.');
  });

  it.skipIf(!hasOpenssl)('a client certificate is shown', async () => {
    const { url, files } = await secure(repository([['db', '1.0.0']]), true);
    expect(await bringFrom(url, { url, caFile: files.caFile })).toMatch(/cannot be downloaded/);
    expect(await bringFrom(url, { url, ...files })).toContain('from https://');
  });

  it.skipIf(!hasOpenssl)('nothing redirects to what is not encrypted', async () => {
    const plain = await serve({ '/index.yaml': one(), '/db.tgz': DB });
    const { url } = await secure({ '/index.yaml': { status: 302, headers: { location: `${plain.url}/index.yaml` } } });
    expect(await bringFrom(url, { url, insecure_skip_tls_verify: true })).toContain('which is not encrypted');
    expect(plain.visits).toEqual([]);
  });

  it.skipIf(!hasOpenssl)('a proxy is a tunnel', async () => {
    const { url, files } = await secure(repository([['db', '1.0.0']]));
    const tunnels: string[] = [];
    const proxy = createPlainServer();
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const target = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      for (const each of [socket, target]) each.on('error', () => {});
    });
    const { url: address } = await serve({}, proxy);
    const repositoryUrl = 'https://charts.test';
    const config = { url: repositoryUrl, caFile: files.caFile };
    expect(await bringFrom(repositoryUrl, config, { HTTPS_PROXY: address })).toContain('from https://charts.test/');
    expect(tunnels).toEqual(['charts.test:443', 'charts.test:443']);
  });
});
