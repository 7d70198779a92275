import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { pack } from '../../helm/chart/chart-files.ts';

interface Visit {
  readonly path: string;
  readonly authorization: string | undefined;
}

/** What a server answers with; a function does all by itself. */
export type Reply =
  | string
  | Uint8Array
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | ((request: IncomingMessage, response: ServerResponse) => void);

export interface RunningServer {
  readonly url: string;
  readonly visits: Visit[];
  readonly replies: Map<string, Reply>;
}

/** Answers on the loopback until the test ends. */
export async function serve(
  replies: Readonly<Record<string, Reply>> = {},
  own = createServer(),
): Promise<RunningServer> {
  const visits: Visit[] = [];
  const all = new Map(Object.entries(replies));
  own.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '';
    visits.push({ path, authorization: request.headers.authorization });
    const reply = all.get(path);
    if (typeof reply === 'function') reply(request, response);
    else if (reply === undefined) response.writeHead(404).end('there is nothing');
    else if (typeof reply === 'string' || reply instanceof Uint8Array) response.end(reply);
    else response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await listen(own);
  const { port } = own.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, visits, replies: all };
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
}

/** A chart whose ConfigMap says which version it is. */
export function packed(name: string, version: string, more = ''): Uint8Array {
  return pack({
    [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: ${version}\n${more}`,
    [`${name}/values.yaml`]: 'own: default\n',
    [`${name}/templates/config.yaml`]:
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Chart.Name }} }\n' +
      'data:\n  VERSION: {{ .Chart.Version | quote }}\n  OWN: {{ .Values.own }}\n',
  });
}

export interface Entry {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly digest?: string | undefined;
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** An index.yaml as Helm writes it. */
export function index(entries: readonly Entry[]): string {
  const names = [...new Set(entries.map(({ name }) => name))].toSorted();
  const lines = names.flatMap((name) => [
    `  ${name}:`,
    ...entries
      .filter((entry) => entry.name === name)
      .flatMap(({ version, url, digest }) => [
        '  - apiVersion: v2',
        ...(digest === undefined ? [] : [`    digest: ${digest}`]),
        '    description: |',
        '      Some',
        '      text',
        `    name: ${name}`,
        '    urls:',
        `    - ${url}`,
        `    version: ${version}`,
      ]),
  ]);
  return ['apiVersion: v1', 'entries:', ...lines, 'generated: "2026-01-01T00:00:00Z"', ''].join('\n');
}

/** The replies of a repository that holds these versions. */
export function repository(charts: readonly (readonly [name: string, version: string])[]): Record<string, Reply> {
  const archives = charts.map(([name, version]) => ({ name, version, bytes: packed(name, version) }));
  const entries = archives.map(({ name, version, bytes }) => ({
    name,
    version,
    url: `archives/${name}-${version}.tgz`,
    digest: digestOf(bytes),
  }));
  return {
    '/index.yaml': index(entries),
    ...Object.fromEntries(archives.map(({ name, version, bytes }) => [`/archives/${name}-${version}.tgz`, bytes])),
  };
}
