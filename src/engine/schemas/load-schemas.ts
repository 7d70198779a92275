import { relative, resolve } from 'node:path';
import { explainUnread } from '../../files/file-error.ts';
import { requireInside } from '../../files/inside.ts';
import { readFile } from '../../files/read-file.ts';
import { DefinedKinds, type CustomKinds } from '../../kube/custom-resources/custom-kinds.ts';
import { readDefinition, versionOfJsonSchema, type CustomKind } from '../../kube/custom-resources/definition.ts';
import type { Policy, SchemaSource } from '../../policy/policy.ts';
import { SourceText } from '../../text/source.ts';
import { entryOf, type Node } from '../../yaml/node.ts';
import { parseDocuments } from '../../yaml/parse.ts';
import type { RunError } from '../result.ts';
import { findSchemaFiles, type SchemaFile } from './find-schema-files.ts';
import { JsonSchemaFiles } from './json-schema-files.ts';

/** The schemas that a policy names, and what is wrong with them. */
export interface PolicySchemas {
  readonly kinds: CustomKinds;
  /** Grows when a file turns out to be wrong that is read late. */
  readonly errors: RunError[];
}

const loaded = new WeakMap<readonly SchemaSource[], Promise<PolicySchemas>>();

/** Reads the schemas of a policy, once for all that is linted with it. */
export function loadSchemas({ schemas, reach }: Policy, workingDirectory: string): Promise<PolicySchemas> {
  const known = loaded.get(schemas) ?? new Reading(workingDirectory, reach?.within).readAll(schemas);
  loaded.set(schemas, known);
  return known;
}

class Reading {
  readonly errors: RunError[] = [];
  readonly #workingDirectory: string;
  /** The folder that all files must be in; undefined for a policy that the user named. */
  readonly #within: string | undefined;
  readonly #definitions: CustomKind[] = [];
  readonly #jsonSchemas = new JsonSchemaFiles();
  readonly #files = new Map<string, SchemaFile>();
  /** By their paths: those that were read. */
  readonly #roots = new Map<string, Node | undefined>();

  constructor(workingDirectory: string, within: string | undefined) {
    this.#workingDirectory = workingDirectory;
    this.#within = within;
  }

  async readAll(schemas: readonly SchemaSource[]): Promise<PolicySchemas> {
    for (const source of schemas) {
      try {
        if (this.#within !== undefined)
          requireInside(resolve(this.#workingDirectory, baseOf(source.path)), this.#within);
      } catch (error) {
        this.#failToRead(source.path, error, source);
        continue;
      }
      const files = await findSchemaFiles(source, this.#workingDirectory);
      if (typeof files === 'string') this.#fail(`schemas: ${files}`, source);
      else for (const file of files) this.#take(file);
    }
    const defined = new DefinedKinds(this.#definitions);
    return {
      errors: this.errors,
      kinds: {
        find: (group, kind, version) => defined.find(group, kind) ?? this.#findJsonSchema(group, kind, version),
      },
    };
  }

  #take(file: SchemaFile): void {
    this.#files.set(file.path, file);
    if (JsonSchemaFiles.isNamedForKind(file.path)) {
      this.#jsonSchemas.add(file.path);
      return;
    }
    const before = this.#definitions.length;
    const errors = this.errors.length;
    for (const root of this.#read(file)) this.#define(root);
    const isEmpty = this.#definitions.length === before && this.errors.length === errors;
    if (isEmpty && file.isNamed) {
      const hint = 'name a JSON Schema after its kind, as in cert-manager.io/certificate_v1.json';
      this.#fail(
        `schemas: There is no CustomResourceDefinition in ${this.#nameOf(file)}. Correct the path, or ${hint}.`,
        file.source,
      );
    }
  }

  #define(root: Node): void {
    const items = root.kind === 'mapping' ? entryOf(root, 'items')?.value : undefined;
    if (textAt(root, 'kind')?.endsWith('List') === true && items?.kind === 'sequence') {
      for (const item of items.items) this.#define(item);
    } else if (textAt(root, 'kind') === 'CustomResourceDefinition') {
      const kind = readDefinition(root);
      if (kind !== undefined) this.#definitions.push(kind);
    }
  }

  #findJsonSchema(group: string, kind: string, version: string): CustomKind | undefined {
    const path = this.#jsonSchemas.find(group, kind, version);
    const file = path === undefined ? undefined : this.#files.get(path);
    if (path === undefined || file === undefined) return undefined;
    if (!this.#roots.has(path)) this.#roots.set(path, this.#read(file)[0]);
    const root = this.#roots.get(path);
    if (root === undefined) return undefined;
    const definition = textAt(root, 'kind') === 'CustomResourceDefinition' ? readDefinition(root) : undefined;
    if (definition !== undefined)
      return definition.group === group && definition.kind === kind ? definition : undefined;
    const versions = [versionOfJsonSchema(version, root)];
    return { group, kind, versions, isComplete: false, preservesUnknownFields: false };
  }

  #read(file: SchemaFile): Node[] {
    let text;
    try {
      text = readFile(file.path, { within: this.#within, isNamed: this.#within === undefined }).toString('utf8');
    } catch (error) {
      this.#failToRead(this.#nameOf(file), error, file.source);
      return [];
    }
    // A folder may hold much that is not a schema.
    if (!file.isNamed && !/\.json$/i.test(file.path) && !text.includes('CustomResourceDefinition')) return [];
    const source = new SourceText(this.#nameOf(file), text);
    const roots: Node[] = [];
    for (const { document, fault } of parseDocuments(source)) {
      if (fault !== undefined) {
        this.errors.push({ kind: 'config', message: `schemas: ${fault.message}`, location: source.locate(fault) });
      } else if (document.root !== undefined) roots.push(document.root);
    }
    return roots;
  }

  #nameOf({ path }: SchemaFile): string {
    return relative(this.#workingDirectory, path).replaceAll('\\', '/');
  }

  /** @throws what is a bug */
  #failToRead(name: string, error: unknown, source: SchemaSource): void {
    const unread = explainUnread(error);
    if (unread === undefined) throw error;
    this.#fail(`schemas: ${name} cannot be read: ${unread.reason}. ${unread.help}`, source);
  }

  #fail(message: string, { place }: SchemaSource): void {
    this.errors.push({ kind: 'config', message, location: place });
  }
}

/** The part of a pattern before its first wildcard. */
function baseOf(pattern: string): string {
  return pattern.split(/[\\/](?=[^\\/]*[*?[{])/, 1)[0] ?? pattern;
}

function textAt(node: Node, key: string): string | undefined {
  const value = node.kind === 'mapping' ? entryOf(node, key)?.value : undefined;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
