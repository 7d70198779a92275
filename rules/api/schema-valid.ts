import { printingAction } from '../../src/bundle/printed.ts';
import type { StructureIssue } from '../../src/kube/structure.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { pathText } from '../../src/yaml/path-text.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Require every object of a built-in kind to have the structure that the API server accepts',
    why:
      'The API server rejects an object with a wrong type or a missing field, and drops or rejects a field that it ' +
      'does not know: the upgrade fails halfway, or the setting is silently missing.',
    help: {
      type: '{{remedy}}.',
      required: 'Add {{field}}.',
      misspelt: 'Rename {{field}} to {{suggestion}}.',
      unknown: 'Remove {{field}}, or move it to where it belongs.',
      enum: 'Change {{field}} to one of {{expected}}.',
      format: 'Write {{field}} in the form of {{expected}}.',
      range: 'Change {{field}} to a number that fits in {{expected}}.',
    },
    references: [
      'https://kubernetes.io/docs/reference/kubernetes-api/',
      'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      type: '{{field}} is {{found}}; expected {{expected}}.',
      required: '{{field}} is missing.',
      misspelt: '{{field}} is not a known field (did you mean {{suggestion}}?).',
      unknown: '{{field}} is not a known field.',
      enum: '{{field}} is not one of {{expected}}{{hint}}.',
      format: '{{field}} does not have the form of {{expected}}.',
      range: '{{field}} does not fit in {{expected}}.',
    },
    options: {
      type: 'object',
      properties: {
        unknownFields: {
          type: 'string',
          enum: ['typos', 'all', 'off'],
          default: 'typos',
          description:
            'Which unknown fields to report: those that look like a mistyped known one, all (a newer cluster may ' +
            'know more fields than chartlint), or none.',
        },
      },
    },
    yieldsTo: ['configmap-string-values', 'configmap-mangled-values', 'mangled-values'],
  },
  needsStructures: true,
  appliesTo(group, kind) {
    // The schemas inside a definition are the API server's to check, and most of the text of many charts.
    return kind !== 'CustomResourceDefinition' && (!group.includes('.') || group.endsWith('.k8s.io'));
  },
  check({ apiVersion, kind, group, cursor }, { structures, options, report }) {
    const metadata = cursor.at('metadata');
    const name = metadata.at('name');
    const hasNoName = isAbsent(name.value) && isAbsent(metadata.at('generateName').value);
    if (
      structures?.isNamed(apiVersion, kind) === true &&
      hasNoName &&
      !name.isMapping &&
      (metadata.isMapping || metadata.isNull || !metadata.exists)
    ) {
      report(name, 'required', { field: 'metadata.name' });
    }
    if (cursor.node === undefined) return;
    for (const issue of structures?.check(apiVersion, kind, cursor.node, options) ?? []) {
      if (issue.problem === 'required' && issue.path.join('.') === 'metadata' && issue.name === 'name') continue;
      if (isSetByServer(issue)) continue;
      reportIssue(issue);
    }

    function reportIssue({ path, problem, name = '', expected = '', found = '', suggestion }: StructureIssue): void {
      // Nothing may point at the values of a Secret.
      const place = group === '' && kind === 'Secret' ? cursor.at(...path).onKey : cursor.at(...path);
      const field = pathText(path);
      switch (problem) {
        case 'type':
          return report(place, 'type', {
            field,
            expected: phrase(expected),
            found: phrase(found),
            remedy: remedyFor(field, expected, found, printingAction(place) !== undefined),
          });
        case 'required':
          return report(cursor.at(...path, name), 'required', { field: pathText([...path, name]) });
        case 'unknown':
          if (suggestion === undefined) return report(place.onKey, 'unknown', { field });
          return report(place.onKey, 'misspelt', { field, suggestion });
        case 'enum':
          return report(place, 'enum', {
            field,
            expected,
            hint: suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`,
          });
        case 'format':
          return report(place, 'format', { field, expected });
        case 'value':
          return report(place, 'range', { field, expected });
      }
    }
  },
});

const SET_BY_SERVER = ['managedFields', 'resourceVersion', 'uid', 'creationTimestamp', 'generation', 'selfLink'];

/** A cluster's dump has fields that people do not write; a `status` that a kind does not have is one that they wrote. */
function isSetByServer({ path: [first, second], problem, path }: StructureIssue): boolean {
  if (first === 'metadata') return SET_BY_SERVER.includes(String(second));
  return first === 'status' && !(path.length === 1 && ['unknown', 'misspelt'].includes(problem));
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** An action prints a string without its quotes, so they belong behind the action and not into the values file. */
function remedyFor(field: string, expected: string, found: string, isPrinted: boolean): string {
  if (expected === 'string' && (found === 'number' || found === 'boolean')) {
    return isPrinted ? `End the expression that prints ${field} with \`| quote\`` : `Quote the value of ${field}`;
  }
  if (found === 'string' && ['integer', 'number', 'boolean'].includes(expected)) {
    return `Write ${field} as ${phrase(expected)} without quotes`;
  }
  return `Write ${field} as ${phrase(expected)}`;
}

/** A type with its article, in the words of YAML. */
function phrase(type: string): string {
  const word = type.replace('object', 'mapping');
  if (word === 'null') return 'empty';
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}
