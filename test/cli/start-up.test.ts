import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, folderWith } from './chartlint.ts';

const DIST = join(ROOT, 'dist');
const MANIFEST = 'fixtures/manifests/observer/prod.yaml';

/** The files of the bundle that a command line reads, without the hashes in their names. */
function namesRead(args: readonly string[]): string[] {
  const program = `
    process.argv.splice(1, 0, 'chartlint');
    const { scripts } = require(${JSON.stringify(join(DIST, 'chartlint.cjs'))});
    process.on('exit', () => process.stderr.write(JSON.stringify([...scripts.keys()])));`;
  const { stderr } = spawnSync(process.execPath, ['-e', program, ...args], { cwd: ROOT, encoding: 'utf8' });
  const files = JSON.parse(stderr) as string[];
  return files.map((file) => file.replace(/(?:-[\w-]{8})?\.cjs$/, '')).toSorted();
}

/** A CustomResourceDefinition whose schema has one more line. */
function definition(line: string): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: as.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: as, kind: A }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          ${line}
`;
}

describe('a run reads', () => {
  it('the rules of the policy recommended in the file that all runs of lint read, and what validates workloads', () => {
    expect(namesRead([MANIFEST, '--policy', 'recommended'])).toEqual(['lint', 'main', 'validation']);
  });

  it('one file more for the rules of another built-in policy', () => {
    const names = namesRead([MANIFEST, '--policy', 'observer']);
    expect(names).toEqual(['lint', 'main', 'rules-observer', 'validation']);
    expect(namesRead([MANIFEST, '--policy', 'access'])).toEqual(['lint', 'main', 'rules-access']);
  });

  it('what checks CEL only where there is some', () => {
    const files = folderWith({
      'crd.yaml': definition(''),
      'rules.yaml': definition('x-kubernetes-validations: [{ rule: "true" }]'),
    });
    const without = namesRead([join(files, 'crd.yaml'), '--policy', 'recommended']);
    const withRules = namesRead([join(files, 'rules.yaml'), '--policy', 'recommended']);
    expect(withRules).toEqual(expect.arrayContaining([...without, 'expressions']));
    expect(without).not.toContain('expressions');
  });

  it('no rule to list all rules', () => {
    const names = namesRead(['rules', '--format', 'json']);
    expect(names.filter((name) => /^(?:rules|options)-/.test(name))).toEqual([]);
  });

  it('only what a policy file names, and its options', () => {
    const policyWith = (rule: string): string => {
      const text = `version: 1\nprinciples: { a: { title: A, checks: [{ rule: ${rule} }] } }\n`;
      return join(folderWith({ 'chartlint.yaml': text }), 'chartlint.yaml');
    };
    const builtIn = namesRead([MANIFEST, '--config', policyWith('configmap-string-values')]);
    expect(builtIn).toEqual(['lint', 'main', 'policy-file']);
    const other = namesRead([MANIFEST, '--config', policyWith('values-unused')]);
    expect(other).toEqual([...builtIn, 'options-observer', 'rules-observer'].toSorted());
  });
});
