import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SourceText } from '../src/text/source.ts';
import { parseDocuments } from '../src/yaml/parse.ts';
import { folderWith, ROOT } from './cli/chartlint.ts';
import { keepFolder, runMain } from './cli/main-in-process.ts';

const DOCS = join(ROOT, 'docs');
const PAGES = readdirSync(DOCS).filter((name) => name.endsWith('.md'));

function read(page: string): string {
  return readFileSync(join(DOCS, page), 'utf8');
}

function blocks(page: string, language: string): string[] {
  const found = read(page).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'));
  return [...found].map((match) => match[1] ?? '');
}

/** What a block's first line says that it is: `# team.yaml`. */
function fileOf(block: string): string | undefined {
  return /^# (\S+\.yaml)\n/.exec(block)?.[1];
}

describe('policies in the pages', () => {
  // Those of rule.md use its own rules, and are run below.
  const policies = PAGES.filter((page) => page !== 'rule.md').flatMap((page) => {
    const written = blocks(page, 'yaml').filter((block) => /^version: 1$/m.test(block));
    return written.map((block, index) => ({ page, index, block, file: fileOf(block) ?? 'chartlint.yaml' }));
  });

  it('are found', () => expect(policies.length).toBeGreaterThan(8));

  it.each(policies)('works: $page $index', async ({ page, block, file }) => {
    const named = policies.flatMap((other) => (other.page === page ? [[other.file, other.block]] : []));
    const folder = folderWith({ ...Object.fromEntries(named), [file]: block });
    expect(await runMain(['policy', '--config', file], folder)).toMatchObject({ status: 0, stderr: '' });
  });
});

it.each(PAGES.filter((page) => page !== 'ci.md'))('YAML in %s is YAML', (page) => {
  for (const block of blocks(page, 'yaml')) {
    for (const { fault } of parseDocuments(new SourceText(page, block))) expect(fault).toBeUndefined();
  }
});

describe('commands in the pages', () => {
  const folder = keepFolder();
  const helps = new Map<string, string>();

  async function helpOf(command: string): Promise<string> {
    const known = helps.get(command) ?? (await runMain([command, '--help'], folder)).stdout;
    helps.set(command, known);
    return known;
  }

  it.each(PAGES)('there are those that %s names', async (page) => {
    const text = read(page);
    const inline = [...text.matchAll(/`(chartlint [^`]+)`/g)].map((match) => match[1] ?? '');
    const shown = [...blocks(page, 'sh'), ...blocks(page, 'text')].flatMap((block) =>
      [...block.matchAll(/(?<![\w./-])chartlint [^#|>&\n]+/g)].map(([command]) => command),
    );
    const known = new Set([...(await helpOf('lint')).matchAll(/^ {2}chartlint (\w+)/gm)].map((match) => match[1]));
    const all = (await runMain(['--help'], folder)).stdout;
    for (const [, name = ''] of all.matchAll(/^ {2}chartlint ([a-z]+)/gm)) known.add(name);
    const wrong: string[] = [];
    for (const command of [...inline, ...shown]) {
      const [first = ''] = command.split(' ').slice(1);
      // Anything else is an input: a path, an option, or `-`.
      if (/^[a-z]+$/.test(first) && !known.has(first)) wrong.push(command);
      const help = await helpOf(known.has(first) ? first : 'lint');
      for (const [option] of command.matchAll(/(?<=\s)--?[a-z][\w-]*/g)) {
        if (!new RegExp(`(?:^|\\s)${option}(?=[,\\s])`).test(help)) wrong.push(`${command}: ${option}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  const outputs = PAGES.flatMap((page) => blocks(page, 'text'))
    .filter((block) => block.startsWith('$ npx chartlint '))
    .map((block) => ({ command: block.slice('$ npx chartlint '.length, block.indexOf('\n')), block }));

  it.each(outputs)('print what is shown: $command', async ({ command, block }) => {
    const { stdout } = await runMain(command.split(' '), ROOT);
    expect(block.slice(block.indexOf('\n') + 1).trimEnd()).toBe(stdout.trimEnd());
  });

  it('write the source map that charts.md shows', async () => {
    const map = join(folder, 'map.jsonl');
    await runMain(['render', 'fixtures/charts/observer', '--source-map', map], ROOT);
    const lines = readFileSync(map, 'utf8').split('\n');
    const shown = blocks('charts.md', 'json').flatMap((block) => block.trimEnd().split('\n'));
    expect(shown).not.toEqual([]);
    for (const line of shown) expect(lines).toContain(line);
  });
});

describe('the rules in rule.md', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'chartlint-docs-'));
    const files: Record<string, string> = {
      'package.json': '{ "type": "module" }',
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          strict: true,
          module: 'nodenext',
          target: 'es2022',
          types: ['node'],
          typeRoots: [join(ROOT, 'node_modules/@types')],
        },
        files: ['program.ts'],
      }),
      'program.ts': blocks('rule.md', 'ts').join('\n'),
      'charts/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
      'charts/app/values.yaml': '{}\n',
    };
    for (const block of blocks('rule.md', 'yaml')) {
      const file = fileOf(block);
      if (file !== undefined) files[file] = block;
    }
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    mkdirSync(join(folder, 'node_modules'));
    // As installed: the types and the library that `npm test` builds.
    symlinkSync(ROOT, join(folder, 'node_modules/chartlint'), 'dir');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('compile, and find what the page says', { timeout: 60_000 }, () => {
    const compiled = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: folder, encoding: 'utf8' });
    expect(compiled.stdout).toBe('');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['program.js'], { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const [shown = ''] = blocks('rule.md', 'text');
    expect(stdout).toBe(shown);
  });

  it('has a fixture as the built-in rule expects it', async () => {
    const fixture = blocks('rule.md', 'yaml').find((block) => block.startsWith('# with: '));
    const policy = `version: 1\nprinciples: {p: {title: P, checks: [{rule: env-no-literals, with: {allow: [TZ]}}]}}\n`;
    const files = folderWith({ 'policy.yaml': policy, 'fail.yaml': fixture ?? '' });
    const { stdout } = await runMain(['fail.yaml', '--config', 'policy.yaml', '--format', 'json'], files);
    const found = JSON.parse(stdout).findings.map(({ location }: { location: { line: number } }) => location.line);
    const expected = (fixture ?? '').split('\n').flatMap((line, at) => (line.includes('# expect: ') ? [at + 1] : []));
    expect(found).toEqual(expected);
  });
});

describe('links', () => {
  it.each(PAGES)('of %s lead somewhere', (page) => {
    const text = read(page).replace(/^```[^]*?^```$/gm, '');
    const definitions = new Map([...text.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)].map(([, name, to]) => [name, to]));
    const references = new Set([...text.matchAll(/\]\[([^\]]+)\]/g)].map((match) => match[1]));
    expect(new Set(definitions.keys())).toEqual(references);
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]);
    const all = [...targets, ...definitions.values()].flatMap((target) => target ?? []);
    expect(all.filter((target) => !leadsSomewhere(page, target))).toEqual([]);
  });
});

function leadsSomewhere(page: string, target: string): boolean {
  if (/^https?:/.test(target)) return URL.canParse(target);
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(DOCS, page) : resolve(DOCS, path);
  if (anchor === undefined) return existsSync(file);
  const headings = existsSync(file) ? readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm) : [];
  return [...headings].some(([, heading = '']) => anchorOf(heading) === anchor);
}

/** As GitHub makes them. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
