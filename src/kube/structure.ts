import { nearMiss } from '../text/near-miss.ts';
import { entryOf, type MappingNode, type Node, type ScalarNode } from '../yaml/node.ts';
import { NEWEST_MINOR } from './api-kinds.ts';

/** What is wrong with one place of an object. Names of types and fields only, never a value. */
export interface StructureIssue {
  /** Where: the value itself, or for a missing field the object that lacks it. */
  readonly path: readonly (string | number)[];
  readonly problem: 'type' | 'required' | 'unknown' | 'enum' | 'format' | 'value';
  /** A type (`integer`, `list`), a format (`quantity`, `base64`), a range (`int32`), or the allowed values. */
  readonly expected?: string;
  /** The type that was found: `null`, `boolean`, `number`, `string`, `list` or `object`. */
  readonly found?: string;
  /** The field that is missing or unknown. */
  readonly name?: string;
  /** The known field or allowed value that was probably meant. */
  readonly suggestion?: string;
  /** The minor versions of Kubernetes that have the field, where the one asked has not. */
  readonly versions?: FieldVersions;
}

/** Since and until which minor version of Kubernetes 1 there is a field, inclusive; without a bound since or until ever. */
interface FieldVersions {
  readonly since?: number;
  readonly until?: number;
}

export interface StructureOptions {
  /**
   * Which unknown fields are issues: those that look like a mistyped known one (`typos`, the default), `all`, or none.
   * A cluster refuses all that it does not know, but a newer one may know more fields than this table.
   */
  readonly unknownFields?: 'typos' | 'all' | 'off';
  /**
   * The minor version whose fields are known. Without one it is the newest that chartlint knows, and the fields that
   * came later are accepted.
   */
  readonly minor?: number | undefined;
  /** Only what keeps an object from being decoded, not what its schema or its validation says of it. */
  readonly decodingOnly?: boolean;
}

/** The structures of the built-in kinds. */
export interface Structures {
  /**
   * The places where an object is not what the API server would decode and accept; none for a kind that is not built
   * in or has no stable version. `status` is not looked at: controllers write it.
   */
  check(apiVersion: string, kind: string, node: Node, options?: StructureOptions): StructureIssue[];
  /** Whether a kind is built in. */
  has(apiVersion: string, kind: string): boolean;
  /** Whether objects of the kind are built in and kept under a name; reviews are asked and forgotten. */
  isNamed(apiVersion: string, kind: string): boolean;
}

/**
 * Loads the structures if one of the given kinds may be built in; for custom kinds alone nothing is loaded.
 * They come from the OpenAPI documents of Kubernetes 1.30 to 1.37.
 */
export async function loadStructures(
  kinds: Iterable<{ readonly apiVersion: string; readonly kind: string }>,
): Promise<Structures> {
  for (const { apiVersion } of kinds) {
    if (!isBuiltInGroup(apiVersion)) continue;
    const { default: text } = await import('./structures.generated.ts');
    const table = new Table(text);
    return {
      check: (version, kind, node, options = {}) => new Walk(table, options).run(version, kind, node),
      has: (version, kind) => table.shapeOfKind(version, kind) !== undefined,
      isNamed: (version, kind) => table.shapeOfKind(version, kind) !== undefined && !kind.endsWith('Review'),
    };
  }
  return { check: () => [], has: () => false, isNamed: () => false };
}

