import type { Range, SourceText } from '../../text/source.ts';
import { decodeYaml } from '../codec/yaml-decode.ts';
import type { MappingNode } from '../../yaml/node.ts';
import { YamlError } from '../codec/yaml-error.ts';
import { GoMap } from '../value/value.ts';
import { mergeMaps } from './merge-maps.ts';
import { toOriginatedMap, type SourcePart } from './originated.ts';
import { splitValuesDocuments } from './values-documents.ts';

/** A values file that cannot be read: Helm's message, and where. */
export class ValuesError extends Error {
  override readonly name = 'ValuesError';
  readonly source: SourceText;
  readonly range: Range;
  /** What to write, where Helm's message does not say so. */
  readonly help: string | undefined;

  constructor(message: string, source: SourceText, range: Range, help?: string) {
    super(message);
    this.source = source;
    this.range = range;
    this.help = help;
  }
}

/** What a values file holds: it is read once, and becomes values wherever its chart is used. */
export class ChartValues {
  static readonly empty = new ChartValues([]);

  readonly #documents: readonly ValuesDocument[];
  readonly #loaded = new Map<string, GoMap>();

  private constructor(documents: readonly ValuesDocument[]) {
    this.#documents = documents;
  }

  /**
   * Reads a values file: one or more YAML documents, which are merged.
   * @throws ValuesError
   */
  static read(source: SourceText): ChartValues {
    const { text } = source;
    const refuse = (rest: Range): never => {
      const separator = text.slice(rest.start, rest.end);
      throw new ValuesError(`error reading yaml document: invalid Yaml document separator: ${separator}`, source, rest);
    };
    const documents: ValuesDocument[] = [];
    for (const range of splitValuesDocuments(text, refuse)) documents.push(...readDocument(source, range));
    return new ChartValues(documents);
  }

  /** The values with their keys at a path of the root's values; the same object for the same path. */
  at(path: readonly string[]): GoMap {
    const key = JSON.stringify(path);
    const known = this.#loaded.get(key);
    if (known !== undefined) return known;
    let values = new GoMap();
    for (const { root, part } of this.#documents) values = mergeMaps(values, toOriginatedMap(root, part, path));
    this.#loaded.set(key, values);
    return values;
  }
}

interface ValuesDocument {
  readonly root: MappingNode;
  readonly part: SourcePart;
}

/** A document without content has no values. */
function readDocument(source: SourceText, { start, end }: Range): ValuesDocument[] {
  const fail = (message: string, range: Range, help?: string): ValuesError => {
    const place = { start: start + range.start, end: start + range.end };
    return new ValuesError(`cannot unmarshal yaml document: ${message}`, source, place, help);
  };
  try {
    const text = source.text.slice(start, end);
    // Helm reads by lines and ends each with a line feed, the last one too: a block scalar may end with it.
    const root = decodeYaml(text.endsWith('\n') ? text : `${text}\n`);
    if (root === undefined || (root.kind === 'scalar' && root.value === null)) return [];
    if (root.kind === 'mapping') return [{ root, part: { source, start } }];
    const type = root.kind === 'sequence' ? 'array' : typeof root.value === 'boolean' ? 'bool' : typeof root.value;
    const message = `json: cannot unmarshal ${type} into Go value of type map[string]interface {}`;
    throw fail(`error unmarshaling JSON: while decoding JSON: ${message}`, root);
  } catch (error) {
    throw error instanceof YamlError
      ? fail(`error converting YAML to JSON: ${error.message}`, error.range, error.help)
      : error;
  }
}
