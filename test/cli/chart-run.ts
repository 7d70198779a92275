import { basename } from 'node:path';
import { chartlintJson } from './chartlint.ts';

const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-{{ .Release.Namespace }}
data:
  A: {{ .Values.a }}
`;

/** The files of a chart whose ConfigMap holds what the values say, so that a number or a boolean is a finding. */
export function chart(name: string, files: Readonly<Record<string, string>> = {}): Record<string, string> {
  const all = {
    'Chart.yaml': `apiVersion: v2\nname: ${basename(name)}\nversion: 1.0.0\n`,
    'values.yaml': 'a: text\n',
    'templates/config.yaml': TEMPLATE,
    ...files,
  };
  return Object.fromEntries(Object.entries(all).map(([file, text]) => [`${name}/${file}`, text]));
}

export const OVERLAYS = { 'values-dev.yaml': 'a: 5\n', 'values.prod.yaml': 'a: true\n' };

interface ChartRun {
  readonly status: number | null;
  readonly stderr: string;
  readonly environments: readonly string[];
  readonly findings: readonly string[];
  readonly errors: readonly string[];
}

/** Lints, and says of each finding where it is, in which environments, in which object and from which values. */
export function lint(args: readonly string[], folder: string): ChartRun {
  const { status, stderr, report } = chartlintJson(args, { folder });
  return {
    status,
    stderr,
    environments: report.environments,
    findings: report.findings.map(({ location, environments, resource, values }) => {
      const from = values.map(({ key, file, line }) => `${key} ${file}:${line}`).join(', ');
      return `${location.file}:${location.line} ${environments.join('+')} ${resource?.name} < ${from}`;
    }),
    errors: report.errors.map(({ kind, message, location }) => {
      return `${kind} ${location?.file}:${location?.line}:${location?.column} ${message}`;
    }),
  };
}
