import { renamedKeys } from '../../src/bundle/renamed-keys.ts';
import {
  isMisread,
  isRendered,
  isWritten,
  placeInValue,
  quoteRemedy,
  respelledIn,
} from '../../src/bundle/respelled.ts';
import { findDebris, findDebrisInFile, mayHoldDebris, debrisText, type Debris } from '../../src/kube/mangled.ts';
import { looksSecret } from '../../src/kube/secret-name.ts';
import { defineRule } from '../../src/rule/rule.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import type { Node } from '../../src/yaml/node.ts';
import { pathText } from '../../src/yaml/path-text.ts';

/** Mappings of strings; a number among their values is one that somebody forgot to quote. */
const STRING_MAPS = new Set(['labels', 'annotations', 'matchLabels', 'nodeSelector', 'stringData']);
/** Copies of the object, which is looked at itself. */
const COPIES = new Set(['kubectl.kubernetes.io/last-applied-configuration', 'status', 'managedFields']);

/**
 * What every mangled value of a manifest has in its text: debris, a block within a block, blanks before `#!`, or a key that
 * is not a string. Most objects have none, and need no walk through all their values.
 */
const SUSPECT =
  /%!|<n|map\[|e\+\d|[|>][-+\d]*\s+[|>]|\n\s*#!|(?:^|[\s{,])(?:y|n|yes|no|on|off|true|false|null|~|[-+.]?\d[\w.+-]*)\s*:\s/im;

export default defineRule({
  scope: 'resource',
  // The descriptions in a definition may mention such text.
  appliesTo: (_group, kind) => kind !== 'CustomResourceDefinition',
  meta: {
    summary: 'Disallow values of any object that a template, or YAML, has mangled',
    why:
      'Helm reads every number of a values file as a float and prints 1000000 as 1e+06; YAML reads 1.20 as 1.2, 0123 as ' +
      '83 and `no` as false; a value that is not there is printed as `<nil>`. The release installs, and pulls another image or ' +
      'misreads its settings. The values of ConfigMaps have a rule of their own.',
    help: {
      exponent: '{{remedy}}, or end the expression with `| int64 | quote`.',
      noValue: 'Set the value that the template prints here, or give it a default with `| default`.',
      formatError: 'Correct the verb or the arguments of the printf that writes this value.',
      goMap: 'Print a single value, or the whole structure with `toYaml` or `toJson`.',
      respelt: 'Quote {{key}} in {{file}}.',
      nestedBlock: 'Print the text itself, without `toYaml`.',
      shebang: 'Begin the block with `#!`: print it with `indent` in place of `nindent`, or trim it.',
      renamed: 'Quote the key {{written}}.',
    },
    references: [
      'https://helm.sh/docs/chart_template_guide/function_list/#type-conversion-functions',
      'https://helm.sh/docs/howto/charts_tips_and_tricks/#quote-strings-dont-quote-integers',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      exponent: '{{field}} holds a number in exponent form, as Helm prints a large one.',
      noValue: '{{field}} holds {{found}}: the template printed a value that is not set.',
      formatError: '{{field}} holds a printf error ({{found}}).',
      goMap: '{{field}} holds a printed Go map, where a single value is expected.',
      respelt: '{{field}} has {{found}}, where {{file}} has {{written}}.',
      nestedBlock: '{{field}} has a first line `{{found}}`: one block of YAML was printed into another.',
      shebang: '{{field}} has blanks before `#!`: the file cannot be executed.',
      renamed: '{{field}} has a key {{written}} that YAML reads as {{key}}.',
    },
    severities: { shebang: 'warning' },
  },
  check({ cursor, group, kind }, { report }) {
    const isSecret = group === '' && kind === 'Secret';
    const isConfigMap = group === '' && kind === 'ConfigMap';
    const visited = new Set<Node>();
    const { start = 0, end = 0 } = cursor.node ?? {};
    // In a chart, any number may be one that the values file spells in another way.
    const isSuspect = isSecret || isRendered(cursor) || SUSPECT.test(cursor.document.source.text.slice(start, end));
    if (isSuspect) visit(cursor);

    function visit(place: Cursor): void {
      const { node } = place;
      if (node === undefined || COPIES.has(String(place.segment))) return;
      if (node.kind === 'scalar') {
        checkScalar(place);
        return;
      }
      // Aliases share their node.
      if (visited.has(node)) return;
      visited.add(node);
      for (const { place: key, written, key: name } of renamedKeys(place)) {
        report(key, 'renamed', { field: pathText(place.path), written, key: name });
      }
      for (const [key, value] of place.entries()) {
        const isData = place.parent === undefined && (key === 'data' || key === 'binaryData');
        if (isConfigMap && isData) continue;
        if (isSecret && isData) for (const [, encoded] of value.entries()) checkEncoded(encoded);
        else visit(value);
      }
      for (const item of place.items()) visit(item);
    }

    function checkScalar(place: Cursor): void {
      const text = place.string ?? (holdsString(place) ? place.text : undefined);
      if (text === undefined || text === '') return;
      const blamed = isSecret ? place.onKey : place;
      const field = pathText(place.path);
      const isFile = text.trim().includes('\n');
      const respelled = respelledIn(place).find((each) => isMisread(each, place, isFile));
      if (respelled?.kind === 'exponent') {
        const part = isFile && !isSecret ? respelled.range : undefined;
        report(blamed, 'exponent', { field, remedy: quoteRemedy(place, respelled) }, { part });
      } else if (respelled !== undefined) {
        const { key, written, found } = respelled;
        const isHidden = isSecret || key.path.some((part) => looksSecret(String(part))) || looksSecret(nameOf(place));
        report(blamed, 'respelt', {
          field,
          key: key.name,
          file: key.source.file,
          written: isHidden ? 'other characters' : written,
          found: isHidden ? 'a changed value' : found,
        });
      } else if (mayHoldDebris(text)) {
        const debris = (isFile ? undefined : findDebris(text.trim())) ?? findDebrisInFile(text);
        if (debris !== undefined && !isRight(debris, place, isFile)) {
          const part = isFile && !isSecret ? placeInValue(debrisText(debris) ?? '', place) : undefined;
          const remedy = quoteRemedy(place, undefined, part);
          report(blamed, debris.kind, { field, found: debris.found, remedy }, { part });
        }
      }
    }

    /** The text of a Secret's value; a number by itself may well be a key in base64. */
    function checkEncoded(place: Cursor): void {
      const text = Buffer.from(place.string ?? '', 'base64').toString('utf8');
      if (!mayHoldDebris(text) || text.includes('\ufffd')) return;
      const isFile = text.trim().includes('\n');
      const debris = (isFile ? undefined : findDebris(text.trim())) ?? findDebrisInFile(text);
      if (debris !== undefined) {
        const field = pathText(place.path);
        report(place.onKey, debris.kind, { field, found: debris.found, remedy: quoteRemedy(place) });
      }
    }

    /** A script of a container is given to a shell, which takes a late `#!` for a comment. */
    function isRight({ kind: debris, number }: Debris, place: Cursor, isFile: boolean): boolean {
      if (debris === 'shebang') return !isSecret;
      return debris === 'exponent' && (isFile ? isRendered(place) : isWritten(number ?? '', place));
    }
  },
});

function holdsString({ parent, segment }: Cursor): boolean {
  if (parent?.isMapping === true && STRING_MAPS.has(String(parent.segment))) return true;
  if (segment === 'value') return parent?.parent?.segment === 'env';
  return parent?.segment === 'args' || parent?.segment === 'command';
}

/** What a value is called: its key, or the name beside it in a list of variables. */
function nameOf({ parent, segment }: Cursor): string {
  return segment === 'value' ? (parent?.at('name').text ?? '') : String(segment ?? '');
}
