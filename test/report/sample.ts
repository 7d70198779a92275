import type { Finding, LintedSource, Result } from '../../src/engine/result.ts';
import { SourceText, type Location } from '../../src/text/source.ts';
import { parseDocuments } from '../../src/yaml/parse.ts';

/** A source with the documents of it that parse. */
export function lint(file: string, text: string): LintedSource {
  const source = new SourceText(file, text);
  return { source, documents: [...parseDocuments(source)].flatMap(({ document }) => document ?? []), secretKeys: [] };
}

/** The location of the first place in a source where a text stands. */
export function locate({ source }: LintedSource, needle: string): Location {
  const start = source.text.indexOf(needle);
  if (start === -1) throw new Error(`${source.file} has no ${needle}`);
  return source.locate({ start, end: start + needle.length });
}

export function finding(location: Location, changes: Partial<Finding> = {}): Finding {
  return {
    principle: 'secret-delegation',
    clause: '2.2',
    rule: 'configmap-no-secret-keys',
    messageId: 'secretKey',
    message: 'ConfigMap app-config holds DB_PASSWORD, which belongs in a Secret.',
    help: 'Move DB_PASSWORD to a Secret.',
    severity: 'error',
    environments: [],
    chart: undefined,
    resource: { apiVersion: 'v1', kind: 'ConfigMap', name: 'app-config', namespace: undefined },
    path: ['data', 'DB_PASSWORD'],
    location,
    rendered: location,
    template: undefined,
    values: [],
    related: [],
    fingerprint: 'c0ffee',
    suppressed: undefined,
    ...changes,
  };
}

/** A result with the totals of its findings. */
export function resultOf(
  changes: Partial<Omit<Result, 'sources'>> & { sources?: readonly LintedSource[] } = {},
): Result {
  const { sources = [], findings = [], summary, ...rest } = changes;
  const counting = findings.filter(({ suppressed }) => suppressed === undefined);
  return {
    policy: { name: 'observer', file: undefined },
    policies: [{ name: 'observer', file: undefined }],
    environments: [],
    summary: summary ?? {
      errors: counting.filter(({ severity }) => severity === 'error').length,
      warnings: counting.filter(({ severity }) => severity === 'warning').length,
      infos: counting.filter(({ severity }) => severity === 'info').length,
      suppressed: findings.length - counting.length,
      resources: 1,
      files: Math.max(1, sources.length),
    },
    principles: [],
    rules: [],
    unknownKinds: [],
    errors: [],
    flows: [],
    ...rest,
    findings,
    sources: new Map(sources.map((source) => [source.source.file, source])),
  };
}
