import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { expect, it } from 'vitest';
import { parseDocuments } from '../src/yaml/parse.ts';
import { SourceText } from '../src/text/source.ts';
import { chartlint, folderWith, ROOT } from './cli/chartlint.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map((match) => match[1] ?? '');
}

it('shows the report that its command prints', () => {
  const [shown = ''] = blocks('text');
  const [command = '', ...report] = shown.trimEnd().split('\n');
  const { stdout } = chartlint(command.replace('$ npx chartlint ', '').split(' '));
  expect(report.join('\n')).toBe(stdout.trimEnd());
});

it('names only options and commands that there are', () => {
  const commands = blocks('sh').flatMap((block) =>
    [...block.matchAll(/chartlint ([^#|>&\n]+)/g)].map((match) => match[1] ?? ''),
  );
  expect(commands.length).toBeGreaterThan(5);
  const helps = new Map<string, string>();
  for (const command of commands) {
    const [word = ''] = command.split(' ');
    const subcommand = ['baseline', 'explain', 'init', 'render', 'trace'].includes(word) ? word : 'lint';
    const help = helps.get(subcommand) ?? chartlint([subcommand, '--help']).stdout;
    helps.set(subcommand, help);
    for (const option of command.match(/--[\w-]+/g) ?? []) expect(help).toContain(option);
  }
});

it('has a workflow and a hook that work: the same as in the recipes, which are tested', () => {
  const workflow = blocks('yaml').find((block) => block.includes('jobs:')) ?? '';
  expect(validateWorkflow(workflow)).toEqual({ actionType: 'workflow', errors: [] });
  expect(readFileSync(join(ROOT, 'action.yml'), 'utf8')).toContain('\n  paths:\n');
  const hook = blocks('yaml').find((block) => block.includes('hooks:')) ?? 'none';
  expect(readFileSync(join(ROOT, 'docs/ci.md'), 'utf8')).toContain(hook);
});

it('has a policy that works', () => {
  const policy = blocks('yaml').find((block) => block.startsWith('version: 1\n')) ?? '';
  for (const { fault } of parseDocuments(new SourceText('README.md', policy), 'core')) expect(fault).toBeUndefined();
  const folder = folderWith({
    'chartlint.yaml': policy,
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  });
  const { status, stdout } = chartlint(['a.yaml'], { folder });
  expect(stdout).toMatch(/probes +4\.2 +The API answers its probes +not applicable/);
  expect(status).toBe(0);
});
