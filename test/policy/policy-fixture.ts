import { Ajv } from 'ajv';
import type { Location } from '../../src/text/source.ts';
import { loadPolicy, type LoadedPolicy } from '../../src/policy/load.ts';
import type { PolicyError } from '../../src/policy/policy-error.ts';
import type { PolicyDependencies } from '../../src/policy/policy-reader.ts';
import { POLICY_SCHEMA } from '../../src/policy/policy-schema.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { AJV_OPTIONS, compileOptions } from '../../src/rule/compile-options.ts';
import { defineRule, type Rule } from '../../src/rule/rule.ts';

const META = {
  why: 'It breaks otherwise.',
  help: 'Mend it.',
  references: ['https://kubernetes.io/'],
  severity: 'error',
  recommended: false,
  messages: { wrong: 'It is wrong.' },
} as const;

/** Rules that check nothing, with options of every type. */
const RULES: Readonly<Record<string, Rule>> = {
  'required-keys': defineRule({
    scope: 'configMap',
    meta: {
      ...META,
      summary: 'Require keys',
      options: {
        type: 'object',
        required: ['keys'],
        properties: {
          keys: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Keys, as globs.' },
          allow: { type: 'array', items: { type: 'string' }, default: [], description: 'Keys that may be missing.' },
          mode: { type: 'string', enum: ['all', 'any'], default: 'all' },
        },
      },
    },
    check() {},
  }),
  'probe-budget': defineRule({
    scope: 'container',
    meta: {
      ...META,
      summary: 'Require a budget',
      options: {
        type: 'object',
        properties: {
          seconds: { type: 'integer', minimum: 1, maximum: 600, default: 150 },
          exact: { type: 'boolean', default: false },
          paths: {
            type: 'object',
            additionalProperties: {
              type: 'object',
              properties: { port: { type: 'integer' }, path: { type: 'string', pattern: '^/' } },
            },
          },
        },
      },
    },
    check() {},
  }),
  'no-options': defineRule({ scope: 'workload', meta: { ...META, summary: 'Take no options' }, check() {} }),
};

const registry = new Map(
  Object.entries(RULES).map(([id, rule]) => [
    id,
    async () => ({ rule, validateOptions: compileOptions(rule.meta.options) }),
  ]),
);

const BASE = `version: 1
release: { name: base, namespace: base }
environments:
  dev: { values: [values-dev.yaml], namespace: base-dev }
externals:
  - { kind: Secret, name: base-secret }
principles:
  config-keys:
    clause: 2.10
    title: The keys are there
    rationale: |
      Nothing starts without them.
    severity: error
    checks:
      - rule: required-keys
        match: { kinds: [ConfigMap], names: [base-*] }
        with: { keys: [A, B], allow: [C] }
      - rule: no-options
  startup:
    title: It starts
    checks: [{ rule: probe-budget, with: { seconds: 100 } }]
ignore:
  - { principle: startup, resource: Deployment/base, reason: Base. }
`;

const validatePolicy = new Ajv(AJV_OPTIONS).compile(POLICY_SCHEMA);

/** Dependencies with files in memory, by their paths relative to `/repo`. */
export function dependenciesWith(files: Readonly<Record<string, string>>): PolicyDependencies {
  return {
    registry,
    builtIns: new Map([
      ['base', async () => BASE],
      ['observer', async () => 'version: 1\n'],
    ]),
    validatePolicy,
    workingDirectory: '/repo',
    readFile: async (path) => {
      const text = files[path.replace('/repo/', '')];
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      return text;
    },
  };
}

/** Loads `policy.yaml`. */
export async function load(text: string, files: Readonly<Record<string, string>> = {}): Promise<LoadedPolicy> {
  return loadPolicy('policy.yaml', dependenciesWith({ 'policy.yaml': text, ...files }));
}

/** Loads `policy.yaml`, which must be right. */
export async function loadRight(text: string, files: Readonly<Record<string, string>> = {}): Promise<Policy> {
  const { policy, errors } = await load(text, files);
  if (policy === undefined) throw new Error(errors.map(formatError).join('\n'));
  return policy;
}

/** `file:line:column message` of each error. */
export async function errorsOf(text: string, files: Readonly<Record<string, string>> = {}): Promise<string[]> {
  return (await load(text, files)).errors.map(formatError);
}

export function formatError({ message, location }: PolicyError): string {
  return location === undefined ? message : `${formatPlace(location)} ${message}`;
}

function formatPlace({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}
