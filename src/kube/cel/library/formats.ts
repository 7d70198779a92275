import { Optional } from '@marcbachmann/cel-js';
import { FORMATS } from '../../string-formats.ts';
import { DNS_LABEL, DNS_LABEL_1035, DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_NAME } from '../../validation/formats.ts';
import { noSuchOverload } from '../fault.ts';
import { NamedFormat } from '../values.ts';
import type { CelFunction, Library } from './library.ts';

/** A prefix of a name may end in a dash. */
function prefix(test: (text: string) => boolean): (text: string) => boolean {
  return (text) => test(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}

function crdFormat(name: string): (text: string) => boolean {
  return (text) => FORMATS.get(name)?.(text) === true;
}

const NAMED: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['dns1123Label', (text) => DNS_LABEL.test(text)],
  ['dns1123Subdomain', (text) => DNS_SUBDOMAIN.test(text)],
  ['dns1035Label', (text) => DNS_LABEL_1035.test(text)],
  ['qualifiedName', (text) => QUALIFIED_NAME.test(text)],
  ['dns1123LabelPrefix', prefix((text) => DNS_LABEL.test(text))],
  ['dns1123SubdomainPrefix', prefix((text) => DNS_SUBDOMAIN.test(text))],
  ['dns1035LabelPrefix', prefix((text) => DNS_LABEL_1035.test(text))],
  ['labelValue', (text) => LABEL_VALUE.test(text)],
  ['uri', crdFormat('uri')],
  ['uuid', crdFormat('uuid')],
  ['byte', crdFormat('byte')],
  ['date', crdFormat('date')],
  ['datetime', crdFormat('datetime')],
]);

const makers: Record<string, CelFunction> = {};
for (const [name, test] of NAMED) makers[`format.${name}/0`] = () => new NamedFormat(name, test);

/** Named formats: `format.dns1123Label().validate(text)` is none for a text of the format. */
export const formats: Library = {
  namespaced: {
    ...makers,
    'format.named/1'(name) {
      if (typeof name !== 'string') throw noSuchOverload('format.named');
      const test = NAMED.get(name);
      return test === undefined ? Optional.none() : Optional.of(new NamedFormat(name, test));
    },
  },
  methods: {
    'validate/1'(format, text) {
      if (!(format instanceof NamedFormat) || typeof text !== 'string') throw noSuchOverload('validate');
      return format.test(text) ? Optional.none() : Optional.of([`does not have the format ${format.name}`]);
    },
  },
};
