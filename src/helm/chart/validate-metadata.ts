import { isPrintable } from '../go/printable.ts';
import { quoteGo } from '../go/quote.ts';
import { isSpace } from '../go/unicode.ts';
import { ChartError } from './chart-error.ts';
import { isVersion } from './compatible.ts';
import type { Dependency, Metadata } from './metadata.ts';

/**
 * Cleans the texts of metadata and checks what Helm checks (`chart.Metadata.Validate`).
 * @throws ChartError `validation: …`
 */
export function validateMetadata(metadata: Metadata): void {
  for (const field of TEXTS) metadata[field] = sanitize(metadata[field]);
  metadata.sources = metadata.sources.map(sanitize);
  metadata.keywords = metadata.keywords.map(sanitize);
  const { name, version, type } = metadata;
  if (metadata.apiVersion === '') fail('chart.metadata.apiVersion is required');
  if (name === '') fail('chart.metadata.name is required');
  if (name === '.' || name === '..') fail(`chart.metadata.name ${quoteGo(name)} is not allowed`);
  if (name.includes('/')) fail(`chart.metadata.name ${quoteGo(name)} is invalid`);
  if (version === '') fail('chart.metadata.version is required');
  if (!isVersion(version)) fail(`chart.metadata.version ${quoteGo(version)} is invalid`);
  if (!['', 'application', 'library'].includes(type)) fail('chart.metadata.type must be application or library');
  for (const maintainer of metadata.maintainers) {
    if (maintainer === undefined) fail('maintainers must not contain empty or null nodes');
    maintainer.name = sanitize(maintainer.name);
    maintainer.email = sanitize(maintainer.email);
    maintainer.url = sanitize(maintainer.url);
  }
  validateDependencies(metadata.dependencies ?? []);
}

const TEXTS = ['name', 'description', 'home', 'icon', 'condition', 'tags', 'appVersion', 'kubeVersion'] as const;

function validateDependencies(dependencies: readonly (Dependency | undefined)[]): void {
  const names = new Set<string>();
  for (const dependency of dependencies) {
    if (dependency === undefined) fail('dependencies must not contain empty or null nodes');
    dependency.name = sanitize(dependency.name);
    dependency.version = sanitize(dependency.version);
    dependency.repository = sanitize(dependency.repository);
    dependency.condition = sanitize(dependency.condition);
    dependency.tags = dependency.tags.map(sanitize);
    const { name, alias } = dependency;
    if (alias !== '' && !/^[a-zA-Z0-9_-]+$/.test(alias)) {
      fail(`dependency ${quoteGo(name)} has disallowed characters in the alias`);
    }
    const key = alias === '' ? name : alias;
    if (names.has(key)) fail(`more than one dependency with name or alias ${quoteGo(key)}`);
    names.add(key);
  }
}

/** White space becomes spaces; what is not printable goes. */
function sanitize(text: string): string {
  let clean = '';
  for (const rune of text) {
    if (isSpace(rune.codePointAt(0) ?? 0)) clean += ' ';
    else if (isPrintable(rune.codePointAt(0) ?? 0)) clean += rune;
  }
  return clean;
}

function fail(message: string): never {
  throw new ChartError(`validation: ${message}`);
}
