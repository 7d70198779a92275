import { enumerate } from '../../text/enumerate.ts';
import { entryOf, type MappingNode, type Node } from '../../yaml/node.ts';
import { loadStructures, type Structures } from '../structure.ts';
import { apiOf } from '../validation/versions.ts';
import { checkEmbedded, checkMetadata, decodeMetadata } from './check-metadata.ts';
import { checkValue } from './check-value.ts';
import type { CustomKinds } from './custom-kinds.ts';
import type { CustomKind, CustomVersion } from './definition.ts';
import { fillIn } from './fill-in.ts';
import { Issues, type CustomResourceIssue } from './issues.ts';
import { checkListTypes } from './list-types.ts';
import { Place } from './place.ts';
import type { RuleChecker } from './check-rules.ts';
import { hasRules } from './has-rules.ts';
import { findUnknownFields } from './unknown-fields.ts';

/** What the API server says of custom resources of which a schema is at hand. */
export interface CustomResources {
  /** Whether there is a schema for an object. */
  knows(apiVersion: string, kind: string): boolean;
  /** Whether objects are in a namespace; undefined where that is not known. */
  isNamespaced(apiVersion: string, kind: string): boolean | undefined;
  /** Why it is refused; undefined when there is no schema for it. */
  judge(apiVersion: string, kind: string, object: Node, options?: CustomOptions): CustomResourceIssue[] | undefined;
}

export interface CustomOptions {
  /** Whether unknown fields are passed over. */
  readonly allowsUnknownFields?: boolean;
}

/** Loads what is needed for the given kinds: for those without a schema nothing. */
export async function loadCustomResources(
  kinds: Iterable<{ readonly apiVersion: string; readonly kind: string }>,
  definitions: CustomKinds,
  { kubeVersion }: { readonly kubeVersion?: string | undefined } = {},
): Promise<CustomResources> {
  const found = new Map<string, CustomKind>();
  for (const { apiVersion, kind } of kinds) {
    const key = `${apiVersion} ${kind}`;
    const [group, version] = splitVersion(apiVersion);
    const custom = found.has(key) ? undefined : definitions.find(group, kind, version);
    if (custom !== undefined) found.set(key, custom);
  }
  if (found.size === 0) return { knows: () => false, isNamespaced: () => undefined, judge: () => undefined };
  const structures = await loadStructures([{ apiVersion: 'v1', kind: 'ConfigMap' }]);
  const rules = [...found].some(([key, { versions }]) => {
    const [, version] = splitVersion(key.split(' ')[0] ?? '');
    return versions.some(({ name, schema }) => name === version && hasRules(schema));
  })
    ? (await import('./check-rules.ts')).makeRuleChecker()
    : undefined;
  return {
    knows: (apiVersion, kind) => found.has(`${apiVersion} ${kind}`),
    isNamespaced: (apiVersion, kind) => found.get(`${apiVersion} ${kind}`)?.isNamespaced,
    judge(apiVersion, kind, object, options = {}) {
      const custom = found.get(`${apiVersion} ${kind}`);
      if (custom === undefined) return undefined;
      return judge(custom, splitVersion(apiVersion)[1], object, {
        structures,
        rules,
        minor: apiOf(kubeVersion).minor,
        allowsUnknownFields: options.allowsUnknownFields === true,
      });
    },
  };
}

