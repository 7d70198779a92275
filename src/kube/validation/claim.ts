import { all, each, fields, is, required, strictlyOneOf } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_SUBDOMAIN } from './formats.ts';
import { metadata } from './metadata.ts';
import { positiveQuantity } from './quantity.ts';
import { labelSelector } from './selector.ts';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** `accessModes` of a claim or a volume. */
export const accessModes = required(each(strictlyOneOf(...ACCESS_MODES)), (list) => {
  const modes = list.texts();
  const hasOther = modes.some((mode) => mode !== 'ReadWriteOncePod' && ACCESS_MODES.includes(mode));
  if (modes.includes('ReadWriteOncePod') && hasOther) {
    list.forbidden('to combine ReadWriteOncePod with other modes', 'Remove ReadWriteOncePod, or the other modes');
  }
});

export const volumeMode = strictlyOneOf('Block', 'Filesystem');
export const className = is(DNS_SUBDOMAIN);

const dataSource = fields({ name: required(), kind: required(), apiGroup: is(DNS_SUBDOMAIN) }, (source) => {
  const kind = source.at('kind');
  if (source.at('apiGroup').isEmpty && kind.text !== 'PersistentVolumeClaim') {
    kind.invalid(
      'is not PersistentVolumeClaim, but there is no apiGroup',
      'Add apiGroup, or write PersistentVolumeClaim',
    );
  }
});

/** A source in another namespace is dropped: the feature is off. */
function isDropped(reference: Field): boolean {
  return reference.at('namespace').text !== '';
}

const oneDataSource: Check = (spec) => {
  const source = spec.at('dataSource');
  const reference = spec.at('dataSourceRef');
  if (!source.isSet || !reference.isSet || isDropped(reference)) return;
  if (['apiGroup', 'kind', 'name'].some((name) => source.at(name).text !== reference.at(name).text)) {
    source.invalid('differs from dataSourceRef', 'Remove dataSource, or make the two equal');
  }
};

const storage: Check = (spec) => {
  const requests = spec.at('resources', 'requests').as();
  const amount = requests.at('storage');
  if (!requests.has('storage')) amount.required();
  else positiveQuantity(amount);
};

/** `spec` of a claim, wherever it stands. */
export const claimSpec = fields(
  {
    accessModes,
    selector: labelSelector,
    storageClassName: className,
    volumeMode,
    dataSource,
    dataSourceRef(reference) {
      if (!isDropped(reference)) dataSource(reference);
    },
    volumeAttributesClassName(field) {
      if (field.api.has('volumeAttributesClass')) className(field);
    },
  },
  storage,
  oneDataSource,
);

export const persistentVolumeClaim = all(metadata({ name: DNS_SUBDOMAIN }), (claim: Field) =>
  claimSpec(claim.at('spec')),
);
