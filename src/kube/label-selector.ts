import type { Cursor } from '../yaml/cursor.ts';

/** The labels of an object, by name. */
export type Labels = ReadonlyMap<string, string>;

/** What stands below `metadata.labels`, as text. */
export function labelsOf(labels: Cursor): Labels {
  return new Map(labels.entries().map(([name, value]) => [name, value.text ?? '']));
}

/**
 * Whether a label selector (`matchLabels`, `matchExpressions`) matches labels; an empty one matches all, one that is not
 * there none (Kubernetes API reference, "LabelSelector").
 */
export function matchesSelector(selector: Cursor, labels: Labels): boolean {
  if (!selector.isMapping) return false;
  return (
    matchesLabels(selector.at('matchLabels'), labels) &&
    selector
      .at('matchExpressions')
      .items()
      .every((expression) => matchesExpression(expression, labels))
  );
}

/** Whether labels have all of these: the plain selector of a Service or of a ReplicationController. */
export function matchesLabels(wanted: Cursor, labels: Labels): boolean {
  return wanted.entries().every(([name, value]) => labels.get(name) === (value.text ?? ''));
}

function matchesExpression(expression: Cursor, labels: Labels): boolean {
  const label = labels.get(expression.at('key').string ?? '');
  const isAmong = (): boolean =>
    expression
      .at('values')
      .items()
      .some((value) => value.text === label);
  switch (expression.at('operator').string) {
    case 'In':
      return label !== undefined && isAmong();
    case 'NotIn':
      return label === undefined || !isAmong();
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    // The API server refuses any other.
    default:
      return false;
  }
}
