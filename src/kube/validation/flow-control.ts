import {
  all,
  between,
  checkFormat,
  each,
  fields,
  is,
  notNegative,
  required,
  strictlyOneOf,
  withSpec,
} from './checks.ts';
import type { Check } from './field.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './formats.ts';
import { metadata } from './metadata.ts';

const VERBS = ['get', 'list', 'create', 'update', 'delete', 'deletecollection', 'patch', 'watch', 'proxy'];

/** A list that is not empty, and in which "*" stands alone. */
function anyOf(check: Check): Check {
  return required((list) => {
    const hasAny = list.texts().includes('*');
    if (hasAny && list.size > 1) list.invalid('has "*" beside others', 'Leave "*" alone, or remove it');
    if (!hasAny) check(list);
  });
}

const anything: Check = () => undefined;
const verbs = anyOf(each(strictlyOneOf(...VERBS)));

const resourceRule = fields({ verbs, apiGroups: anyOf(anything), resources: anyOf(anything) }, (rule) => {
  const namespaces = rule.at('namespaces');
  if (namespaces.size > 0) anyOf(each((item) => checkFormat(item, DNS_LABEL)))(namespaces);
  else if (!rule.at('clusterScope').isTrue)
    namespaces.required('where clusterScope is not true', 'Add namespaces, or clusterScope: true');
});

const urlPath: Check = (field) => {
  const { text } = field;
  if (!text.startsWith('/') || /[ ]|\/\//.test(text) || !/^[^*]*$|^[^*]*\/\*$/.test(text)) {
    field.invalid('is not a path of a URL', 'Write a path such as /healthz, or one that ends with /*');
  }
};

const nonResourceRule = fields({ verbs, nonResourceURLs: anyOf(each(urlPath)) });

const SUBJECTS: ReadonlyMap<string, string> = new Map(
  Object.entries({ Group: 'group', ServiceAccount: 'serviceAccount', User: 'user' }),
);

const account: Check = (field) => {
  const name = field.at('name');
  required((each) => (each.text === '*' ? undefined : checkFormat(each, DNS_SUBDOMAIN)))(name);
  required(is(DNS_LABEL))(field.at('namespace'));
};

const subject: Check = (item) => {
  const kind = item.at('kind');
  const expected = SUBJECTS.get(kind.text);
  if (expected === undefined) return kind.notSupported([...SUBJECTS.keys()]);
  for (const name of SUBJECTS.values()) {
    const field = item.at(name);
    if (name !== expected && field.isSet) field.forbidden(`where the kind is ${kind.text}`);
    if (name === expected && !field.isSet) field.required(`where the kind is ${kind.text}`);
    else if (name === expected) (name === 'serviceAccount' ? account : fields({ name: required() }))(field);
  }
};

const rule = fields(
  { subjects: required(each(subject)), resourceRules: each(resourceRule), nonResourceRules: each(nonResourceRule) },
  (item) => {
    if (item.at('resourceRules').size + item.at('nonResourceRules').size === 0) {
      item.required('with resourceRules or nonResourceRules', 'Add resourceRules or nonResourceRules');
    }
  },
);

const MOST_PRECEDENCE = 10_000;

export const flowSchema = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields(
      {
        distinguisherMethod: (method) => strictlyOneOf('ByNamespace', 'ByUser')(method.at('type')),
        rules: each(rule),
      },
      (spec) => {
        const precedence = spec.at('matchingPrecedence');
        if (!precedence.isEmpty) between(1, MOST_PRECEDENCE)(precedence);
        if (precedence.number === 1 && spec.parent?.at('metadata', 'name').text !== 'exempt') {
          precedence.invalid('is 1, which is kept for the schema exempt', 'Write 2 or more');
        }
        required(is(DNS_SUBDOMAIN))(spec.at('priorityLevelConfiguration', 'name'));
      },
    ),
  ),
);

const MOST_QUEUES = 10_000_000;
const DEFAULT_QUEUES = 64;

const DEFAULT_HAND = 8;
const MOST_HASH_BITS = 60;

/** A 0 stands for the default. */
const queuing = fields(
  { queueLengthLimit: notNegative, queues: between(0, MOST_QUEUES), handSize: notNegative },
  (field) => {
    const hand = field.at('handSize');
    const queues = field.at('queues').number || DEFAULT_QUEUES;
    const size = hand.number || DEFAULT_HAND;
    if (size > queues) hand.invalid('is greater than queues', 'Write queues or less');
    else if (Math.ceil(Math.log2(queues) * size) > MOST_HASH_BITS) {
      hand.invalid('is too great for so many queues', 'Write a smaller handSize, or fewer queues');
    }
  },
);

const limitResponse: Check = (response) => {
  const type = response.at('type');
  const queues = response.at('queuing');
  strictlyOneOf('Queue', 'Reject')(type);
  if (type.text === 'Reject' && queues.isSet) queues.forbidden('where the type is Reject');
  if (type.text === 'Queue' && !queues.isSet) queues.required('where the type is Queue');
  if (type.text === 'Queue') queuing(queues);
};

const limited = fields(
  { nominalConcurrencyShares: notNegative, lendablePercent: between(0, 100), borrowingLimitPercent: notNegative },
  (level) => limitResponse(level.at('limitResponse')),
);

export const priorityLevelConfiguration = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields(
      { exempt: fields({ nominalConcurrencyShares: notNegative, lendablePercent: between(0, 100) }), limited },
      (spec) => {
        const type = spec.at('type');
        strictlyOneOf('Exempt', 'Limited')(type);
        const isExempt = spec.parent?.at('metadata', 'name').text === 'exempt';
        if (isExempt !== (type.text === 'Exempt'))
          type.invalid('is Exempt for the level exempt, and for no other', 'Write Limited');
        const [own, other] = type.text === 'Limited' ? ['limited', 'exempt'] : ['exempt', 'limited'];
        if (type.text !== '' && spec.at(other ?? '').isSet)
          spec.at(other ?? '').forbidden(`where the type is ${type.text}`);
        if (own === 'limited' && !spec.at('limited').isSet) spec.at('limited').required('where the type is Limited');
      },
    ),
  ),
);