/** Groups of Kubernetes itself have no dot (`apps`) or end in `k8s.io`; custom resources may use the latter too. */
function isBuiltInGroup(apiVersion: string): boolean {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** The type of a field; the table writes it as here on the right. */
type Type =
  | { readonly is: 'list'; readonly of: Type } // [v1.EnvVar]
  | { readonly is: 'map'; readonly of: Type } // {quantity}
  | { readonly is: 'enum'; readonly allowed: readonly string[] } // Always|Never
  | { readonly is: 'object'; readonly name: string; readonly orBoolean?: boolean } // v1.Probe, ?v1.Probe
  | { readonly is: 'scalar'; readonly name: string }; // string

interface Field {
  readonly type: Type;
  readonly required: boolean;
  readonly versions?: FieldVersions | undefined;
}
type Fields = ReadonlyMap<string, Field>;

/** The fields of an object. */
interface Shape {
  readonly fields: Fields;
  readonly required: readonly string[];
}

/** The generated table. A line is read when its type is first met. */
class Table {
  readonly #lines: ReadonlyMap<string, string>;
  readonly #shapes = new Map<string, Shape>();

  constructor(text: string) {
    this.#lines = new Map(text.split('\n').map((line) => [line.replace(/;.*/, ''), line]));
  }

  /** The shape of a type such as `apps/v1.DeploymentSpec`. */
  shapeOf(type: string): Shape | undefined {
    let shape = this.#shapes.get(type);
    const line = shape === undefined ? this.#lines.get(type) : undefined;
    if (line !== undefined) {
      shape = this.#readShape(line);
      this.#shapes.set(type, shape);
    }
    return shape;
  }

  /** The shape of a kind; other types of a version (`v1`, `Container`) are not kinds. */
  shapeOfKind(apiVersion: string, kind: string): Shape | undefined {
    const shape = this.shapeOf(`${apiVersion}.${kind}`);
    const metadata = shape?.fields.get('metadata')?.type;
    const isKind = metadata?.is === 'object' && metadata.name === 'meta/v1.ObjectMeta';
    return isKind && shape?.fields.has('apiVersion') === true ? shape : undefined;
  }

  /** Reads `v1.KeyToPath;key=string!;mode=int32;path=string!;user=int64@37`. */
  #readShape(line: string): Shape {
    const fields = new Map<string, Field>();
    for (const field of line.split(';').slice(1)) {
      const at = field.indexOf('=');
      const [fact = '', range] = field.slice(at + 1).split('@');
      const required = fact.endsWith('!');
      const type = this.#readType(required ? fact.slice(0, -1) : fact);
      fields.set(field.slice(0, at), { type, required, versions: range === undefined ? undefined : readRange(range) });
    }
    return { fields, required: [...fields].flatMap(([name, { required }]) => (required ? name : [])) };
  }

  #readType(text: string): Type {
    if (text.startsWith('[')) return { is: 'list', of: this.#readType(text.slice(1, -1)) };
    if (text.startsWith('{')) return { is: 'map', of: this.#readType(text.slice(1, -1)) };
    if (text.includes('|')) return { is: 'enum', allowed: text.split('|') };
    if (text.startsWith('?')) return { is: 'object', name: text.slice(1), orBoolean: true };
    return { is: this.#lines.has(text) ? 'object' : 'scalar', name: text };
  }
}

/** Reads `33` (since 1.33), `-30` (until 1.30) or `35-35` (in 1.35 alone). */
function readRange(range: string): FieldVersions {
  const [since = '', until = ''] = range.split('-');
  return { ...(since !== '' && { since: Number(since) }), ...(until !== '' && { until: Number(until) }) };
}

type Problem = Omit<StructureIssue, 'path'>;

/** One walk over one object. */
class Walk {
  readonly #table: Table;
  readonly #unknownFields: 'typos' | 'all' | 'off';
  readonly #decodingOnly: boolean;
  readonly #minor: number | undefined;
  readonly #path: (string | number)[] = [];
  readonly #issues: StructureIssue[] = [];

  constructor(table: Table, { unknownFields = 'typos', decodingOnly = false, minor }: StructureOptions) {
    this.#table = table;
    this.#unknownFields = unknownFields;
    this.#decodingOnly = decodingOnly;
    this.#minor = minor;
  }

  run(apiVersion: string, kind: string, node: Node): StructureIssue[] {
    const shape = this.#table.shapeOfKind(apiVersion, kind);
    if (shape !== undefined) this.#checkObject(shape, node);
    return this.#issues;
  }

  /** Null is for the caller to look at: it means something else in each place. */
  #checkAt(step: string | number, { type, required }: Field, node: Node): void {
    this.#path.push(step);
    switch (type.is) {
      case 'list':
        this.#checkList(type.of, node);
        break;
      case 'map':
        this.#checkMap(type.of, node);
        break;
      case 'enum':
        this.#checkEnum(type.allowed, required, node);
        break;
      case 'object':
        if (type.orBoolean !== true || typeof valueOf(node) !== 'boolean') {
          this.#checkObject(this.#table.shapeOf(type.name), node);
        }
        break;
      case 'scalar':
        this.#report(checkScalar(type.name, node));
    }
    this.#path.pop();
  }

  #checkObject(shape: Shape | undefined, node: Node): void {
    if (shape === undefined) return;
    if (node.kind !== 'mapping') {
      this.#report(wrongType('object', node));
      return;
    }
    const meant: string[] = [];
    for (const { key, value } of node.entries) {
      const field = shape.fields.get(key);
      if (field === undefined) meant.push(...this.#checkUnknown(shape.fields, node, key));
      else if (field.versions !== undefined && !this.#isServed(field)) this.#reportAbsent(key, field.versions);
      else if (!isNull(value)) this.#checkAt(key, field, value);
    }
    for (const name of this.#decodingOnly ? [] : shape.required) {
      // A mistyped required field is one mistake, not two.
      if (isAbsent(node, name) && !meant.includes(name)) this.#report({ problem: 'required', name });
    }
  }

  #isServed({ versions: { since = 0, until = Number.POSITIVE_INFINITY } = {} }: Field): boolean {
    return (this.#minor === undefined || since <= this.#minor) && until >= (this.#minor ?? NEWEST_MINOR);
  }

  /** A field of other versions: the API server of this one does not know it. */
  #reportAbsent(name: string, versions: FieldVersions): void {
    if (this.#unknownFields === 'off') return;
    this.#path.push(name);
    this.#report({ problem: 'unknown', name, versions });
    this.#path.pop();
  }

  /** Returns the field that was reported as meant. */
  #checkUnknown(fields: Fields, node: MappingNode, name: string): string[] {
    if (this.#unknownFields === 'off') return [];
    const suggestion = suggestField(name, fields, node);
    if (suggestion === undefined && this.#unknownFields === 'typos') return [];
    this.#path.push(name);
    this.#report({ problem: 'unknown', name, ...(suggestion !== undefined && { suggestion }) });
    this.#path.pop();
    return suggestion === undefined ? [] : [suggestion];
  }

  #checkList(of: Type, node: Node): void {
    if (node.kind !== 'sequence') {
      this.#report(wrongType('list', node));
      return;
    }
    const field = { type: of, required: true };
    for (const [index, item] of node.items.entries()) {
      // Go decodes a null item as the zero value: an empty string, an object without fields.
      if (!isNull(item)) this.#checkAt(index, field, item);
      else if (of.is === 'object') this.#checkAt(index, field, { ...item, kind: 'mapping', entries: [] });
    }
  }

  #checkMap(of: Type, node: Node): void {
    if (node.kind !== 'mapping') {
      this.#report(wrongType('object', node));
      return;
    }
    const field = { type: of, required: false };
    for (const { key, value } of node.entries) if (!isNull(value)) this.#checkAt(key, field, value);
  }

  #checkEnum(allowed: readonly string[], required: boolean, node: Node): void {
    const value = valueOf(node);
    if (typeof value !== 'string') this.#report(wrongType('string', node));
    else if (this.#decodingOnly) return;
    // The empty string is an absent one: the API server sets the default.
    else if (!allowed.includes(value) && (required || value !== '')) {
      const suggestion = nearMiss(value, allowed);
      this.#report({ problem: 'enum', expected: allowed.join(', '), ...(suggestion !== undefined && { suggestion }) });
    }
  }

  #report(problem: Problem | undefined): void {
    if (problem !== undefined) this.#issues.push({ path: [...this.#path], ...problem });
  }
}

