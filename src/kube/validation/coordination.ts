import { all, fields, notNegative, positive } from './checks.ts';
import { DNS_SUBDOMAIN, QUALIFIED_NAME } from './formats.ts';
import { metadata } from './metadata.ts';
import { withSpec } from './workload.ts';

export const lease = all(
  metadata({ name: DNS_SUBDOMAIN, knownFinalizers: false }),
  withSpec(
    fields({ leaseDurationSeconds: positive, leaseTransitions: notNegative }, (spec) => {
      const strategy = spec.at('strategy');
      const isKnown =
        strategy.text === 'OldestEmulationVersion' ||
        (strategy.text.includes('/') && QUALIFIED_NAME.test(strategy.text));
      if (strategy.isSet && !isKnown) strategy.notSupported(['OldestEmulationVersion']);
      const holder = spec.at('preferredHolder');
      if (!holder.isEmpty && strategy.isEmpty) holder.forbidden('without strategy');
    }),
  ),
);
