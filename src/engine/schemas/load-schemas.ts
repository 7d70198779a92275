import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
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
export function loadSchemas({ schemas }: Policy, workingDirectory: string): Promise<PolicySchemas> {
  const known = loaded.get(schemas) ?? new Reading(workingDirectory).readAll(schemas);
  loaded.set(schemas, known);
  return known;
}

class Reading {
  readonly errors: RunError[] = [];
  readonly #workingDirectory: string;
  readonly #definitions: CustomKind[] = [];
  readonly #jsonSchemas = new JsonSchemaFiles();
  readonly #files = new Map<string, SchemaFile>();
  /** By their paths: those that were read. */
  readonly #roots = new Map<string, Node | undefined>();

  constructor(workingDirectory: string) {
    this.#workingDirectory = workingDirectory;
  }

  async readAll(schemas: readonly SchemaSource[]): Promise<PolicySchemas> {
    for (const source of schemas) {
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
      text = readFileSync(file.path, 'utf8');
    } catch (error) {
      this.#fail(
        `schemas: ${this.#nameOf(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        file.source,
      );
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

  #fail(message: string, { place }: SchemaSource): void {
    this.errors.push({ kind: 'config', message, location: place });
  }
}

function textAt(node: Node, key: string): string | undefined {
  const value = node.kind === 'mapping' ? entryOf(node, key)?.value : undefined;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
