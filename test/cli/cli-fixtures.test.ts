import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chartlint, ROOT } from './chartlint.ts';

const FIXTURES = join(ROOT, 'fixtures/cli');

/** Every `.txt` of a fixture is what a terminal shows: a command, what it prints, and its exit status. */
describe.each(readdirSync(FIXTURES))('%s', (fixture) => {
  const folder = join(FIXTURES, fixture);
  const sessions = readdirSync(folder).filter((name) => name.endsWith('.txt'));

  it('shows something', () => {
    expect(sessions).not.toEqual([]);
  });

  it.each(sessions)('%s', (session) => {
    const text = readFileSync(join(folder, session), 'utf8');
    const command = /^\$ chartlint (.+)\n/.exec(text)?.[1] ?? '';
    const { status, stdout, stderr } = chartlint(command.split(' '), { folder });
    expect(`$ chartlint ${command}\n${stdout}${stderr}exit status ${status}\n`).toBe(text);
  });
});
