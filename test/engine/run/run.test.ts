import { describe, expect, it } from 'vitest';
import { lintGroup } from '../../../src/engine/run/lint-group.ts';
import { RULES } from '../../../src/engine/registry.generated.ts';
import type { Result } from '../../../src/engine/result.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { OPTIONS_VALIDATORS } from '../../../src/policy/options-validators.generated.js';
import { validatePolicy } from '../../../src/policy/validate-policy.generated.js';
import { SourceText } from '../../../src/text/source.ts';

async function run(principles: string, files: Readonly<Record<string, string>>, namespace?: string): Promise<Result> {
  const registry = new Map(
    [...RULES].map(([id, loadRule]) => [
      id,
      async () => {
        const [{ default: rule }, validator] = await Promise.all([loadRule(), OPTIONS_VALIDATORS.get(id)?.()]);
        if (validator === undefined) throw new Error(`no validator for ${id}`);
        return { rule, validateOptions: validator.default };
      },
    ]),
  );
  const text = `version: 1\nprinciples:\n${principles.replace(/^/gm, '  ')}\n`;
  const { policy, errors } = await loadPolicy('./p.yaml', {
    registry,
    builtIns: new Map(),
    validatePolicy,
    readFile: async () => text,
  });
  if (policy === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  const inputs = Object.entries(files).map(([name, content]) => ({
    name,
    sources: [new SourceText(name, content)],
    charts: [],
  }));
  return lintGroup({
    loaded: { inputs, errors: [] },
    policy,
    namespace,
    isPartial: false,
    isPolicyWhole: true,
    allowEmpty: false,
    today: '2026-01-01',
  });
}

function placesOf({ findings }: Result): string[] {
  return findings.map(({ location, principle, rule }) => `${location.file}:${location.line} ${principle}/${rule}`);
}

const configMap = (name: string, data: string, labels = '{}'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, labels: ${labels}}\ndata: {${data}}\n---\n`;

describe('match', () => {
  const input = {
    'a.yaml':
      configMap('obs-a', 'A: 1', '{tier: web}') +
      configMap('obs-b', 'A: 1', '{tier: db}') +
      configMap('other', 'A: 1', '{tier: web}'),
  };
  const found = async (match: string): Promise<number[]> => {
    const result = await run(
      `strings:\n  title: T\n  checks: [{ rule: configmap-string-values, match: ${match} }]`,
      input,
    );
    return result.findings.map(({ location }) => location.line);
  };

  it('selects by kind, name and label, all of them together', async () => {
    expect(await found('{}')).toEqual([4, 9, 14]);
    expect(await found('{ kinds: [ConfigMap] }')).toEqual([4, 9, 14]);
    expect(await found('{ kinds: [Secret] }')).toEqual([]);
    expect(await found('{ names: ["obs-*"] }')).toEqual([4, 9]);
    expect(await found('{ labels: { tier: web } }')).toEqual([4, 14]);
    expect(await found('{ labels: { tier: w*, none: "*" } }')).toEqual([]);
    expect(await found('{ names: ["obs-*"], labels: { tier: web } }')).toEqual([4]);
  });

  it('selects containers by name, and Secrets by the name that comes out', async () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - {name: app, image: a}\n    - {name: proxy, image: b}\n---\n';
    const sealed =
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: sealed}\nspec: {encryptedData: {A: x}, template: {metadata: {name: db}}}\n';
    const result = await run(
      'probes:\n  title: T\n  checks: [{ rule: probe-required, match: { containers: [app] }, with: { probes: [liveness] } }]\n' +
        'keys:\n  title: T\n  checks: [{ rule: secret-no-config-keys, match: { names: [db] }, with: { keys: [A] } }]',
      { 'a.yaml': pod + sealed },
    );
    expect(placesOf(result)).toEqual(['a.yaml:6 probes/probe-required', 'a.yaml:12 keys/secret-no-config-keys']);
  });

  it('makes a principle without subjects not applicable', async () => {
    const { principles } = await run(
      'none:\n  title: T\n  checks: [{ rule: configmap-string-values, match: { names: [nobody] } }]\n' +
        'some:\n  title: T\n  checks: [{ rule: configmap-string-values, match: { names: [nobody] } }, { rule: configmap-no-secret-values }]',
      { 'a.yaml': configMap('a', 'A: x') },
    );
    expect(principles.map(({ id, status }) => `${id} ${status}`)).toEqual(['none not-applicable', 'some passed']);
  });
});

describe('several files', () => {
  const keys = 'keys:\n  title: T\n  checks: [{ rule: configmap-required-keys, with: { keys: [A, B] } }]';

  it('stand together when no object is in two of them', async () => {
    expect(placesOf(await run(keys, { 'a.yaml': configMap('a', 'A: x'), 'b.yaml': configMap('b', 'B: x') }))).toEqual(
      [],
    );
  });

  it('stand apart when they define the same objects, each with what all share', async () => {
    const files = {
      'common.yaml': configMap('common', 'B: x'),
      'dev.yaml': configMap('app', 'A: x'),
      'prod.yaml': configMap('app', 'C: x'),
    };
    const { findings } = await run(keys, files);
    expect(findings.map(({ location, message }) => `${location.file} ${message}`)).toEqual([
      'common.yaml ConfigMap common has no key A.',
    ]);
  });

  it('resolve names within their own file first', async () => {
    const pod = (name: string): string =>
      `${configMap('app', name === 'dev' ? 'A: x' : 'B: x')}apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: c\n      image: i\n      env: [{name: X, valueFrom: {configMapKeyRef: {name: app, key: A}}}]\n`;
    const result = await run('refs:\n  title: T\n  checks: [{ rule: reference-resolves }]', {
      'dev.yaml': pod('dev'),
      'prod.yaml': pod('prod'),
    });
    expect(placesOf(result)).toEqual(['prod.yaml:13 refs/reference-resolves']);
  });
});

describe('findings', () => {
  it('yield to a rule that has spoken of the same node', async () => {
    const input = { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  A: 1\n  B: 1e+06\n' };
    const rules = ['schema-valid', 'configmap-string-values', 'configmap-mangled-values'];
    const all = rules.map((rule, index) => `p${index}:\n  title: T\n  checks: [{ rule: ${rule} }]`);
    expect(placesOf(await run(all.join('\n'), input))).toEqual([
      'a.yaml:5 p1/configmap-string-values',
      'a.yaml:6 p2/configmap-mangled-values',
    ]);
    expect(placesOf(await run(all[0] ?? '', input))).toEqual(['a.yaml:5 p0/schema-valid', 'a.yaml:6 p0/schema-valid']);
  });

  it('say once that an API version was removed, whichever rules look', async () => {
    const input = {
      'a.yaml':
        'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: a}\nspec:\n  schedule: "@daily"\n' +
        '  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}\n',
    };
    const uses = ['deprecated-api', 'schema-valid'].map(
      (rule) => `${rule}:\n  title: T\n  checks: [{ rule: ${rule} }]`,
    );
    expect(placesOf(await run(uses.join('\n'), input))).toEqual(['a.yaml:1 schema-valid/schema-valid']);
    expect(placesOf(await run(uses[0] ?? '', input))).toEqual(['a.yaml:1 deprecated-api/deprecated-api']);
  });

  it('take the lesser of the severities of principle and message', async () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: i}]\n  volumes:\n    - name: v\n      hostPath: {path: /a}\n    - name: w\n      hostPath: {path: /b}\n';
    const severities = async (severity: string): Promise<string[]> => {
      const result = await run(
        `host:\n  title: T\n${severity}  checks: [{ rule: host-path-allowed, with: { paths: [/a] } }]`,
        { 'a.yaml': pod },
      );
      return result.findings.map((finding) => `${finding.messageId} ${finding.severity}`);
    };
    expect(await severities('')).toEqual(['untyped warning', 'notAllowed error']);
    expect(await severities('  severity: info\n')).toEqual(['untyped info', 'notAllowed info']);
  });

  it('keep their fingerprints when lines and list items move, and have one each', async () => {
    const pod = (extra: string): string =>
      `${extra === '' ? '' : '# moved\n'}apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n${extra}    - name: c\n      image: i\n      env: [{name: A, value: x}, {name: B, value: x}]\n`;
    const prints = async (text: string): Promise<string[]> => {
      const result = await run('literals:\n  title: T\n  checks: [{ rule: env-no-literals }]', { 'a.yaml': text });
      return result.findings.map(({ fingerprint }) => fingerprint);
    };
    const before = await prints(pod(''));
    expect(new Set(before).size).toBe(2);
    expect(await prints(pod('    - {name: first, image: j}\n'))).toEqual(before);
  });
});

describe('uses of one rule in one principle', () => {
  const deployment = (name: string, more = ''): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${more}}\ndata: {A: 1}\n---\n`;
  const input = {
    'a.yaml': deployment('web', ', namespace: prod-a') + deployment('hook', ', annotations: {helm.sh/hook: test}'),
  };

  async function severities(checks: string, namespace?: string): Promise<string[]> {
    const principle = `strings:\n  title: T\n  severity: error\n  checks: [${checks}]`;
    const { findings } = await run(principle, input, namespace);
    return findings.map(({ severity, location }) => `${location.line} ${severity}`);
  }

  it('have severities of their own', async () => {
    expect(
      await severities(
        '{ rule: configmap-string-values, match: { names: [web] } }, ' +
          '{ rule: configmap-string-values, id: hooks, severity: info, match: { names: [hook] } }',
      ),
    ).toEqual(['4 error', '9 info']);
  });

  it('say once what both find, as the graver', async () => {
    expect(
      await severities(
        '{ rule: configmap-string-values, severity: info }, ' +
          '{ rule: configmap-string-values, id: web, severity: warning, match: { names: [web] } }',
      ),
    ).toEqual(['4 warning', '9 info']);
  });

  it('select by namespace, where it is known', async () => {
    const check = '{ rule: configmap-string-values, match: { namespaces: ["prod-*"] } }';
    expect(await severities(check)).toEqual(['4 error']);
    expect(await severities(check, 'prod-b')).toEqual(['4 error', '9 error']);
    expect(await severities(check, 'dev')).toEqual(['4 error']);
  });

  it('leave out what "not" matches', async () => {
    const leavingOut = (not: string): Promise<string[]> =>
      severities(`{ rule: configmap-string-values, match: { not: ${not} } }`);
    expect(await leavingOut('{ annotations: { helm.sh/hook: "*" } }')).toEqual(['4 error']);
    expect(await leavingOut('{ namespaces: [prod-a] }')).toEqual(['9 error']);
    expect(await leavingOut('{ names: [web], kinds: [Secret] }')).toEqual(['4 error', '9 error']);
  });
});
