import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { materialiseChart } from '../../../scripts/render-fixtures.mjs';
import type { DataFlow, TracedSetting } from '../../../src/engine/data-flow.ts';
import { flowSection } from '../../../src/report/html/flow.ts';
import { folderWith } from '../../cli/chartlint.ts';
import { runMain } from '../../cli/main-in-process.ts';

/** The pictures of a page: the summary, the ways in words, and the classes of the lines that leave the path. */
function flowsOf(html: string): { title: string; ways: string[]; off: string[] }[] {
  return html
    .split('<figure ')
    .slice(1)
    .map((figure) => figure.slice(0, figure.indexOf('</figure>')))
    .map((figure) => ({
      title: plain(/<figcaption>(.*?)<\/figcaption>/.exec(figure)?.[1] ?? ''),
      ways: [...figure.matchAll(/<li[^>]*>(.*?)<\/li>/g)].map(([, way]) => plain(way ?? '')),
      off: [...figure.matchAll(/<path class="([^"]*\boff\b[^"]*)"/g)].map(([, classes]) => classes ?? ''),
    }));
}

function plain(html: string): string {
  return html
    .replaceAll('<br>', ' ')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&#39;', "'");
}

async function htmlOf(files: Record<string, string>, args: readonly string[]): Promise<string> {
  return (await runMain([...args, '--format', 'html'], folderWith(files))).stdout;
}

async function observer(sibling: string | undefined): Promise<ReturnType<typeof flowsOf>> {
  const folder = folderWith({});
  materialiseChart(sibling, join(folder, 'observer'));
  return flowsOf((await runMain(['observer', '--format', 'html'], folder)).stdout);
}

describe('the picture of the Observer chart', () => {
  it('has every setting on the path, and the Secrets that are elsewhere', async () => {
    const flows = await observer(undefined);
    expect(flows.map(({ title }) => title)).toEqual([
      'dev 18 settings, 3 Secrets · ✓ all on the path',
      'prod 18 settings, 3 Secrets · ✓ all on the path',
    ]);
    expect(flows[1]?.off).toEqual([]);
    expect(flows[1]?.ways).toHaveLength(21);
    expect(flows[1]?.ways).toContain(
      'config.database.host observer/values-prod.yaml:9:5 → ConfigMap observer-config DB_HOST → Deployment/observer observer DB_HOST (envFrom[0])',
    );
    expect(flows[1]?.ways).toContain(
      'Secret obs-kis-secret (not here) all its keys → Deployment/observer observer * (envFrom[2])',
    );
  });

  it.each([
    [
      'one-way-flow--value-also-in-env',
      [
        /^config\.observer\.market .* → Deployment\/observer observer env MARKET ✗ Its values key also reaches Deployment\/observer in env MARKET without going through the ConfigMap\.$/,
      ],
      ['setting off', 'setting off', 'setting off past'],
    ],
    [
      'no-mixing--secret-over-config-map',
      [
        /^config\.database\.name .* → ConfigMap observer-config DB_NAME → Deployment\/observer observer DB_NAME \(envFrom\[0\]\) ✗ Deployment\/observer gets DB_NAME from env\[0\] instead\.$/,
      ],
      ['setting off', 'setting off'],
    ],
    [
      'one-way-flow--literal-in-config-map',
      [
        /^written in the template at observer\/templates\/configmap.yaml:13:3 → ConfigMap observer-config TZ → .* ✗ Its value is written in the template, not in the values\.$/,
      ],
      ['setting off', 'setting off'],
    ],
  ])('%s is off the path', async (sibling, ways, off) => {
    for (const flow of await observer(sibling)) {
      expect(flow.title).toContain(`✗ ${ways.length} not on the path`);
      // What leaves the path is first in the list.
      ways.forEach((way, index) => expect(flow.ways[index]).toMatch(way));
      expect(flow.off).toEqual(off);
    }
  });

  it('ends a way that reaches no container', async () => {
    const [flow] = await observer('one-way-flow--no-config-map');
    expect(flow?.title).toBe('dev 18 settings, 3 Secrets · ✗ 18 not on the path');
    expect(flow?.ways[0]).toMatch(
      /→ ConfigMap observer-config APP_ENV ✗ No container reads it, either from its environment or as a file\.$/,
    );
  });
});

