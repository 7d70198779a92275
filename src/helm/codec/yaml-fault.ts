import type { YamlFault } from '../../yaml/fault.ts';
import { toBytes } from '../value/bytes.ts';
import { formatFloat, SHORTEST } from '../go/float.ts';
import { printGoSyntax, printKey } from './go-syntax.ts';

/** A fault in the words of sigs.k8s.io/yaml: `yaml: line 2: did not find expected key`. */
export function describeFault(fault: YamlFault): string {
  const { problem, line, culprit } = fault;
  const { text = '', node, entry } = culprit;
  switch (problem) {
    case 'alias inside its anchor':
      return `yaml: anchor '${text}' value contains itself`;
    case 'alias without anchor':
      return `yaml: unknown anchor '${text}' referenced`;
    case 'collection as key':
      return `yaml: invalid map key: ${node === undefined ? '' : printGoSyntax(node)}`;
    case 'control characters are not allowed':
      return `yaml: ${problemOfCharacter(text)}`;
    case 'tag that does not fit':
      return `yaml: cannot decode ${text}`;
    case 'unsupported key': {
      if (entry === undefined) return problem;
      const { key, rawKey = key, value } = entry;
      const type = rawKey === null ? '%!s(<nil>)' : 'uint64';
      return `unsupported map key of type: ${type}, key: ${printKey(rawKey)}, value: ${printGoSyntax(value)}`;
    }
    case 'unsupported number':
      return `json: unsupported value: ${formatFloat(Number(node?.kind === 'scalar' ? node.value : 0), 'g', SHORTEST)}`;
    default:
      return `yaml: ${line > 0 ? `line ${line}: ` : ''}${problem}`;
  }
}

/** What is wrong with the first character of a text that YAML does not allow. */
function problemOfCharacter(text: string): string {
  const code = text.charCodeAt(0);
  const isByte = code >= 0xdc80 && code <= 0xdcff;
  return isByte ? problemOfUtf8(toBytes(text)) : 'control characters are not allowed';
}

function problemOfUtf8(bytes: Uint8Array): string {
  const [first = 0] = bytes;
  const length = first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
  if (length === 0) return 'invalid leading UTF-8 octet';
  if (bytes.length < length) return 'incomplete UTF-8 octet sequence';
  let code = first & (0x7f >> length);
  for (const byte of bytes.subarray(1, length)) {
    if ((byte & 0xc0) !== 0x80) return 'invalid trailing UTF-8 octet';
    code = (code << 6) | (byte & 0x3f);
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
  return code < least ? 'invalid length of a UTF-8 sequence' : 'invalid Unicode character';
}
