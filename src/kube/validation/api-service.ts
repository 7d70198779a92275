import { all, between, checkFormat, fields, is, portNumber, required } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL_1035, DNS_SUBDOMAIN, PATH_SEGMENT } from './formats.ts';
import { metadata } from './metadata.ts';

function needed(field: Field, most: number): void {
  if (field.isEmpty) field.invalid(field.isSet ? 'is 0' : 'is missing', `Write a number from 1 to ${most}`);
  else between(1, most)(field);
}

const service = fields({ name: required(), namespace: required(), port: portNumber });

const spec: Check = (field) => {
  const group = field.at('group');
  if (group.isEmpty && field.at('version').text !== 'v1') group.required();
  is(DNS_SUBDOMAIN)(group);
  checkFormat(field.at('version'), DNS_LABEL_1035);
  needed(field.at('groupPriorityMinimum'), 20_000);
  needed(field.at('versionPriority'), 1000);
  const skips = field.at('insecureSkipTLSVerify');
  const bundle = field.at('caBundle');
  if (!field.at('service').isSet) {
    for (const each of [skips, bundle])
      if (!each.isEmpty) each.invalid('is set without service', 'Add service, or remove the field');
    return;
  }
  service(field.at('service'));
  if (skips.isTrue && !bundle.isEmpty) skips.invalid('is true beside caBundle', 'Remove one of the two');
};

export const apiService = all(metadata({ name: PATH_SEGMENT, knownFinalizers: false }), (object) => {
  const field = object.at('spec');
  spec(field);
  const name = object.at('metadata', 'name');
  const wanted = `${field.at('version').text}.${field.at('group').text}`;
  if (!name.isEmpty && name.text !== wanted) {
    name.invalid('is not the version and the group with a dot between them', `Write ${wanted}`);
  }
});
