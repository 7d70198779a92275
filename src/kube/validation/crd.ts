import { all, checkFormat, each, fields, is, required, strictlyOneOf, withSpec } from './checks.ts';
import { schemaOfResource } from './crd-schema.ts';
import { Field, type Check } from './field.ts';
import { DNS_LABEL_1035, DNS_SUBDOMAIN, PATH_SEGMENT } from './formats.ts';
import { metadata } from './metadata.ts';
import { clientConfig, reviewVersions } from './webhook.ts';

const label = is(DNS_LABEL_1035);

/** The name of a kind, which is a DNS label but for the case of its letters. */
const kindName: Check = (field) => {
  if (field.text !== '' && !DNS_LABEL_1035.test(field.text.toLowerCase())) {
    field.invalid('is not a name of a kind', 'Use letters and digits, beginning with a letter, as in MyKind');
  }
};

const names = fields(
  {
    plural: required(label),
    singular: label,
    kind: required(kindName),
    listKind: kindName,
    shortNames: each((field) => checkFormat(field, DNS_LABEL_1035)),
    categories: each((field) => checkFormat(field, DNS_LABEL_1035)),
  },
  (field) => {
    const list = field.at('listKind');
    if (!list.isEmpty && list.text === field.at('kind').text) list.invalid('is the same as kind', 'Add "List" to it');
  },
);

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

const simplePath: Check = (field) => {
  if (field.text !== '' && !field.text.startsWith('.'))
    field.invalid('does not begin with "."', 'Write a path such as .spec.replicas');
};

const column = fields({ name: required(), type: required() }, (item) => {
  required(simplePath)(item.at('jsonPath').as('JSONPath'));
  const type = item.at('type');
  if (!type.isEmpty && !COLUMN_TYPES.includes(type.text)) {
    type.invalid(`is not one of ${COLUMN_TYPES.join(', ')}`, `Write one of ${COLUMN_TYPES.join(', ')}`);
  }
  const format = item.at('format');
  if (!format.isEmpty && !COLUMN_FORMATS.includes(format.text)) {
    format.invalid(`is not one of ${COLUMN_FORMATS.join(', ')}`, `Write one of ${COLUMN_FORMATS.join(', ')}`);
  }
});

function pathUnder(...roots: readonly string[]): Check {
  return (field) => {
    simplePath(field);
    if (field.text.startsWith('.') && !roots.some((root) => field.text.startsWith(`.${root}.`))) {
      field.invalid(
        `is not a path under ${roots.map((root) => `.${root}`).join(' or ')}`,
        `Write a path such as .${roots[0]}.replicas`,
      );
    }
  };
}

const scale = fields({
  specReplicasPath: required(pathUnder('spec')),
  statusReplicasPath: required(pathUnder('status')),
  labelSelectorPath: pathUnder('spec', 'status'),
});

const deprecation: Check = (version) => {
  const warning = version.at('deprecationWarning');
  if (!warning.isSet) return;
  if (!version.at('deprecated').isTrue)
    warning.invalid('is set, but the version is not deprecated', 'Add deprecated: true');
  if (warning.text === '') warning.invalid('is empty', 'Write a warning, or remove the field');
  if (warning.text.length > 256 || /[^\P{C}]/u.test(warning.text))
    warning.invalid('is not a line of 256 printable characters', 'Write a shorter line');
};

const MOST_SELECTABLE = 8;

/** `selectableFields`: scalar fields of the schema. */
const selectable: Check = (version) => {
  if (!version.api.has('selectableFields')) return;
  const list = version.at('selectableFields');
  if (list.size > MOST_SELECTABLE) list.tooMany(MOST_SELECTABLE);
  const seen = new Set<string>();
  for (const field of list.items().map((item) => item.at('jsonPath'))) {
    if (field.isEmpty) {
      field.required();
      continue;
    }
    const steps = field.text.split('.').slice(1);
    const schema = steps.reduce((each, step) => each.at('properties', step), version.at('schema', 'openAPIV3Schema'));
    if (
      !field.text.startsWith('.') ||
      steps[0] === 'metadata' ||
      !['string', 'boolean', 'integer'].includes(schema.at('type').text)
    ) {
      field.invalid(
        'is not a path to a text, number or boolean of the schema',
        'Write the path of such a field, as in .spec.color',
      );
    }
    if (seen.has(field.text)) field.duplicate(`the path ${field.text}`);
    seen.add(field.text);
  }
};

