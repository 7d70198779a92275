import type { Resource } from '../../bundle/resource.ts';
import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Location, SourceText } from '../../text/source.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import { locateOrigin } from '../findings/provenance.ts';
import type { Finding } from '../result.ts';
import { findAnnotations } from './find-annotations.ts';
import { findComments } from './find-comments.ts';
import type { PlacedSuppression } from './ignore-findings.ts';
import { explainUnknownId } from './ignore-ids.ts';
import type { SuppressionFault } from './read-directive.ts';

export interface SuppressionSources {
  /** Everything that a person wrote: manifests, templates, values files. Rendered texts are passed over. */
  readonly sources: Iterable<SourceText>;
  /** Of all environments. The `resource` of a finding must be one of these very objects. */
  readonly resources: readonly Resource[];
  readonly policy: Policy;
  /** All ids that a directive may name; undefined when that cannot be told, since the policy is not whole. */
  readonly known: ReadonlySet<string> | undefined;
  /** The best known place of a cursor. Annotations of one place are one, in all environments. */
  readonly locate?: (cursor: Cursor) => Location;
}

/** All comments and annotations of a run, by what they speak of. */
export class SuppressionIndex {
  readonly all: readonly PlacedSuppression[];
  readonly faults: readonly SuppressionFault[];
  readonly #ofLines = new Map<string, PlacedSuppression[]>();
  readonly #ofResources = new Map<Finding['resource'], PlacedSuppression[]>();

  constructor({ sources, resources, policy, known, locate = locateOrigin }: SuppressionSources) {
    const all: PlacedSuppression[] = [];
    const faults = new Map<string, SuppressionFault>();
    this.all = all;
    const explain = explainer(policy);
    const placeOf = remembered(locate);
    for (const source of sources) {
      // Its comments are those of the templates.
      if (source instanceof RenderedText) continue;
      const found = findComments(source);
      for (const fault of found.faults) addFault(fault);
      for (const { line, ...comment } of found.suppressions) {
        add({ ...comment, resource: undefined }, this.#ofLines, lineKey(source.file, line));
      }
    }
    const annotations = findAnnotations(resources);
    for (const { message, cursor } of annotations.faults) addFault({ message, place: placeOf(cursor) });
    for (const { resource, cursor, ...directive } of annotations.suppressions) {
      add({ by: 'annotation', ...directive, resource, place: placeOf(cursor) }, this.#ofResources, resource);
    }
    this.faults = [...faults.values()];

    function add<Key>(directive: PlacedSuppression, byKey: Map<Key, PlacedSuppression[]>, key: Key): void {
      const unknown = known === undefined ? undefined : directive.ids.find((id) => !known.has(id));
      if (known !== undefined && unknown !== undefined) {
        addFault({ message: explain(unknown, known), place: directive.place });
        return;
      }
      all.push(directive);
      const others = byKey.get(key);
      if (others === undefined) byKey.set(key, [directive]);
      else others.push(directive);
    }

    /** An annotation that is wrong is wrong in every environment. */
    function addFault(fault: SuppressionFault): void {
      const { file, line, column } = fault.place;
      faults.set([file, line, column, fault.message].join('\0'), fault);
    }
  }

  /** Those that speak of a finding's lines or of its object, whatever their ids. */
  around({ location, rendered, values, resource }: Finding): PlacedSuppression[] {
    if (this.all.length === 0) return [];
    const lines = new Set([location, rendered, ...values].map(({ file, line }) => lineKey(file, line)));
    const inLines = [...lines].flatMap((line) => this.#ofLines.get(line) ?? []);
    return resource === undefined ? inLines : [...inLines, ...(this.#ofResources.get(resource) ?? [])];
  }
}

/** An annotation may hold very many directives. */
function remembered(locate: (cursor: Cursor) => Location): (cursor: Cursor) => Location {
  const places = new Map<Cursor, Location>();
  return (cursor) => {
    let place = places.get(cursor);
    if (place === undefined) places.set(cursor, (place = locate(cursor)));
    return place;
  };
}

/** To look for what is meant takes long. A report does not show as many errors. */
const MAX_EXPLAINED = 200;

function explainer(policy: Policy): (id: string, known: Iterable<string>) => string {
  const explained = new Map<string, string>();
  return (id, known) => {
    let message = explained.get(id);
    if (message === undefined) {
      message = explainUnknownId(id, policy, explained.size < MAX_EXPLAINED ? known : []);
      explained.set(id, message);
    }
    return message;
  };
}

function lineKey(file: string, line: number): string {
  return `${file}\0${line}`;
}
