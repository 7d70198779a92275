import { atMost100Percent, numberOrPercentage } from './amount.ts';
import { all, fields, strictlyOneOf, withSpec } from './checks.ts';
import { PATH_SEGMENT } from './formats.ts';
import { metadata } from './metadata.ts';
import { labelSelector } from './selector.ts';

const amount = all(numberOrPercentage, atMost100Percent);

export const podDisruptionBudget = all(
  metadata({ name: PATH_SEGMENT, knownFinalizers: false }),
  withSpec(
    fields(
      {
        minAvailable: amount,
        maxUnavailable: amount,
        selector: labelSelector,
        unhealthyPodEvictionPolicy: strictlyOneOf('AlwaysAllow', 'IfHealthyBudget'),
      },
      (spec) => {
        const most = spec.at('maxUnavailable');
        if (most.isSet && spec.at('minAvailable').isSet)
          most.invalid('is set beside minAvailable', 'Leave one of the two');
      },
    ),
  ),
);
