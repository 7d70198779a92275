import { apiGroupOf } from '../kube/api-group.ts';
import type { Range, SourceText } from '../text/source.ts';
import { Cursor } from '../yaml/cursor.ts';
import type { Document } from '../yaml/document.ts';
import type { Node } from '../yaml/node.ts';

/** One Kubernetes object of the input. */
export interface Resource {
  /** On the object's root. */
  readonly cursor: Cursor;
  readonly source: SourceText;
  readonly apiVersion: string;
  /** `apps` of `apps/v1`; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Empty when the object has none (`generateName`, or a broken object). */
  readonly name: string;
  readonly namespace: string | undefined;
  /** The template that Helm's `# Source:` comment names. */
  readonly template: string | undefined;
}

/** Why a document holds no Kubernetes object. */
export interface ResourceFault extends Range {
  readonly message: string;
  /** Whether the object lacks its apiVersion or kind. */
  readonly isUntyped?: boolean;
}

/** The objects of a document: one, none for a document of comments, or the items of a list. */
export function readResources(document: Document): { resources: Resource[]; faults: ResourceFault[] } {
  const resources: Resource[] = [];
  const faults: ResourceFault[] = [];
  if (document.root !== undefined) readObject(document, document.root, undefined);
  return { resources, faults };

  function readObject(of: Document, node: Node, list: { apiVersion: string; itemKind: string } | undefined): void {
    if (node.kind !== 'mapping') {
      if (node.kind === 'scalar' && node.value === null) return;
      const found = node.kind === 'sequence' ? 'a list' : 'a single value';
      faults.push({
        message: `Expected a Kubernetes object with apiVersion and kind, but found ${found}. Remove it or write an object.`,
        start: node.start,
        end: Math.min(node.end, node.start + 1),
      });
      return;
    }
    const cursor = Cursor.root(of, node);
    // Items of a typed list (ConfigMapList) may leave out what the list says already.
    const apiVersion = cursor.at('apiVersion').string ?? list?.apiVersion;
    const kind = cursor.at('kind').string ?? list?.itemKind;
    if (apiVersion === undefined || apiVersion === '' || kind === undefined || kind === '') {
      faults.push(missingType(cursor, apiVersion === undefined || apiVersion === '' ? 'apiVersion' : 'kind'));
      return;
    }
    const items = cursor.at('items');
    if (kind.endsWith('List') && items.node?.kind === 'sequence') {
      const itemKind = kind === 'List' ? undefined : kind.slice(0, -'List'.length);
      const inherited = itemKind === undefined ? undefined : { apiVersion, itemKind };
      for (const item of items.node.items) readObject(of, item, inherited);
      return;
    }
    resources.push({
      cursor,
      source: of.source,
      apiVersion,
      group: apiGroupOf(apiVersion),
      kind,
      name: cursor.at('metadata', 'name').text ?? '',
      namespace: cursor.at('metadata', 'namespace').string || undefined,
      template: of.template,
    });
  }
}

function missingType(cursor: Cursor, field: string): ResourceFault {
  const place = cursor.at(field);
  const message = place.exists
    ? `${field} must be a non-empty string. Correct it.`
    : `The object has no ${field}, so it cannot be linted. Add it, or leave this file out of the input.`;
  const { start, end } = place.exists ? place.range : cursor.range;
  return { message, start, end, isUntyped: !place.exists };
}
