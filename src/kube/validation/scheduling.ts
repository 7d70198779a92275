import { all, each, fields, mustBe, strictlyOneOf } from './checks.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './formats.ts';
import { labels, metadata } from './metadata.ts';
import { checkContainerResource, checkHugePagesHaveCompany, checkLimits } from './resources.ts';
import { toleration } from './scheduling-constraints.ts';

const MOST_PRIORITY = 1_000_000_000;
const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

export const priorityClass = all(
  metadata({ name: DNS_SUBDOMAIN }),
  fields({ preemptionPolicy: strictlyOneOf('PreemptLowerPriority', 'Never') }, (object) => {
    const name = object.at('metadata', 'name');
    const value = object.at('value');
    if (!name.text.startsWith('system-')) {
      if ((value.number ?? 0) > MOST_PRIORITY)
        value.forbidden(`to be more than ${MOST_PRIORITY}`, `Write ${MOST_PRIORITY} or less`);
    } else if (SYSTEM_PRIORITIES[name.text] !== (value.number ?? 0) || object.at('globalDefault').isTrue) {
      name.forbidden('to begin with "system-"', 'Choose another name');
    }
  }),
);

export const runtimeClass = all(
  metadata({ name: DNS_SUBDOMAIN, knownFinalizers: false }),
  fields({ scheduling: fields({ nodeSelector: labels, tolerations: each(toleration) }) }, (object) => {
    mustBe(DNS_LABEL)(object.at('handler'));
    const fixed = object.at('overhead', 'podFixed');
    checkLimits(fixed.as('limits'), checkContainerResource);
    checkHugePagesHaveCompany(object.at('overhead'), fixed.keys());
    const seen = new Set<string>();
    for (const item of object.at('scheduling', 'tolerations').items()) {
      const key = JSON.stringify(['key', 'operator', 'value', 'effect'].map((name) => item.at(name).text));
      if (seen.has(key)) item.duplicate('another toleration');
      seen.add(key);
    }
  }),
);
