import type { Socket } from 'node:net';
import { DownloadError, showUrl } from './download-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy for an address, as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say; none for this machine itself. */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
  const read = (name: string): string => environment[name] || environment[name.toLowerCase()] || '';
  const text = read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (text === '' || isLoopback(url.hostname) || isExcepted(url, read('NO_PROXY'))) return undefined;
  const full = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(full) && /^https?:$/.test(new URL(full).protocol)) return new URL(full);
  throw new DownloadError(
    'The proxy in HTTP_PROXY or HTTPS_PROXY is not an http address.',
    'Write it as http://HOST:PORT.',
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.startsWith('127.') || host === '[::1]';
}

function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  return list.split(',').some((entry) => {
    const [, name = '', onlyPort] = /^\s*(.*?)(?::(\d+))?\s*$/.exec(entry) ?? [];
    if (name === '*') return true;
    const actual = port || (protocol === 'https:' ? '443' : '80');
    if (name === '' || (onlyPort !== undefined && onlyPort !== actual)) return false;
    const suffix = name.replace(/^\*?\.?/, '.');
    return hostname === suffix.slice(1) || hostname.endsWith(suffix);
  });
}

/** The header that a proxy with a password asks for. */
export function proxyHeaders({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}

/** Opens a way through a proxy to a host. */
export function tunnel(proxy: URL, { hostname, port }: URL, timeout: number): Promise<Socket> {
  const path = `${hostname}:${port || '443'}`;
  return new Promise((resolve, reject) => {
    const asked = process.getBuiltinModule('node:http').request({
      host: proxy.hostname,
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path,
      headers: { host: path, ...proxyHeaders(proxy) },
      timeout,
      ...(proxy.protocol === 'https:'
        ? {
            createConnection: () =>
              process.getBuiltinModule('node:tls').connect({ host: proxy.hostname, port: Number(proxy.port || 443) }),
          }
        : { agent: false }),
    });
    asked.once('connect', ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(
        new DownloadError(
          `The proxy ${showUrl(proxy)} opens no way to ${path}: it answers with status ${statusCode}.`,
          'Check HTTPS_PROXY and NO_PROXY.',
        ),
      );
    });
    asked.once('timeout', () => asked.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    asked.once('error', reject);
    asked.end();
  });
}
