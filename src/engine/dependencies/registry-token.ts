import { DownloadError, showUrl } from './download-error.ts';
import type { Login } from './registry-logins.ts';
import { download } from './request.ts';
import type { Session } from './session.ts';

const MAX_TOKEN_BYTES = 1_000_000;

/**
 * What a registry wants to see: a login, or the token that the server which it names gives for one
 * (https://distribution.github.io/distribution/spec/auth/token/).
 * @param challenge the header `WWW-Authenticate` of the registry itself
 * @returns the header `Authorization`; undefined where there is nothing to show
 * @throws DownloadError
 */
export async function answerChallenge(
  challenge: string,
  registry: URL,
  login: Login | undefined,
  session: Session,
): Promise<string | undefined> {
  const basic = login?.kind === 'password' ? basicOf(login) : undefined;
  if (/^basic\b/i.test(challenge)) return basic;
  const parameters = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key.toLowerCase(), value]),
  );
  const realm = parameters.get('realm') ?? '';
  if (!/^bearer\b/i.test(challenge) || !URL.canParse(realm)) {
    throw new DownloadError(
      `${showUrl(registry)} wants a login of a kind that is not known.`,
      'Download the chart with helm dependency build.',
    );
  }
  const server = new URL(realm);
  if (server.protocol !== 'https:' && !(registry.protocol === 'http:' && server.protocol === 'http:')) {
    throw new DownloadError(
      `${showUrl(registry)} sends logins to ${showUrl(server)}, which is not encrypted.`,
      'Check the registry.',
    );
  }
  const query = { service: parameters.get('service') ?? '', scope: parameters.get('scope') ?? '' };
  return `Bearer ${await fetchToken(server, query, login, session)}`;
}

function basicOf({ username, password }: Login & { kind: 'password' }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

async function fetchToken(
  server: URL,
  query: Readonly<Record<string, string>>,
  login: Login | undefined,
  session: Session,
): Promise<string> {
  const { patience, environment } = session;
  const limits = { maxBytes: MAX_TOKEN_BYTES, patience, environment };
  const url = new URL(server);
  let answer;
  if (login?.kind === 'identity') {
    const form = { ...query, grant_type: 'refresh_token', client_id: 'chartlint', refresh_token: login.token };
    answer = await download(url, { ...limits, form: new URLSearchParams(form).toString() });
  } else {
    for (const [key, value] of Object.entries(query)) if (value !== '') url.searchParams.set(key, value);
    const authorization = login && basicOf(login);
    answer = await download(url, { ...limits, trust: { origin: url.origin, authorization } });
  }
  const token = readToken(answer.body.toString('utf8'));
  if (token === undefined) {
    throw new DownloadError(`${showUrl(url)} gives no token for the registry.`, 'Check the registry.');
  }
  return token;
}

function readToken(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return undefined;
    const token = 'token' in answer ? answer.token : 'access_token' in answer ? answer.access_token : undefined;
    // What else a header cannot hold.
    return typeof token === 'string' && /^[!-~]+$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
