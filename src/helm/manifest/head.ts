import type { Range } from '../../text/source.ts';
import { StructDecoder } from '../codec/decode-struct.ts';
import { decodeYaml } from '../codec/yaml-decode.ts';
import { YamlError } from '../codec/yaml-error.ts';
import { ManifestError } from './manifest-error.ts';

/** What Helm reads of a document to sort it. */
export interface Head {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly annotations: ReadonlyMap<string, string>;
}

const METADATA_TYPE =
  'struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }';

/**
 * Reads the head of one document of a rendered file.
 * @param path the template's path, for messages
 * @throws ManifestError `YAML parse error on …`
 */
export function readHead(path: string, text: string, { start, end }: Range): Head {
  const decoder = new StructDecoder();
  const head = { apiVersion: '', kind: '', name: '', annotations: new Map<string, string>() };
  try {
    const root = decodeYaml(text.slice(start, end));
    if (root === undefined) return head;
    decoder.struct(root, undefined, 'SimpleHead', 'util.SimpleHead', {
      apiversion: (node, place) => void (head.apiVersion = decoder.string(node, place, head.apiVersion)),
      kind: (node, place) => void (head.kind = decoder.string(node, place, head.kind)),
      metadata: (node, place) =>
        decoder.struct(node, place, '', METADATA_TYPE, {
          name: (inner, at) => void (head.name = decoder.string(inner, at, head.name)),
          annotations: (inner, at) => void (head.annotations = decoder.stringMap(inner, at) ?? new Map()),
        }),
    });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw fail(`error converting YAML to JSON: ${error.message}`, error.range, error.help);
  }
  if (decoder.error !== undefined) throw fail(decoder.error.message, decoder.error.range);
  return head;

  function fail(message: string, range: Range, help?: string): ManifestError {
    const place = { path, start: start + range.start, end: start + range.end };
    return new ManifestError(`YAML parse error on ${path}: ${message}`, place, { help });
  }
}