const MANIFESTS = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { COLOUR: blue }
---
apiVersion: v1
kind: Secret
metadata: { name: plain }
stringData: { user: admin, pass: s3cr3t-value }
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: sealed }
spec: { encryptedData: { TOKEN: AgBcipher } }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: fetched }
spec: { dataFrom: [{ extract: { key: path } }], data: [{ secretKey: A, remoteRef: { key: a } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: app }
spec:
  containers:
    - name: main
      image: app:1
      envFrom:
        - configMapRef: { name: settings }
        - { secretRef: { name: sealed }, prefix: S_ }
        - secretRef: { name: fetched }
      env:
        - { name: USER, valueFrom: { secretKeyRef: { name: plain, key: user } } }
        - { name: GONE, valueFrom: { secretKeyRef: { name: plain, key: nope } } }
        - { name: MAYBE, valueFrom: { secretKeyRef: { name: elsewhere, key: k, optional: true } } }
`;

it('judges no way where no principle demands the path, and has the findings first', async () => {
  const html = await htmlOf({ 'a.yaml': MANIFESTS }, ['a.yaml']);
  expect(html).not.toMatch(/(?:on|off) the path|class="off"|class="row off"/);
  expect(html.indexOf('id="findings"')).toBeLessThan(html.indexOf('id="flow"'));
});

it('begins at the ConfigMaps and Secrets for manifests, and shows no values of Secrets', async () => {
  const html = await htmlOf({ 'a.yaml': MANIFESTS }, ['a.yaml', '--policy', 'observer']);
  expect(flowsOf(html)).toEqual([
    {
      title: 'Manifests 1 setting, 4 Secrets · ✗ 1 not on the path',
      ways: [
        'Secret plain nope → Pod/app main GONE (env[1]) ✗ Secret plain has no key nope.',
        'ConfigMap settings COLOUR → Pod/app main COLOUR (envFrom[0])',
        'Secret sealed (sealed) TOKEN → Pod/app main S_TOKEN (envFrom[1])',
        'Secret fetched (external) A → Pod/app main A (envFrom[2])',
        'Secret fetched (external) all its keys → Pod/app main * (envFrom[2])',
        'Secret plain user → Pod/app main USER (env[0])',
        'Secret elsewhere (not here) k → Pod/app main MAYBE (env[2])',
      ],
      off: ['secret off'],
    },
  ]);
  expect(html).not.toMatch(/s3cr3t-value|AgBcipher/);
  expect(html).not.toContain('<text class="heading" x="0" y="16">Values</text>');
});

it('draws nothing where there are no settings', async () => {
  expect(
    await htmlOf({ 'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n' }, ['a.yaml']),
  ).not.toContain('<svg');
});

function setting(index: number, parent: string, departures: readonly string[] = []): TracedSetting {
  const location = { file: 'c/templates/a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
  const use = { workload: 'Deployment/a', container: 'main', variable: `V${index}`, via: 'envFrom[0]', location };
  return {
    values: [{ key: `${parent}.key${index}`, file: 'c/values.yaml', line: index + 1, column: 3 }],
    configMap: { name: 'a', key: `V${index}`, location },
    containers: [use],
    departures,
  };
}

function flowWith(settings: readonly TracedSetting[]): DataFlow {
  return { chart: 'c', environment: 'dev', settings, secrets: [] };
}

describe('a picture of many settings', () => {
  it('is folded by parent key from 61 on', () => {
    const settings = Array.from({ length: 61 }, (_, index) => setting(index, `config.part${index % 3}`));
    expect(flowSection([flowWith(settings.slice(1))], true)).not.toContain('folded');
    const html = flowSection([flowWith([...settings.slice(1), setting(61, 'config.part0', ['It leaves.'])])], true);
    expect(html).toContain('Settings are folded by their parent keys.');
    // Each of three parent keys in three columns, and the one that leaves the path by itself.
    expect(html.match(/class="row"/g)).toHaveLength(9);
    expect(html.match(/class="row off"/g)).toHaveLength(3);
    expect(html).toContain('>config.part1.*</text><text class="note"');
    expect(html).toContain('>20 variables</text>');
    expect(html).toContain('✗ It leaves.');
  });

  it('stays of one size, and says what it leaves out', () => {
    const settings = Array.from({ length: 20_000 }, (_, index) => setting(index, `config.part${index}`));
    const html = flowSection([flowWith(settings)], true);
    expect(html.length).toBeLessThan(400_000);
    expect(html).toContain('19880 more groups of settings are not drawn.');
    expect(html).toContain('<p>19600 more ways: <code>chartlint trace</code> lists all.</p>');
  });

  it('is one of two dozen at most', () => {
    const html = flowSection(
      Array.from({ length: 30 }, () => flowWith([setting(1, 'config')])),
      true,
    );
    expect(html.match(/<svg /g)).toHaveLength(24);
    expect(html).toContain('6 more environments not drawn.');
  });

  it('leads to eight containers of a folded line, and says how many more there are', () => {
    const many = setting(1, 'config');
    const containers = Array.from({ length: 500 }, (_, index) => {
      return many.containers.map((use) => ({ ...use, workload: `Deployment/a${index}` }));
    });
    const html = flowSection([flowWith([{ ...many, containers: containers.flat() }])], true);
    expect(html.match(/class="row"/g)).toHaveLength(11);
    expect(html).toContain('>492 variables</text>');
    expect(html).toContain('→ 490 more places</li>');
  });
});