const version = fields({ name: required(label) }, deprecation, selectable);

const views = fields({ subresources: fields({ scale }), additionalPrinterColumns: each(column) });

function checkVersion(item: Field, isOnly: boolean): void {
  version(item);
  const schema = item.at('schema', 'openAPIV3Schema');
  if (!schema.isSet) schema.required('for each version', 'Add schema.openAPIV3Schema with type: object');
  // What all versions have in common belongs to the definition as a whole for the API server.
  const common = isOnly ? hoist(item) : item;
  views(common);
  const named = isOnly ? common.at('schema').as('validation') : common.at('schema');
  if (!schema.isSet) return;
  const { issues, expressions } = item.validation;
  const before = issues.length;
  schemaOfResource(named.at('openAPIV3Schema'), item.at('subresources', 'status').isSet);
  // Of a schema that is wrong, the API server does not look at the rules.
  if (issues.length === before) expressions?.checkSchema(named.at('openAPIV3Schema'));
}

/** A version whose fields the API server names as if they stood in `spec`. */
function hoist(item: Field): Field {
  const list = item.parent?.as();
  return new Field(item.node, list, item.step, item.validation, []);
}

const versions: Check = (spec) => {
  const list = spec.at('versions');
  const items = list.items();
  for (const item of items) checkVersion(item, items.length === 1);
  const stored = items.filter((item) => item.at('storage').isTrue);
  if (stored.length !== 1) {
    list.invalid(
      `has ${stored.length} versions with storage: true, not 1`,
      'Write storage: true for exactly one version',
    );
  }
  const seen = new Set<string>();
  for (const name of items.map((item) => item.at('name'))) {
    if (name.text !== '' && seen.has(name.text)) name.duplicate(`the version ${name.text}`);
    seen.add(name.text);
  }
};

const conversion: Check = (field) => {
  const strategy = field.at('strategy');
  const webhook = field.at('webhook');
  if (strategy.isEmpty) strategy.required();
  else strictlyOneOf('None', 'Webhook')(strategy);
  if (strategy.text === 'Webhook') {
    const config = webhook.at('clientConfig');
    if (config.isSet) clientConfig(config);
    else config.required('where the strategy is Webhook');
    reviewVersions(webhook.at('conversionReviewVersions'));
  } else if (webhook.isSet && webhook.size > 0) webhook.forbidden('where the strategy is not Webhook');
};

const APPROVAL = 'api-approved.kubernetes.io';

/** Groups of the Kubernetes community need its approval. */
const approval: Check = (object) => {
  const annotation = object.at('metadata', 'annotations', APPROVAL);
  const group = object.at('spec', 'group').text;
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)) return;
  if (annotation.isEmpty) annotation.required(`for a group of Kubernetes, ${group}`, 'Use a group of your own');
  else if (!annotation.text.startsWith('unapproved') && !/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(annotation.text)) {
    annotation.invalid('is not a URL', 'Write the URL of the approval, or a reason that begins with "unapproved"');
  }
};

export const customResourceDefinition = all(
  metadata({ name: PATH_SEGMENT, knownFinalizers: false }),
  approval,
  (object: Field) => {
    const spec = object.at('spec');
    const wanted = `${spec.at('names', 'plural').text}.${spec.at('group').text}`;
    for (const name of [object.at('metadata', 'name'), object.at('metadata', 'generateName')]) {
      if (name.isEmpty) continue;
      if (name.text !== wanted)
        name.invalid('is not the plural name and the group with a dot between them', `Write ${wanted} as the name`);
      else checkFormat(name, DNS_SUBDOMAIN);
    }
  },
  withSpec(
    fields(
      {
        group: required(is(DNS_SUBDOMAIN), (field) => {
          if (!field.text.includes('.')) field.invalid('has no dot', 'Write a domain, as in example.com');
        }),
        scope: required(strictlyOneOf('Cluster', 'Namespaced')),
        conversion,
        preserveUnknownFields(field) {
          if (field.isTrue)
            field.invalid('is true', 'Write x-kubernetes-preserve-unknown-fields: true in the schema instead');
        },
      },
      (spec) => names(spec.at('names')),
      versions,
    ),
  ),
);
