import { nearMiss } from '../text/near-miss.ts';

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
}

export interface StructureOptions {
  /**
   * Which unknown fields are issues: those that look like a mistyped known one (`typos`, the default), `all`, or none.
   * A cluster refuses all that it does not know, but a newer one may know more fields than this table.
   */
  readonly unknownFields?: 'typos' | 'all' | 'off';
}

/** The structures of the built-in kinds. */
export interface Structures {
  /**
   * The places where an object is not what the API server would decode and accept; none for a kind that is not built
   * in or has no stable version. `status` is not looked at: controllers write it.
   */
  check(apiVersion: string, kind: string, value: unknown, options?: StructureOptions): StructureIssue[];
}

/**
 * Loads the structures if one of the given kinds may be built in; for custom kinds alone nothing is loaded.
 * They come from the OpenAPI document of Kubernetes 1.33, with the fields of 1.34 to 1.36 added.
 */
export async function loadStructures(
  kinds: Iterable<{ readonly apiVersion: string; readonly kind: string }>,
): Promise<Structures> {
  for (const { apiVersion } of kinds) {
    if (!isBuiltInGroup(apiVersion)) continue;
    const { default: text } = await import('./structures.generated.ts');
    const table = new Table(text);
    return {
      check: (version, kind, value, options) =>
        new Walk(table, options?.unknownFields ?? 'typos').run(version, kind, value),
    };
  }
  return { check: () => [] };
}

/** Groups of Kubernetes itself have no dot (`apps`) or end in `k8s.io`; custom resources may use the latter too. */
function isBuiltInGroup(apiVersion: string): boolean {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** `type` is written as `string`, `[v1.EnvVar]` (list), `{quantity}` (map), `Always|Never` (one of) or `v1.Probe`. */
interface Field {
  readonly type: string;
  readonly required: boolean;
}
type Fields = ReadonlyMap<string, Field>;

/** The generated table. A line is read when its type is first met. */
class Table {
  readonly #lines: ReadonlyMap<string, string>;
  readonly #read = new Map<string, Fields>();

  constructor(text: string) {
    this.#lines = new Map(text.split('\n').map((line) => [line.replace(/;.*/, ''), line]));
  }

  /** The fields of a type such as `apps/v1.DeploymentSpec`. */
  fieldsOf(type: string): Fields | undefined {
    let fields = this.#read.get(type);
    const line = fields === undefined ? this.#lines.get(type) : undefined;
    if (line !== undefined) {
      fields = readFields(line);
      this.#read.set(type, fields);
    }
    return fields;
  }

  /** The fields of a kind; other types of a version (`v1`, `Container`) are not kinds. */
  fieldsOfKind(apiVersion: string, kind: string): Fields | undefined {
    const fields = this.fieldsOf(`${apiVersion}.${kind}`);
    return fields?.has('apiVersion') === true && fields.get('metadata')?.type === 'meta/v1.ObjectMeta'
      ? fields
      : undefined;
  }
}

/** Reads `v1.KeyToPath;key=string!;mode=int32;path=string!`. */
function readFields(line: string): Fields {
  return new Map(
    line
      .split(';')
      .slice(1)
      .map((field) => {
        const at = field.indexOf('=');
        const required = field.endsWith('!');
        return [field.slice(0, at), { required, type: field.slice(at + 1, required ? -1 : undefined) }];
      }),
  );
}

type Problem = Omit<StructureIssue, 'path'>;

/** One walk over one object. */
class Walk {
  readonly #table: Table;
  readonly #unknownFields: 'typos' | 'all' | 'off';
  readonly #path: (string | number)[] = [];
  readonly #issues: StructureIssue[] = [];

  constructor(table: Table, unknownFields: 'typos' | 'all' | 'off') {
    this.#table = table;
    this.#unknownFields = unknownFields;
  }

  run(apiVersion: string, kind: string, value: unknown): StructureIssue[] {
    const fields = this.#table.fieldsOfKind(apiVersion, kind);
    if (fields !== undefined) this.#checkObject(fields, value);
    return this.#issues;
  }

  #checkObject(fields: Fields, value: unknown): void {
    if (!isObject(value)) {
      this.#report({ problem: 'type', expected: 'object', found: typeName(value) });
      return;
    }
    const meant = new Set<string>();
    for (const name of Object.keys(value)) {
      const field = fields.get(name);
      if (field === undefined) {
        const suggestion = this.#checkUnknown(fields, value, name);
        if (suggestion !== undefined) meant.add(suggestion);
      } else if (!isNull(value[name])) {
        this.#at(name, () => this.#check(field, value[name]));
      }
    }
    for (const [name, field] of fields) {
      // A mistyped required field is one mistake, not two.
      if (field.required && isNull(value[name]) && !meant.has(name)) this.#report({ problem: 'required', name });
    }
  }

  /** Returns the field that was reported as meant. */
  #checkUnknown(fields: Fields, value: Readonly<Record<string, unknown>>, name: string): string | undefined {
    if (this.#unknownFields === 'off') return undefined;
    const suggestion = suggestField(name, fields, value);
    if (suggestion === undefined && this.#unknownFields === 'typos') return undefined;
    this.#at(name, () => this.#report({ problem: 'unknown', name, ...(suggestion !== undefined && { suggestion }) }));
    return suggestion;
  }

  #check({ type, required }: Field, value: unknown): void {
    if (type.startsWith('[')) this.#checkList(type.slice(1, -1), value);
    else if (type.startsWith('{')) this.#checkMap(type.slice(1, -1), value);
    else if (type.includes('|')) this.#checkEnum(type, required, value);
    else {
      const fields = this.#table.fieldsOf(type);
      if (fields !== undefined) this.#checkObject(fields, value);
      else {
        const problem = checkScalar(type, value);
        if (problem !== undefined) this.#report(problem);
      }
    }
  }

  #checkList(type: string, value: unknown): void {
    if (!Array.isArray(value)) {
      this.#report({ problem: 'type', expected: 'list', found: typeName(value) });
      return;
    }
    const fields = this.#table.fieldsOf(type);
    for (const [index, item] of value.entries()) {
      // Go decodes a null item as the zero value: an empty string, an object without fields.
      if (!isNull(item)) this.#at(index, () => this.#check({ type, required: true }, item));
      else if (fields !== undefined) this.#at(index, () => this.#checkObject(fields, {}));
    }
  }

  #checkMap(type: string, value: unknown): void {
    if (!isObject(value)) {
      this.#report({ problem: 'type', expected: 'object', found: typeName(value) });
      return;
    }
    for (const key of Object.keys(value)) {
      if (!isNull(value[key])) this.#at(key, () => this.#check({ type, required: false }, value[key]));
    }
  }

  #checkEnum(type: string, required: boolean, value: unknown): void {
    const allowed = type.split('|');
    if (typeof value !== 'string') this.#report({ problem: 'type', expected: 'string', found: typeName(value) });
    // The empty string is an absent one: the API server sets the default.
    else if (!allowed.includes(value) && (required || value !== '')) {
      const suggestion = nearMiss(value, allowed);
      this.#report({ problem: 'enum', expected: allowed.join(', '), ...(suggestion !== undefined && { suggestion }) });
    }
  }

  #at(step: string | number, check: () => void): void {
    this.#path.push(step);
    check();
    this.#path.pop();
  }

  #report(problem: Problem): void {
    this.#issues.push({ path: [...this.#path], ...problem });
  }
}

