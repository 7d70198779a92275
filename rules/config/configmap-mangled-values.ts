import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** How Go prints a float64 of a million or more (`%v`, strconv.FormatFloat with 'g'): shortest digits, `e+` and at least two digits. */
const GO_FLOAT = /^-?[1-9](?:\.(\d*[1-9]))?e\+(0[6-9]|[1-9]\d{1,2})$/;

/** What Go's fmt writes for an argument that does not fit its verb (pkg.go.dev/fmt, "Format errors"). */
const GO_FORMAT_ERROR =
  /%!(?:[a-zA-Z](?:\(MISSING\)|\(BADINDEX\)|\((?:<nil>|[\w.*{}[\]]+=))|\((?:EXTRA |NOVERB|BADWIDTH|BADPREC))/;

/** A whole value that is a Go map, or a list of maps, as `%v` prints them. */
const GO_MAP = /^(?:map\[(?:[^\s:[\]]+:.*)?\]|\[map\[.*\]\])$/;

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
      exponent: 'Quote the number in the values file, or end the expression for {{key}} with `| int64 | quote`.',
      noValue: 'Set the value that the template prints for {{key}}, or give it a default with `| default`.',
      formatError: 'Correct the verb or the arguments of the printf that writes {{key}}.',
      goMap: 'Print a single value for {{key}}, or the whole structure with `toYaml` or `toJson`.',
      leftover: 'Render {{key}} with `tpl`, or write the value without a template action.',
      empty: 'Give {{key}} a value, or remove it.',
    },
    references: [
      'https://helm.sh/docs/chart_template_guide/function_list/#type-conversion-functions',
      'https://helm.sh/docs/howto/charts_tips_and_tricks/',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      exponent:
        'ConfigMap {{name}} holds {{key}} as a number in exponent form, where the values file has a whole number.',
      noValue: 'ConfigMap {{name}} holds {{key}} with {{found}}: the template printed a value that is not set.',
      formatError: 'ConfigMap {{name}} holds {{key}} with a printf error ({{found}}).',
      goMap: 'ConfigMap {{name}} holds {{key}} as a printed Go map, where a single value is expected.',
      leftover: 'ConfigMap {{name}} holds {{key}} with a template action that was not rendered.',
      empty: 'ConfigMap {{name}} holds {{key}} without a value.',
    },
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
    for (const [key, value] of resource.cursor.at('data').entries()) {
      const text = value.isNull ? '' : value.text?.trim();
      if (text === undefined) continue;
      if (text === '') {
        if (!allowEmpty && !matchesAnyGlob(key, allowEmptyKeys)) context.report(value, 'empty', { name, key });
        continue;
      }
      const formatError = text.includes('%!') ? GO_FORMAT_ERROR.exec(text)?.[0] : undefined;
      if (formatError !== undefined) {
        context.report(value, 'formatError', { name, key, found: formatError.slice(0, 3) });
        continue;
      }
      // Whole files may have `{{`, `<no value>` and the like for reasons of their own.
      if (text.includes('\n')) {
        if (actions === 'any' && text.includes('<no value>'))
          context.report(value, 'noValue', { name, key, found: '<no value>' });
        else if (actions === 'any' && HELM_ACTION.test(text) && !matchesAnyGlob(key, allowActions)) {
          context.report(value, 'leftover', { name, key });
        }
        continue;
      }
      const nothing = /<no value>|<nil>/.exec(text)?.[0];
      if (isWholeExponent(text)) {
        context.report(value, 'exponent', { name, key });
      } else if (nothing !== undefined && (VARIABLE_NAME.test(key) || nothing === text)) {
        context.report(value, 'noValue', { name, key, found: nothing });
      } else if (GO_MAP.test(text)) {
        context.report(value, 'goMap', { name, key });
      } else if (VARIABLE_NAME.test(key) && isLeftover(text, actions) && !matchesAnyGlob(key, allowActions)) {
        context.report(value, 'leftover', { name, key });
      }
    }
  },
});

/** Whether Go would print a whole number so: 1.2345678e+06 is not a whole number, and 1e6 was written by a person. */
function isWholeExponent(text: string): boolean {
  const match = GO_FLOAT.exec(text);
  return match !== null && (match[1] ?? '').length <= Number(match[2]);
}

function isLeftover(text: string, actions: 'helm' | 'any'): boolean {
  return text.includes('{{') && (actions === 'any' || HELM_ACTION.test(text));
}
