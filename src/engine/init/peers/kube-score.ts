import type { PeerCheck } from './peer-check.ts';
import {
  annotationsOf,
  type Configuration,
  type ConfigurationFile,
  type ExemptedObject,
  type Peer,
  type TakenCheck,
} from './configuration.ts';

/**
 * kube-score has no configuration file: what it is told stands where it is run.
 * https://github.com/zegl/kube-score#configuration
 */
export const KUBE_SCORE: Peer = {
  title: 'kube-score',
  files: [],
  moreFiles: [
    '.github/workflows/*',
    '.gitlab-ci.yml',
    '.pre-commit-config.yaml',
    'Makefile',
    'Taskfile.yml',
    'justfile',
  ],
  read(files, all): Configuration {
    const flags = files.flatMap(flagsIn);
    const valuesOf = (flag: string): string[] => {
      return flags.filter(([name]) => name === flag).flatMap(([, value]) => value.split(','));
    };
    const isGiven = (flag: string): boolean => flags.some(([name, value]) => name === flag && value !== 'false');
    const ignored = new Set(valuesOf('ignore-test'));
    const enabled = new Set(valuesOf('enable-optional-test'));
    const version = valuesOf('kubernetes-version').at(-1);
    const checks = [...all].flatMap(([name, { initial }]): TakenCheck[] => {
      const isOn = initial === 'on' || enabled.has(name) || isGiven('all-default-optional');
      return isOn && !ignored.has(name) ? [withFlags(name, all, { isGiven, valuesOf })] : [];
    });
    return {
      checks,
      exemptions: [],
      kubeVersion: version?.replace(/^v/, ''),
      left: [...ignored, ...enabled]
        .filter((name) => !all.has(name))
        .map((what) => ({ what, why: 'kube-score has no test of this name.' })),
    };
  },
  exemptionsOf(object) {
    return {
      exemptions: namedIn(object, 'kube-score/ignore').map((check) => ({ check: check === '*' ? undefined : check })),
      enabled: namedIn(object, 'kube-score/enable'),
    };
  },
};

interface Flags {
  readonly isGiven: (flag: string) => boolean;
  readonly valuesOf: (flag: string) => readonly string[];
}

function withFlags(name: string, all: ReadonlyMap<string, PeerCheck>, { isGiven, valuesOf }: Flags): TakenCheck {
  if (name === 'container-resources') {
    const limits = ['cpu', 'memory'].filter((resource) => !isGiven(`ignore-container-${resource}-limit`));
    const require = ['requests.cpu', 'requests.memory', ...limits.map((resource) => `limits.${resource}`)];
    return limits.length === 2 ? { name } : { name, uses: [{ rule: 'resources-required', with: { require } }] };
  }
  const flag = {
    'deployment-replicas': 'min-replicas-deployment',
    'horizontalpodautoscaler-replicas': 'min-replicas-hpa',
  };
  const min = Number(valuesOf(Object.entries(flag).find(([check]) => check === name)?.[1] ?? '').at(-1) ?? Number.NaN);
  if (!Number.isInteger(min)) return { name };
  return { name, uses: all.get(name)?.uses.map((use) => ({ ...use, with: { ...use.with, min } })) };
}

/** The flags of each `kube-score score`, over continued lines. */
function flagsIn({ text }: ConfigurationFile): [name: string, value: string][] {
  const commands = text.replace(/\\\r?\n\s*/g, ' ').match(/kube-score(?:\s+\S+)*?\s+score\b[^\n|;&]*/g) ?? [];
  return commands.flatMap((command) => {
    return [...command.matchAll(/--([a-z][a-z-]*)(?:[= ]["']?([\w.,*-]+)["']?)?/g)].map(
      ([, name = '', value = '']): [string, string] => [name, value.startsWith('--') ? '' : value],
    );
  });
}

/** The annotation of the object and of its Pods. */
function namedIn({ root }: ExemptedObject, key: string): string[] {
  const templates = [root, root.at('spec', 'template'), root.at('spec', 'jobTemplate', 'spec', 'template')];
  const values = templates.flatMap(annotationsOf).filter(([name]) => name === key);
  return values.flatMap(([, value]) => value.split(',').map((name) => name.trim())).filter((name) => name !== '');
}
