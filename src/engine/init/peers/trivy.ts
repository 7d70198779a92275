import type { Severity } from '../../../rule/rule.ts';
import type { Cursor } from '../../../yaml/cursor.ts';
import {
  listOf,
  type Configuration,
  type ConfigurationFile,
  type Exemption,
  type Left,
  type Peer,
} from './configuration.ts';

const SEVERITIES: Readonly<Record<string, Severity>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'info',
};
const COMMENT = /#\s*trivy:ignore:([\w-]+)(?::exp:(\d{4}-\d\d-\d\d))?/g;

/** https://trivy.dev/docs/latest/configuration/filtering/ */
export const TRIVY: Peer = {
  title: 'Trivy',
  files: ['trivy.yaml', 'trivy.yml'],
  moreFiles: ['.trivyignore', '.trivyignore.yaml', '.trivyignore.yml'],
  read(files, all): Configuration {
    const root = files.find(({ name }) => name.startsWith('trivy.'))?.root;
    const wanted = listOf(root?.at('severity')).map((severity) => severity.toLowerCase());
    const found = files.filter(({ name }) => name.startsWith('.trivyignore')).map(readIgnores);
    const ignored = found.flatMap(({ exemptions }) => exemptions);
    // What is ignored everywhere, for ever, is switched off.
    const off = new Set(
      ignored.flatMap(({ check, until }) => (check !== undefined && until === undefined ? [check] : [])),
    );
    const checks = [...all].flatMap(([name, { initial }]) => {
      const isOn = initial !== 'off' && (wanted.length === 0 || wanted.includes(initial));
      return isOn && !off.has(name) ? [{ name, severity: SEVERITIES[initial] }] : [];
    });
    return {
      checks,
      exemptions: ignored.filter(({ until }) => until !== undefined),
      left: found.flatMap(({ left }) => left),
    };
  },
  exemptionsOf({ text }) {
    const exemptions = [...text.matchAll(COMMENT)].flatMap(([, id = '', until]) => {
      const check = checkOf(id);
      return check === undefined ? [] : [{ check, until }];
    });
    return { exemptions };
  },
};

function readIgnores({ name, text, root }: ConfigurationFile): Pick<Configuration, 'exemptions' | 'left'> {
  return name === '.trivyignore' ? readIgnoreLines(text) : readIgnoreList(root);
}

/** `.trivyignore`: an id on each line, maybe with `exp:` and a day. */
function readIgnoreLines(text: string): Pick<Configuration, 'exemptions' | 'left'> {
  const exemptions = text.split('\n').flatMap((line): Exemption[] => {
    const [id = '', ...more] = line.replace(/#.*/, '').trim().split(/\s+/);
    const check = checkOf(id);
    const until = more.map((word) => /^exp:(\d{4}-\d\d-\d\d)$/.exec(word)?.[1]).find((day) => day !== undefined);
    return check === undefined ? [] : [{ check, resource: undefined, until }];
  });
  return { exemptions, left: [] };
}

function readIgnoreList(root: Cursor | undefined): Pick<Configuration, 'exemptions' | 'left'> {
  const exemptions: Exemption[] = [];
  const left: Left[] = [];
  for (const entry of root?.at('misconfigurations').items() ?? []) {
    const check = checkOf(entry.at('id').text ?? '');
    if (check === undefined) continue;
    const paths = listOf(entry.at('paths'));
    const until = /^\d{4}-\d\d-\d\d/.exec(entry.at('expired_at').text ?? '')?.[0];
    if (paths.length > 0)
      left.push({ what: `${check} in ${paths.join(', ')}`, why: 'An ignore names objects, not files.' });
    else exemptions.push({ check, resource: undefined, reason: entry.at('statement').text, until });
  }
  return { exemptions, left };
}

/** `AVD-KSV-0012`, `KSV-0012` and `KSV012` are one check; undefined for what is not about Kubernetes. */
function checkOf(id: string): string | undefined {
  const [, group, digits] = /^(?:AVD-)?(KSV|KCV)-?(\d+)$/i.exec(id) ?? [];
  return group === undefined || digits === undefined ? undefined : `${group.toUpperCase()}-${digits.padStart(4, '0')}`;
}
