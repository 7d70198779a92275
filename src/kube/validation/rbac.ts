import { all, each, fields, is, oneOf, required, strictlyOneOf } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_SUBDOMAIN, PATH_SEGMENT } from './formats.ts';
import { metadata } from './metadata.ts';
import { labelSelector } from './selector.ts';

const GROUP = 'rbac.authorization.k8s.io';

function checkRule(rule: Field, isNamespaced: boolean): void {
  const verbs = rule.at('verbs');
  const urls = rule.at('nonResourceURLs');
  const [groups, resources] = [rule.at('apiGroups'), rule.at('resources')];
  if (verbs.size === 0) verbs.required();
  if (urls.size > 0) {
    if (isNamespaced) urls.invalid('is set in a Role, which is about one namespace', 'Use a ClusterRole');
    if (groups.size + resources.size + rule.at('resourceNames').size > 0) {
      urls.invalid('is set beside resources', 'Make two rules of it');
    }
    return;
  }
  if (groups.size === 0) groups.required('in a rule about resources', 'Add apiGroups; "" is the core group');
  if (resources.size === 0) resources.required('in a rule about resources');
}

const name = metadata({ name: PATH_SEGMENT });

export const role = all(name, fields({ rules: each((rule) => checkRule(rule, true)) }));

export const clusterRole = all(
  name,
  fields({
    rules: each((rule) => checkRule(rule, false)),
    aggregationRule(rule) {
      const selectors = rule.at('clusterRoleSelectors');
      if (selectors.size === 0) selectors.required();
      else each(labelSelector)(selectors);
    },
  }),
);

const KINDS = ['ServiceAccount', 'User', 'Group'];

function subject(isNamespaced: boolean): Check {
  return (each) => {
    const kind = each.at('kind').text;
    const group = each.at('apiGroup');
    strictlyOneOf(...KINDS)(each.at('kind'));
    if (kind === 'ServiceAccount') {
      required(is(DNS_SUBDOMAIN))(each.at('name'));
      if (!group.isEmpty) group.notSupported(['""'], 'the group of a ServiceAccount');
      if (!isNamespaced && each.at('namespace').isEmpty) each.at('namespace').required('for a ServiceAccount');
      return;
    }
    if (each.at('name').isEmpty) each.at('name').required();
    if (KINDS.includes(kind)) oneOf(GROUP)(group);
  };
}

function binding(isNamespaced: boolean): Check {
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  return all(name, fields({ subjects: each(subject(isNamespaced)) }), (object) => {
    const role = object.at('roleRef');
    oneOf(GROUP)(role.at('apiGroup'));
    strictlyOneOf(...kinds)(role.at('kind'));
    required(is(PATH_SEGMENT))(role.at('name'));
  });
}

export const roleBinding = binding(true);
export const clusterRoleBinding = binding(false);