function splitVersion(apiVersion: string): [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

interface Judging {
  readonly structures: Structures;
  readonly rules: RuleChecker | undefined;
  readonly minor: number;
  readonly allowsUnknownFields: boolean;
}

/** The steps of the API server, in its order. Source: customresource_handler.go and strategy.go in k8s.io/apiextensions-apiserver. */
function judge(custom: CustomKind, versionName: string, object: Node, judging: Judging): CustomResourceIssue[] {
  const issues = new Issues();
  const version = custom.versions.find(({ name }) => name === versionName);
  if (version?.isServed !== true) {
    if (custom.isComplete) reportUnserved(custom, version, issues);
    return issues.all;
  }
  const { schema } = version;
  if (object.kind !== 'mapping') return issues.all;
  decodeMetadata(object, Place.root, judging.structures, issues);
  // What is only unknown does not keep the rest from being validated.
  const isMetadataDecoded = issues.all.every((issue) => issue.by === 'decoding' && issue.problem === 'unknown');
  if (schema === undefined) {
    if (isMetadataDecoded) checkMetadata(object, issues);
    return issues.all;
  }
  if (!custom.preservesUnknownFields && !judging.allowsUnknownFields) findUnknownFields(object, schema, issues);
  const filled = fillIn(version.hasStatusSubresource ? withoutStatus(object) : object, schema);
  if (isMetadataDecoded) checkMetadata(object, issues);
  const found = new Issues();
  checkValue(filled, schema, Place.root, { issues: found, minor: judging.minor });
  checkScale(filled, version, found);
  checkEmbedded(filled, schema, Place.root, { structures: judging.structures, issues: found });
  checkListTypes(filled, schema, Place.root, found);
  if (!found.all.some(blocksRules)) judging.rules?.check(filled, schema, found);
  issues.all.push(...withoutConsequences(found.all, issues.all));
  return issues.all;
}

function reportUnserved({ kind, versions }: CustomKind, version: CustomVersion | undefined, issues: Issues): void {
  const served = versions.filter(({ isServed }) => isServed).map(({ name }) => name);
  const problem = version === undefined ? 'names a version that is not defined' : 'names a version that is not served';
  const remedy = served.length === 0 ? `Serve a version of ${kind}` : `Use ${enumerate(served, 'or')}`;
  issues.invalid(Place.root.at('apiVersion'), `${problem} for ${kind}`, remedy, 'FieldValueNotSupported');
}

function withoutStatus(object: MappingNode): MappingNode {
  return { ...object, entries: object.entries.filter(({ key }) => key !== 'status') };
}

const MOST_REPLICAS = 2 ** 31 - 1;

function checkScale(object: Node, { scale }: CustomVersion, issues: Issues): void {
  if (scale === undefined) return;
  let node: Node | undefined = object;
  for (const key of scale.specReplicasPath) node = node?.kind === 'mapping' ? entryOf(node, key)?.value : undefined;
  if (node === undefined) return;
  const value = node.kind === 'scalar' ? node.value : undefined;
  const place = Place.root.at(...scale.specReplicasPath);
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    if (issues.isEmpty) issues.type(place, ['integer'], 'string');
  } else if (value < 0) issues.invalid(place, 'is less than 0', 'Write 0 or more');
  else if (value > MOST_REPLICAS)
    issues.invalid(place, `is more than ${MOST_REPLICAS}`, `Write ${MOST_REPLICAS} or less`);
}

/** With these the API server does not look at the rules. */
function blocksRules(issue: CustomResourceIssue): boolean {
  if (issue.by === 'decoding') return issue.problem === 'type' || issue.problem === 'required';
  return ['FieldValueRequired', 'FieldValueTooLong', 'FieldValueTooMany', 'FieldValueTypeInvalid'].includes(
    issue.cause,
  );
}

/** One mistake is one issue: a required field that is mistyped is not missing, too. */
function withoutConsequences(
  found: readonly CustomResourceIssue[],
  before: readonly CustomResourceIssue[],
): CustomResourceIssue[] {
  const meant = new Set(
    before.flatMap((issue) => {
      if (issue.by !== 'decoding' || issue.suggestion === undefined) return [];
      return [JSON.stringify([...issue.path.slice(0, -1), issue.suggestion])];
    }),
  );
  return found.filter((issue) => {
    return (
      issue.by !== 'decoding' || issue.problem !== 'required' || !meant.has(JSON.stringify([...issue.path, issue.name]))
    );
  });
}
