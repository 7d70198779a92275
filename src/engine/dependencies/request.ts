import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import type { SecureContextOptions } from 'node:tls';
import { DownloadError, showUrl } from './download-error.ts';
import { proxyFor, proxyHeaders, tunnel } from './proxy.ts';

/** How long to wait, in milliseconds, and how often to try. */
export interface Patience {
  /** Without a byte. */
  readonly idle: number;
  /** For one answer. */
  readonly total: number;
  readonly attempts: number;
  /** Before the second attempt; twice as long before each further one. */
  readonly pause: number;
}

export const PATIENCE: Patience = { idle: 15_000, total: 180_000, attempts: 3, pause: 500 };

/** What is for one server alone, and goes to no other. */
export interface Trust {
  /** `https://host:port`; undefined: whatever host is asked, but never one that a redirect leads to. */
  readonly origin: string | undefined;
  readonly authorization?: string | undefined;
  readonly tls?: Pick<SecureContextOptions, 'ca' | 'cert' | 'key'> & { readonly rejectUnauthorized?: boolean };
}

export interface Download {
  readonly trust?: Trust | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly patience: Patience;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What to send, as a form. */
  readonly form?: string | undefined;
  /** Statuses, besides those of success, that are an answer when the server that was asked gives it. */
  readonly accepts?: readonly number[];
  /** Takes how many bytes have come. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const MAX_REDIRECTS = 10;
const TRANSIENT_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Reads what an address leads to.
 * @throws DownloadError
 */
export async function download(url: URL, options: Download): Promise<Answer> {
  const { attempts, pause } = options.patience;
  for (let attempt = 1; ; attempt++) {
    try {
      return await followRedirects(url, options);
    } catch (error) {
      if (!(error instanceof DownloadError && error.isTransient) || attempt >= attempts) throw error;
      await new Promise((resolve) => void setTimeout(resolve, pause * 2 ** (attempt - 1)));
    }
  }
}

async function followRedirects(first: URL, options: Download): Promise<Answer> {
  let url = first;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const isTrusted = url.origin === (options.trust?.origin ?? first.origin);
    const answer = await ask(url, isTrusted ? options.trust : undefined, options);
    const { status, headers } = answer;
    if (status >= 200 && status < 300) return answer;
    if (![301, 302, 303, 307, 308].includes(status)) {
      if (isTrusted && options.accepts?.includes(status) === true) return answer;
      throw refused(url, status, isTrusted && options.trust?.authorization !== undefined);
    }
    if (options.form !== undefined) throw refused(url, status, true);
    url = redirect(url, headers.location);
  }
  throw new DownloadError(
    `${showUrl(first)} leads to ever more addresses: ${MAX_REDIRECTS} redirects were followed.`,
    'Check the repository.',
  );
}

function redirect(from: URL, location: string | undefined): URL {
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (to === undefined || !/^https?:$/.test(to.protocol)) {
    throw new DownloadError(`${showUrl(from)} redirects to what is not an http address.`, 'Check the repository.');
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    const places = `${showUrl(from)} redirects to ${showUrl(to)}`;
    throw new DownloadError(`${places}, which is not encrypted.`, 'Check the repository.');
  }
  // A name and password in it would be of the redirecting server's choice.
  to.username = '';
  to.password = '';
  return to;
}

function refused(url: URL, status: number, hasLogin: boolean): DownloadError {
  const says = `${showUrl(url)} cannot be downloaded: the server answers with status ${status}`;
  if (status === 401 || status === 403) {
    return new DownloadError(
      `${says}${hasLogin ? ', and does not accept the login' : ''}.`,
      'Log in with helm repo add --username, or helm registry login for an OCI registry.',
    );
  }
  const help = status === 404 ? 'Check the repository.' : 'Try again later.';
  return new DownloadError(`${says}.`, help, TRANSIENT_STATUS.has(status));
}

