import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { parse, parseAllDocuments } from 'yaml';
import { expect, it } from 'vitest';
import { chartlint, ROOT } from './cli/chartlint.ts';

const PAGE = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');

function blocks(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map((match) => match[1] ?? '');
}

/** The names of a mapping inside a YAML text. */
function namesIn(text: string, ...path: readonly (string | number)[]): string[] {
  let node: unknown = parse(text);
  for (const key of path) node = (node as Record<string | number, unknown>)[key];
  return Object.keys(node as object);
}

it('names only commands and options that there are', () => {
  const lines = blocks('sh').flatMap((block) => block.split('\n'));
  const commands = lines.flatMap((line) =>
    [...line.matchAll(/\bchartlint ((?!\/)[^#|]*)/g)].map((match) => match[1] ?? ''),
  );
  expect(commands.length).toBeGreaterThan(6);
  const { stdout: help } = chartlint(['--help']);
  for (const command of commands.filter((words) => !words.startsWith('-gate'))) {
    const [name = ''] = command.split(' ');
    const own = ['init', 'baseline', 'gate'].includes(name) ? chartlint([name, '--help']).stdout : help;
    for (const option of command.match(/--[\w-]+/g) ?? []) expect(own).toContain(option);
  }
  for (const name of ['init', 'baseline', 'gate']) expect(help).toContain(`chartlint ${name}`);
});

it('uses the hook, the action and the component as they are', () => {
  const [preCommit = '', github = '', gitlab = ''] = blocks('yaml');
  const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string }[];
  expect(preCommit).toContain(`id: ${hooks[0]?.id}\n`);

  const action = readFileSync(join(ROOT, 'action.yml'), 'utf8');
  const inputs = namesIn(action, 'inputs');
  expect(validateWorkflow(github)).toEqual({ actionType: 'workflow', errors: [] });
  expect(inputs).toEqual(expect.arrayContaining(namesIn(github, 'jobs', 'chartlint', 'steps', 1, 'with')));
  const [, prose = ''] = PAGE.split('## GitHub');
  for (const name of [...inputs, ...namesIn(action, 'outputs')]) expect(prose).toContain(name);

  const template = readFileSync(join(ROOT, 'templates/gitlab-ci.yml'), 'utf8');
  const [header] = parseAllDocuments(template).map((document) => document.toJS()) as [
    { spec: { inputs: Record<string, unknown> } },
  ];
  const known = Object.keys(header.spec.inputs);
  expect(known).toEqual(expect.arrayContaining(namesIn(gitlab, 'include', 0, 'inputs')));
  for (const name of known) expect(prose).toContain(name);
});
