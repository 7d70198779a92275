import { all, checkFormat, each, fields, notNegative, oneOf, onlyOne, positive, required } from './checks.ts';
import type { Check, Field } from './field.ts';
import { HTTP_HEADER } from './formats.ts';
import { port } from './port.ts';

/** A port that must be there: without one it is 0. */
const neededPort: Check = (object) => {
  const field = object.at('port');
  if (field.isSet) port(field);
  else field.invalid('is missing', 'Add the number or the name of a port');
};

const exec = fields({ command: required() });

const httpGet = fields(
  {
    scheme: oneOf('HTTP', 'HTTPS'),
    httpHeaders: each((header) => checkFormat(header.at('name'), HTTP_HEADER)),
  },
  neededPort,
);

const handlers = { exec, httpGet, tcpSocket: neededPort };
const ofProbe = onlyOne(['exec', 'httpGet', 'tcpSocket', 'grpc'], 'handler');
const ofHook = onlyOne(['exec', 'httpGet', 'tcpSocket', 'sleep'], 'handler');

const probe = fields(
  {
    ...handlers,
    grpc: neededPort,
    initialDelaySeconds: notNegative,
    timeoutSeconds: notNegative,
    periodSeconds: notNegative,
    successThreshold: notNegative,
    failureThreshold: notNegative,
    terminationGracePeriodSeconds: positive,
  },
  ofProbe,
);

/** A success of one kind only: the probe of something that restarts the container. */
const once: Check = (each) => {
  const threshold = each.at('successThreshold');
  if ((threshold.number ?? 0) > 1) threshold.invalid('is not 1', 'Write 1, or remove the field');
};

const withoutGracePeriod: Check = (each) => {
  const period = each.at('terminationGracePeriodSeconds');
  if (period.isSet)
    period.invalid('is set, but a readiness probe stops nothing', 'Remove terminationGracePeriodSeconds');
};

export const livenessProbe = all(probe, once);
export const startupProbe = all(probe, once);
export const readinessProbe = all(probe, withoutGracePeriod);

/** How long a Pod has to stop where it does not say. */
const DEFAULT_GRACE_PERIOD = 30;

const sleep: Check = (action) => {
  // sleep → handler → lifecycle → container → list → spec
  const spec = action.parent?.parent?.parent?.parent?.parent;
  const longest = spec?.at('terminationGracePeriodSeconds').number ?? DEFAULT_GRACE_PERIOD;
  const seconds = action.at('seconds');
  const least = action.api.has('zeroSleep') ? 0 : 1;
  const { number = 0 } = seconds;
  if (number < least || number > longest) {
    seconds.invalid(
      `is not between ${least} and terminationGracePeriodSeconds (${longest})`,
      `Write a number from ${least} to ${longest}, or raise terminationGracePeriodSeconds`,
    );
  }
};

const hook = fields({ ...handlers, sleep }, ofHook);

/** `lifecycle` of a container. `stopSignal` is not looked at: the feature is off, so the field is dropped. */
export const lifecycle = fields({ postStart: hook, preStop: hook });

/** A probe or hook that this kind of container cannot have. */
export function forbidHandlers(container: Field): void {
  for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
    const field = container.at(name);
    if (field.isSet)
      field.forbidden(
        'in an init container without restartPolicy: Always',
        `Remove ${name}, or add restartPolicy: Always`,
      );
  }
}
