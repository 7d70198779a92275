import { parseRange, ipRange } from './address.ts';
import { all, each, mustBe, withSpec } from './checks.ts';
import type { Check } from './field.ts';
import { DNS_SUBDOMAIN, LABEL_VALUE } from './formats.ts';
import { metadata } from './metadata.ts';
import { labelKey } from './selector.ts';

const EFFECTS = ['NoExecute', 'NoSchedule', 'PreferNoSchedule'];

const taints: Check = (list) => {
  const seen = new Set<string>();
  for (const taint of list.items()) {
    const effect = taint.at('effect');
    labelKey(taint.at('key'));
    mustBe(LABEL_VALUE)(taint.at('value'));
    if (effect.isEmpty) effect.required();
    else if (!EFFECTS.includes(effect.text)) effect.notSupported(EFFECTS);
    const key = JSON.stringify([taint.at('key').text, effect.text]);
    if (seen.has(key)) taint.duplicate('the key and the effect of another taint');
    seen.add(key);
  }
};

const podRanges: Check = (list) => {
  each(ipRange)(list);
  const versions = list.texts().map((text) => parseRange(text)?.version);
  if (versions.length > 2 || (versions.length === 2 && versions[0] === versions[1])) {
    list.invalid('has more than one range of a family', 'Give at most one range of each family');
  }
};

/** The API server calls taints a part of `metadata`. */
export const node = all(
  metadata({ name: DNS_SUBDOMAIN }),
  (object) => taints(object.at('spec').as('metadata').at('taints')),
  withSpec((spec) => {
    const one = spec.at('podCIDR');
    const ranges = spec.at('podCIDRs');
    // podCIDR counts where the two differ.
    if (!one.isEmpty && one.text !== ranges.texts()[0]) ipRange(one.as('podCIDRs'));
    else podRanges(ranges);
  }),
);
