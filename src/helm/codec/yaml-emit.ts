import type { Tracked } from '../value/tracked.ts';
import { toEncodable } from './encodable.ts';
import { compareNaturally } from './natural-order.ts';
import { styleOfString } from './scalar-style.ts';
import { type YamlDialect, YamlEmitter } from './yaml-emitter.ts';
import { checkKey, formatYamlNumber, rereadString } from './yaml-reread.ts';

const DIALECT: YamlDialect = {
  width: 80,
  isListIndented: false,
  encode(value, depth) {
    const encodable = toEncodable(value, depth);
    return encodable.kind === 'string' ? { ...encodable, text: rereadString(encodable.text) } : encodable;
  },
  checkKey,
  compareKeys: (a, b) => compareNaturally(a, b, false),
  formatNumber: formatYamlNumber,
  styleOf: (text, isSimpleKey) => styleOfString(text, isSimpleKey, false),
};

/**
 * A value as sigs.k8s.io/yaml (`toYaml`, `.Files.AsConfig`) writes it, with the last line break: encoding/json writes
 * it, go-yaml v2 reads that and writes it again.
 * @throws CodecError with what the Go function returns as its error
 */
export function emitYaml(value: Tracked): Tracked<string> {
  return new YamlEmitter(DIALECT).emit(value);
}
