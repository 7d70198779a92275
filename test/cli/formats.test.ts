import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  A: 1\n';
const POLICY = `version: 1
principles:
  strings:
    clause: "1.2"
    title: Values are strings
    checks: [{ rule: configmap-string-values }]
  both:
    title: Nothing secret, all strings
    checks: [{ rule: configmap-string-values }, { rule: configmap-no-secret-values }]
`;

const BEGINNINGS = {
  sarif: '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n',
  junit: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="chartlint" tests="2" failures="2" ',
  github: '::error file=a.yaml,line=6,endLine=6,col=6,endColumn=7,title=strings/configmap-string-values (clause 1.2)::',
  gitlab: '[\n  {\n    "description": ',
  markdown: '<!-- chartlint -->\n\n### ❌ chartlint: 2 errors in 1 file\n',
  html: '<!doctype html>\n<html lang="en">\n<head>\n',
};

describe('--format', () => {
  it.each(Object.entries(BEGINNINGS))('%s goes to standard output or to a file', async (format, beginning) => {
    const folder = folderWith({ 'chartlint.yaml': POLICY, 'a.yaml': MANIFEST });
    const { status, stdout, stderr } = await runMain(['a.yaml', '--format', format], folder);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout.slice(0, beginning.length)).toBe(beginning);
    const both = await runMain(['a.yaml', '--format', 'json', '--format', `${format}=report.out`], folder);
    expect(both.stdout).toMatch(/^\{\n {2}"version": 1,/);
    expect(readFileSync(join(folder, 'report.out'), 'utf8')).toBe(stdout);
  });

  it('sarif lists each rule of the policy once, with its principles', async () => {
    const folder = folderWith({ 'chartlint.yaml': POLICY, 'a.yaml': MANIFEST });
    const { stdout } = await runMain(['a.yaml', '--format', 'sarif'], folder);
    const { rules } = JSON.parse(stdout).runs[0].tool.driver;
    expect(rules.map(({ id, properties }: { id: string; properties: object }) => [id, properties])).toEqual([
      ['configmap-string-values', { tags: ['strings', 'clause-1.2', 'both'] }],
      ['configmap-no-secret-values', { tags: ['both'] }],
    ]);
  });

  it('shows what was found when another report cannot be written', async () => {
    const folder = folderWith({ 'chartlint.yaml': POLICY, 'a.yaml': MANIFEST });
    const args = ['a.yaml', '--format', 'sarif=missing/a.sarif', '--format', 'markdown'];
    const { status, stdout, stderr } = await runMain(args, folder);
    expect([status, stdout.slice(0, 18)]).toEqual([2, '<!-- chartlint -->']);
    expect(stderr).toMatch(/^chartlint: The output cannot be written to missing\/a\.sarif \(ENOENT\)/);
  });

  it('is named in the message when it is unknown', async () => {
    const { status, stderr } = await runMain(['--format', 'xml'], folderWith({}));
    expect(status).toBe(2);
    expect(stderr).toContain(
      'Unknown format xml. Expected one of: pretty, json, sarif, junit, github, gitlab, markdown, html.',
    );
  });
});
