import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint, render, UserError } from '../src/index.ts';
import { ROOT } from './cli/chartlint.ts';

/** The error of a call with options that TypeScript would refuse. */
async function refusal(call: (options: never) => Promise<unknown>, options: unknown): Promise<unknown> {
  return call(options as never).then(
    () => 'no error',
    (error: unknown) => (error instanceof UserError ? error.message : error),
  );
}

describe('the options of lint', () => {
  it.each([
    [
      { inputs: [], baseline: 'x' },
      'lint has no option baseline. Expected one of: allowEmpty, apiVersions, changedSince, config, depsFrom, env, includeCrds, inputs, kubeVersion, namespace, now, only, policy, releaseName, rules, set, setFile, setJson, setLiteral, setString, skip, stdin, stdinFilename, values, workingDirectory.',
    ],
    [{ inputs: [], polcy: 'x' }, 'lint has no option polcy. Did you mean policy?'],
    [{}, 'The option inputs of lint must be an array of strings.'],
    [{ inputs: 'x' }, 'The option inputs of lint must be an array of strings.'],
    [{ inputs: [1] }, 'The option inputs of lint must be an array of strings.'],
    [{ inputs: [], only: 'x' }, 'The option only of lint must be an array of strings.'],
    [{ inputs: [], values: 'x.yaml' }, 'The option values of lint must be an array of strings.'],
    [{ inputs: [], policy: 1 }, 'The option policy of lint must be a string or an array of strings.'],
    [{ inputs: [], policy: [] }, 'The option policy of lint must be a string or an array of strings.'],
    [{ inputs: [], allowEmpty: 1 }, 'The option allowEmpty of lint must be true or false.'],
    [{ inputs: [], now: '2026-01-01' }, 'The option now of lint must be a valid Date.'],
    [{ inputs: [], now: new Date('x') }, 'The option now of lint must be a valid Date.'],
    [{ inputs: [], stdin: new Uint8Array() }, 'The option stdin of lint must be a string.'],
    [
      { inputs: [], rules: { a: 1 } },
      'The option rules of lint must be an object of rules by their ids, each made by defineRule.',
    ],
    [undefined, 'lint takes an object of options.'],
  ])('%j are refused', async (options, message) => {
    expect(await refusal(lint, options)).toBe(message);
  });

  it('may be undefined', async () => {
    const stdin = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
    const report = await lint({ inputs: ['-'], stdin, policy: 'recommended', allowEmpty: true });
    expect(report).toMatchObject({ errors: [], policies: [{ name: 'recommended', file: null }] });
  });
});

describe('the options of render', () => {
  const chart = join(ROOT, 'fixtures/charts/observer');

  it.each([
    [{ values: 'x' }, 'The option values of render must be an array of strings.'],
    [{ stdin: 'x' }, 'The option stdin of render must be a Uint8Array.'],
    [{ noHook: true }, 'render has no option noHook. Did you mean noHooks?'],
  ])('%j are refused', async (options, message) => {
    expect(await refusal((wrong) => render(chart, wrong), options)).toBe(message);
  });

  it('are for a chart', async () => {
    expect(await refusal(render, 5)).toBe('render takes the folder or archive of a chart as a string.');
  });
});