/** The absent field that a name is near to, else the field of which it is the singular or the plural. */
function suggestField(name: string, fields: Fields, node: MappingNode): string | undefined {
  const absent = [...fields.keys()].filter((field) => isAbsent(node, field));
  const near = nearMiss(name, absent);
  if (near !== undefined && (name.length >= 4 || near.toLowerCase() === name.toLowerCase())) return near;
  return [...fields.keys()].find((field) => isPlural(name, field) || isPlural(field, name));
}

function isPlural(word: string, of: string): boolean {
  return word === `${of}s` || word === `${of}es` || (of.endsWith('y') && word === `${of.slice(0, -1)}ies`);
}

/**
 * How the API server decodes a scalar: no type is converted into another, but a whole number is an integer however it
 * is written, since YAML becomes JSON first. Sources: encoding/json; Quantity, IntOrString, Time and MicroTime in
 * k8s.io/apimachinery.
 */
function checkScalar(type: string, node: Node): Problem | undefined {
  const value = valueOf(node);
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
      return typeof value === type ? undefined : wrongType(type, node);
    case 'int32':
    case 'int64':
      if (!Number.isInteger(value)) return wrongType('integer', node);
      return isWithin(type, value) ? undefined : { problem: 'value', expected: type };
    case 'int-or-string':
      if (typeof value === 'string') return undefined;
      if (!Number.isInteger(value)) return wrongType('integer or string', node);
      return isWithin('int32', value) ? undefined : { problem: 'value', expected: 'int32' };
    case 'quantity':
      return typeof value === 'number' ? undefined : checkTextFormat(node, QUANTITY, 'a quantity such as 500m or 1Gi');
    case 'time':
      return checkTextFormat(node, TIME, 'a time such as 2030-01-31T12:00:00Z');
    case 'micro-time':
      return checkTextFormat(node, MICRO_TIME, 'a time such as 2030-01-31T12:00:00.000000Z');
    case 'bytes':
      if (typeof value !== 'string') return wrongType('string', node);
      return isBase64(value.replace(/[\r\n]/g, '')) ? undefined : { problem: 'format', expected: 'text in base64' };
    default:
      return undefined; // any
  }
}