/** The absent field that a name is near to, else the field of which it is the singular or the plural. */
function suggestField(name: string, fields: Fields, value: Readonly<Record<string, unknown>>): string | undefined {
  const absent = [...fields.keys()].filter((field) => isNull(value[field]));
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
function checkScalar(type: string, value: unknown): Problem | undefined {
  const found = typeName(value);
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
      return found === type ? undefined : { problem: 'type', expected: type, found };
    case 'int32':
    case 'int64':
      if (!Number.isInteger(value)) return { problem: 'type', expected: 'integer', found };
      return isWithin(type, value) ? undefined : { problem: 'value', expected: type };
    case 'int-or-string':
      if (found === 'string') return undefined;
      if (!Number.isInteger(value)) return { problem: 'type', expected: 'integer or string', found };
      return isWithin('int32', value) ? undefined : { problem: 'value', expected: 'int32' };
    case 'quantity':
      if (found === 'number') return undefined;
      return checkFormat(value, /^\s*[+-]?(\d+\.?\d*|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?\s*$/, 'quantity');
    case 'time':
      return checkFormat(value, /^\d{4}-\d\d-\d\dT\d\d?:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/, 'date-time');
    case 'bytes':
      if (typeof value !== 'string') return { problem: 'type', expected: 'string', found };
      return isBase64(value.replace(/[\r\n]/g, '')) ? undefined : { problem: 'format', expected: 'base64' };
    default:
      return undefined; // any
  }
}

function checkFormat(value: unknown, format: RegExp, expected: string): Problem | undefined {
  if (typeof value !== 'string') return { problem: 'type', expected: 'string', found: typeName(value) };
  return format.test(value) ? undefined : { problem: 'format', expected };
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

function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
