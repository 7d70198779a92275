import { all, fields, notNegative, positive, withSpec } from './checks.ts';
import { DNS_SUBDOMAIN } from './formats.ts';
import { metadata } from './metadata.ts';

/** `strategy` and `preferredHolder` are not looked at: the feature is off, so they are dropped. */
export const lease = all(
  metadata({ name: DNS_SUBDOMAIN, knownFinalizers: false }),
  withSpec(fields({ leaseDurationSeconds: positive, leaseTransitions: notNegative })),
);
