import { isChosenByCluster } from '../../src/bundle/chosen-by-cluster.ts';
import { quotingRemedy } from '../../src/bundle/quoting.ts';
import type { StructureIssue } from '../../src/kube/structure.ts';
import type { ValidationIssue } from '../../src/kube/validation/issue.ts';
import { defineRule } from '../../src/rule/rule.ts';
import type { Cursor, PathSegment } from '../../src/yaml/cursor.ts';
import { pathText } from '../../src/yaml/path-text.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Require every object whose schema is known to be one that the API server accepts',
    why:
      'The API server rejects an object with a wrong type or a missing field, and drops or rejects a field that it ' +
      'does not know: the upgrade fails halfway, or the setting is silently missing.',
    help: {
      type: '{{remedy}}.',
      required: '{{remedy}}.',
      misspelt: 'Rename {{field}} to {{suggestion}}.',
      unknown: 'Remove {{field}}, or move it to where it belongs.',
      otherVersion: 'Remove {{field}}, or use another version of Kubernetes.',
      enum: '{{remedy}}.',
      format: 'Write {{field}} as {{expected}}.',
      range: 'Change {{field}} to a number that fits in {{expected}}.',
      invalid: '{{remedy}}.',
      forbidden: '{{remedy}}.',
      duplicate: '{{remedy}}.',
      notFound: '{{remedy}}.',
      tooLong: '{{remedy}}.',
    },
    references: [
      'https://github.com/OWNER/chartlint/blob/main/docs/validation.md',
      'https://kubernetes.io/docs/reference/kubernetes-api/',
      'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
    ],
    covers: [
      'kube-linter/schema-validation',
      'kube-linter/invalid-target-ports',
      'kube-linter/mismatching-selector',
      'kube-linter/no-extensions-v1beta',
      'kube-score/stable-version',
      'kube-score/container-ports-check',
      'kube-score/cronjob-restartpolicy',
      'kube-score/deployment-pod-selector-labels-match-template-metadata-labels',
      'kube-score/label-values',
      'kube-score/statefulset-pod-selector-labels-match-template-metadata-labels',
      'helm-lint/metadata-name-valid',
      'helm-lint/removed-api',
      'helm-lint/workload-selector-required',
      'pluto/removed',
    ],
    severity: 'error',
    recommended: true,
    messages: {
      type: '{{field}} is {{found}}; expected {{expected}}.',
      required: '{{field}} {{problem}}.',
      misspelt: '{{field}} is not a known field (did you mean {{suggestion}}?).',
      unknown: '{{field}} is not a known field.',
      otherVersion: '{{field}} is a field of Kubernetes {{versions}} only.',
      enum: '{{field}} {{problem}}.',
      format: '{{field}} is not {{expected}}.',
      range: '{{field}} does not fit in {{expected}}.',
      invalid: '{{field}} {{problem}}.',
      forbidden: '{{field}} {{problem}}.',
      duplicate: '{{field}} {{problem}}.',
      notFound: '{{field}} {{problem}}.',
      tooLong: '{{field}} {{problem}}.',
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
  needsVerdicts: true,
  check({ apiVersion, kind, group, cursor }, { verdicts, options, report }) {
    if (cursor.node === undefined || verdicts === undefined) return;
    for (const issue of verdicts.judge(apiVersion, kind, cursor.node, options)) {
      const isUnknown =
        issue.by === 'decoding' && issue.path.length === 1 && ['unknown', 'misspelt'].includes(issue.problem);
      if (isSetByServer(issue.path, isUnknown)) continue;
      // On a cluster, the template may choose another API version.
      if (issue.path[0] === 'apiVersion' && isChosenByCluster(cursor.at('apiVersion'))) continue;
      // Nothing may point at the values of a Secret.
      const place = group === '' && kind === 'Secret' ? cursor.at(...issue.path).onKey : cursor.at(...issue.path);
      if (issue.by === 'decoding') reportDecoding(issue, place);
      else reportValidation(issue, place);
    }

    function reportDecoding(
      { path, problem, name: missing = '', expected = '', found = '', suggestion, versions }: StructureIssue,
      place: Cursor,
    ): void {
      const field = pathText(path);
      switch (problem) {
        case 'type':
          return report(
            place,
            'type',
            {
              field,
              expected: phrase(expected),
              found: phrase(found),
              remedy: remedyFor(place, field, expected, found),
            },
            { cause: 'FieldValueTypeInvalid' },
          );
        case 'required':
          return report(
            cursor.at(...path, missing),
            'required',
            { field: pathText([...path, missing]), problem: 'is missing', remedy: `Add ${missing}` },
            { cause: 'FieldValueRequired' },
          );
        case 'unknown':
          if (versions !== undefined) {
            return report(place.onKey, 'otherVersion', { field, versions: rangeText(versions) });
          }
          if (suggestion === undefined) return report(place.onKey, 'unknown', { field });
          return report(place.onKey, 'misspelt', { field, suggestion });
        case 'enum': {
          const hint = suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
          return report(
            place,
            'enum',
            { field, problem: `is not one of ${expected}${hint}`, remedy: `Change ${field} to one of ${expected}` },
            { cause: 'FieldValueNotSupported' },
          );
        }
        case 'format':
          return report(place, 'format', { field, expected }, { cause: 'FieldValueInvalid' });
        case 'value':
          return report(place, 'range', { field, expected }, { cause: 'FieldValueInvalid' });
      }
    }

    function reportValidation(issue: ValidationIssue, place: Cursor): void {
      const { path, cause, problem, remedy, field, isAboutKey = false } = issue;
      const said = { field: pathText(path), problem, remedy };
      report(isAboutKey ? place.onKey : place, MESSAGES[cause], said, { cause, field });
    }
  },
});

/** A cluster's dump has fields that people do not write; a `status` that a kind does not have is one that they wrote. */
function isSetByServer([first, second]: readonly PathSegment[], isUnknown: boolean): boolean {
  if (first === 'metadata') return SET_BY_SERVER.includes(String(second));
  return first === 'status' && !isUnknown;
}

const SET_BY_SERVER = ['managedFields', 'resourceVersion', 'uid', 'creationTimestamp', 'generation', 'selfLink'];

const MESSAGES = {
  FieldValueDuplicate: 'duplicate',
  FieldValueForbidden: 'forbidden',
  FieldValueInvalid: 'invalid',
  FieldValueNotFound: 'notFound',
  FieldValueNotSupported: 'enum',
  FieldValueRequired: 'required',
  FieldValueTooLong: 'tooLong',
  FieldValueTooMany: 'tooLong',
  FieldValueTypeInvalid: 'invalid',
} as const;

function remedyFor(place: Cursor, field: string, expected: string, found: string): string {
  if (expected === 'string' && (found === 'number' || found === 'boolean')) return quotingRemedy(place, field);
  if (found === 'string' && ['integer', 'number', 'boolean'].includes(expected)) {
    return `Write ${field} as ${phrase(expected)} without quotes`;
  }
  return `Write ${field} as ${phrase(expected)}`;
}

function rangeText({ since, until }: NonNullable<StructureIssue['versions']>): string {
  if (since === undefined) return `1.${until} and earlier`;
  if (until === undefined) return `1.${since} and later`;
  return since === until ? `1.${since}` : `1.${since} to 1.${until}`;
}

/** A type with its article, in the words of YAML. */
function phrase(type: string): string {
  const word = type.replace('object', 'mapping');
  if (word === 'null') return 'empty';
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}