/** Asks once. */
async function ask(url: URL, trust: Trust | undefined, options: Download): Promise<Answer> {
  const { patience, environment } = options;
  const headers: Record<string, string> = {
    'user-agent': 'chartlint',
    'accept-encoding': 'identity',
    ...options.headers,
    ...(options.form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(trust?.authorization !== undefined && { authorization: trust.authorization }),
  };
  const method = options.form === undefined ? 'GET' : 'POST';
  try {
    const proxy = proxyFor(url, environment);
    const tls = { servername: /^[\d.]+$|^\[/.test(url.hostname) ? '' : url.hostname, ...trust?.tls };
    if (url.protocol === 'https:') {
      const socket = proxy && (await tunnel(proxy, url, patience.idle));
      // Node asks an agent for the connection, if there is one.
      const way =
        socket === undefined
          ? { agent: false }
          : { createConnection: () => process.getBuiltinModule('node:tls').connect({ socket, ...tls }) };
      return await receive(
        (use) => process.getBuiltinModule('node:https').request(url, { method, headers, ...tls, ...way }, use),
        url,
        options,
      );
    }
    const direct: RequestOptions = { agent: false, method, headers };
    const through: RequestOptions | undefined = proxy && {
      ...direct,
      host: proxy.hostname,
      port: proxy.port || 80,
      path: showUrl(url) + url.search,
      headers: { ...headers, host: url.host, ...proxyHeaders(proxy) },
    };
    return await receive(
      (use) =>
        through === undefined
          ? process.getBuiltinModule('node:http').request(url, direct, use)
          : process.getBuiltinModule('node:http').request(through, use),
      url,
      options,
    );
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    throw explain(error, url);
  }
}

function receive(
  send: (use: (answer: IncomingMessage) => void) => ClientRequest,
  url: URL,
  { maxBytes, patience, onBytes, form }: Download,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // The first reason counts: what follows from ending the request does not.
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      reject(error);
      asked.destroy();
    };
    const asked = send((answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      if (Number(answer.headers['content-length'] ?? 0) > maxBytes) return fail(tooLarge(url, maxBytes));
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) return fail(tooLarge(url, maxBytes));
        chunks.push(chunk);
        onBytes?.(size);
      });
      answer.once('aborted', () => fail(cutShort(url)));
      answer.once('error', fail);
      answer.once('end', () => {
        if (!answer.complete) return fail(cutShort(url));
        clearTimeout(timer);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
      });
    });
    const timer = setTimeout(() => fail(tooSlow(url, patience.total)), patience.total);
    asked.setTimeout(patience.idle, () => fail(tooSlow(url, patience.idle)));
    asked.once('error', fail);
    asked.end(form);
  });
}

function tooLarge(url: URL, maxBytes: number): DownloadError {
  const size = `${Math.round(maxBytes / 1_000_000)} MB`;
  return new DownloadError(`${showUrl(url)} is larger than ${size}, and was not read.`, 'Check the repository.');
}

function tooSlow(url: URL, time: number): DownloadError {
  const limit = `${time / 1000} seconds`;
  return new DownloadError(`${showUrl(url)} did not answer in full within ${limit}.`, 'Try again later.', true);
}

function cutShort(url: URL): DownloadError {
  return new DownloadError(`The answer of ${showUrl(url)} ends too early.`, 'Try again later.', true);
}

function explain(error: unknown, url: URL): DownloadError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const what = `${showUrl(url)} cannot be downloaded`;
  if (/CERT|SELF_SIGNED|VERIFY|ALTNAME/.test(code)) {
    return new DownloadError(
      `${what}: its certificate is not trusted (${code}).`,
      'Name its CA in helm repo add --ca-file, or in the environment variable NODE_EXTRA_CA_CERTS.',
    );
  }
  const reasons: Readonly<Record<string, string>> = {
    ENOTFOUND: 'there is no such host',
    EAI_AGAIN: 'its host cannot be looked up',
    ECONNREFUSED: 'the connection is refused',
    ECONNRESET: 'the connection was closed',
    ETIMEDOUT: 'the host does not answer',
    EHOSTUNREACH: 'the host cannot be reached',
    ENETUNREACH: 'the network cannot be reached',
  };
  const isPermanent = code === 'ENOTFOUND' || code === 'ECONNREFUSED';
  const reason = reasons[code] ?? (code === '' ? 'the connection failed' : code);
  return new DownloadError(`${what}: ${reason}.`, 'Check the address, the network and the proxy.', !isPermanent);
}