const QUANTITY = /^\s*[+-]?(\d+\.?\d*|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?\s*$/;
const MICRO_TIME = /^\d{4}-\d\d-\d\dT\d\d?:\d\d:\d\d[.,]\d{6}(Z|[+-]\d\d:\d\d)$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d?:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/;

function checkTextFormat(node: Node, format: RegExp, expected: string): Problem | undefined {
  const value = valueOf(node);
  if (typeof value !== 'string') return wrongType('string', node);
  return format.test(value) ? undefined : { problem: 'format', expected };
}

function wrongType(expected: string, node: Node): Problem {
  const value = valueOf(node);
  const found =
    node.kind === 'sequence' ? 'list' : node.kind === 'mapping' ? 'object' : value === null ? 'null' : typeof value;
  return { problem: 'type', expected, found };
}

/** Whether a whole number fits. Beyond 2^53 a JavaScript number is rounded, so the last int64 may appear as 2^63. */
function isWithin(type: 'int32' | 'int64', value: unknown): boolean {
  if (type === 'int64') return Math.abs(Number(value)) <= 2 ** 63;
  return Number(value) >= -(2 ** 31) && Number(value) < 2 ** 31;
}

/** Go's standard encoding: padding is demanded, line breaks have been removed. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function valueOf(node: Node): ScalarNode['value'] | undefined {
  return node.kind === 'scalar' ? node.value : undefined;
}

function isNull(node: Node): boolean {
  return valueOf(node) === null;
}

function isAbsent(mapping: MappingNode, key: string): boolean {
  const entry = entryOf(mapping, key);
  return entry === undefined || isNull(entry.value);
}
