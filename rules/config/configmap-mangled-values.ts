import { defineRule } from '../../src/rule/rule.ts';
import { renamedKeys } from '../../src/bundle/renamed-keys.ts';
import {
  isMisread,
  isRendered,
  isWritten,
  placeInValue,
  quoteRemedy,
  respelledIn,
  type Respelled,
} from '../../src/bundle/respelled.ts';
import {
  findDebris,
  findDebrisInFile,
  isPrintedMap,
  mayHoldDebris,
  debrisText,
  type Debris,
} from '../../src/kube/mangled.ts';
import { looksSecret } from '../../src/kube/secret-name.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const HELM_ACTION =
  /\{\{[^{}]*(?:\.(?:Values|Release|Chart|Capabilities|Template|Files)\b|\b(?:include|tpl|template)\s)/;

export default defineRule({
  scope: 'configMap',
  meta: {
    summary: 'Disallow values of a ConfigMap that a template has mangled',
    why:
      'Helm reads every number of a values file as a float and prints 1000000 as 1e+06; a value that is missing, or ' +
      'not a string, is printed in other unusable forms. The release installs, and the application misreads its settings.',
    help: {
      exponent: '{{remedy}}, or end the expression with `| int64 | quote`.',
      noValue: 'Set the value that the template prints for {{key}}, or give it a default with `| default`.',
      formatError: 'Correct the verb or the arguments of the printf that writes {{key}}.',
      goMap: 'Print a single value for {{key}}, or the whole structure with `toYaml` or `toJson`.',
      leftover: 'Render {{key}} with `tpl`, or write the value without a template action.',
      empty: 'Give {{key}} a value, or remove it.',
      respelt: 'Quote {{valuesKey}} in {{file}}.',
      nestedBlock: 'Print the text for {{key}} itself, without `toYaml`.',
      shebang: 'Begin the block with `#!` in {{key}}: print it with `indent` in place of `nindent`, or trim it.',
      renamed: 'Quote the key {{written}}.',
    },
    references: [
      'https://helm.sh/docs/chart_template_guide/function_list/#type-conversion-functions',
      'https://helm.sh/docs/howto/charts_tips_and_tricks/',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      exponent:
        'ConfigMap {{name}} holds a number in exponent form in {{key}}, where the values file has a whole number.',
      noValue: 'ConfigMap {{name}} holds {{key}} with {{found}}: the template printed a value that is not set.',
      formatError: 'ConfigMap {{name}} holds {{key}} with a printf error ({{found}}).',
      goMap: 'ConfigMap {{name}} holds {{key}} as a printed Go map, where a single value is expected.',
      leftover: 'ConfigMap {{name}} holds {{key}} with a template action that was not rendered.',
      empty: 'ConfigMap {{name}} holds {{key}} without a value.',
      respelt: 'ConfigMap {{name}} holds {{key}} with {{found}}, where {{file}} has {{written}}.',
      nestedBlock:
        'ConfigMap {{name}} holds {{key}} with a first line `{{found}}`: one block of YAML was printed into another.',
      shebang: 'ConfigMap {{name}} holds {{key}} with blanks before `#!`: the file cannot be executed.',
      renamed: 'ConfigMap {{name}} holds a key {{written}} that YAML reads as {{key}}.',
    },
    severities: { shebang: 'warning' },
    options: {
      type: 'object',
      properties: {
        allowEmpty: { type: 'boolean', default: true, description: 'Whether a key may be empty.' },
        allowEmptyKeys: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Keys that may be empty even if others may not, as globs.',
        },
        actions: {
          type: 'string',
          enum: ['helm', 'any'],
          default: 'helm',
          description:
            'Which template actions are leftovers: those that only Helm renders (.Values, .Release, include …), or any ' +
            'pair of double braces, and mangled text in whole files.',
        },
        allowActions: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Keys whose values are templates of the application, as globs.',
        },
      },
    },
  },
  check({ name, resource }, context) {
    const { allowEmpty, allowEmptyKeys, allowActions, actions } = context.options;
    for (const field of ['data', 'binaryData']) {
      for (const { place, written, key } of renamedKeys(resource.cursor.at(field))) {
        context.report(place, 'renamed', { name, written, key });
      }
    }
    for (const [key, value] of resource.cursor.at('data').entries()) {
      const text = value.isNull ? '' : value.text?.trim();
      if (text === undefined) continue;
      if (text === '') {
        if (!allowEmpty && !matchesAnyGlob(key, allowEmptyKeys)) context.report(value, 'empty', { name, key });
        continue;
      }
      const respelled = respelledIn(value).find((each) => isMisread(each, value, text.includes('\n')));
      if (respelled !== undefined) {
        reportRespelled(key, value, respelled, text.includes('\n'));
        continue;
      }
      // Whole files may have `{{`, `<no value>` and the like for reasons of their own.
      if (text.includes('\n')) {
        const debris = mayHoldDebris(value.string ?? '') ? findDebrisInFile(value.string ?? '') : undefined;
        // What a chart prints is known: a number that it did not make stands in the file as it was written.
        const isOwn = debris?.kind === 'exponent' && isRendered(value);
        if (debris !== undefined && !isOwn) {
          const part = placeInValue(debrisText(debris) ?? '', value);
          const remedy = quoteRemedy(value, undefined, part);
          context.report(value, debris.kind, { name, key, found: debris.found, remedy }, { part });
        } else if (actions === 'any' && text.includes('<no value>')) {
          context.report(value, 'noValue', { name, key, found: '<no value>' });
        } else if (actions === 'any' && HELM_ACTION.test(text) && !matchesAnyGlob(key, allowActions)) {
          context.report(value, 'leftover', { name, key });
        }
        continue;
      }
      const debris = [findDebris(text), findDebrisInFile(value.string ?? '')].find((each) => {
        return each !== undefined && !isAsWritten(key, text, value, each);
      });
      if (debris !== undefined) {
        context.report(value, debris.kind, { name, key, found: debris.found, remedy: quoteRemedy(value) });
      } else if (VARIABLE_NAME.test(key) && isLeftover(text, actions) && !matchesAnyGlob(key, allowActions)) {
        context.report(value, 'leftover', { name, key });
      }
    }

    function reportRespelled(key: string, value: Cursor, respelled: Respelled, isInFile: boolean): void {
      const { kind, key: valuesKey, written, found } = respelled;
      if (kind === 'exponent') {
        // Of a whole file, only one line is meant.
        const part = isInFile ? respelled.range : undefined;
        context.report(value, 'exponent', { name, key, remedy: quoteRemedy(value, respelled) }, { part });
        return;
      }
      const isSecret = looksSecret(key) || valuesKey.path.some((part) => looksSecret(String(part)));
      context.report(value, 'respelt', {
        name,
        key,
        valuesKey: valuesKey.name,
        file: valuesKey.source.file,
        written: isSecret ? 'other characters' : written,
        found: isSecret ? 'a changed value' : found,
      });
    }
  },
});

/** Debris that the values file has as it is, and words that only a setting may not have. */
function isAsWritten(key: string, text: string, value: Cursor, { kind, found, number }: Debris): boolean {
  switch (kind) {
    case 'exponent':
      return isWritten(number ?? '', value);
    case 'noValue':
      return !VARIABLE_NAME.test(key) && found !== text && findDebrisInFile(text) === undefined;
    case 'goMap':
      return !isPrintedMap(text) && findDebrisInFile(text) === undefined;
    default:
      return false;
  }
}

function isLeftover(text: string, actions: 'helm' | 'any'): boolean {
  return text.includes('{{') && (actions === 'any' || HELM_ACTION.test(text));
}
