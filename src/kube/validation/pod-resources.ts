import type { Field } from './field.ts';
import { resourceQuantityOf } from './quantity.ts';
import { checkPodResource, resourceRequirements } from './resources.ts';

const requirements = resourceRequirements(checkPodResource);

/** `resources` of a whole Pod, which its containers share. */
export function checkPodResources(pod: Field): void {
  const resources = pod.at('resources');
  if (!resources.isSet || !resources.api.has('podLevelResources')) return;
  requirements(resources);
  const claims = resources.at('claims');
  if (claims.isSet) claims.forbidden('for a whole Pod', 'Move the claims to the containers');
  const limits = resources.at('limits');
  for (const container of pod.at('containers').items()) {
    for (const [resource, amount] of container.at('resources', 'limits').entries()) {
      const most = resourceQuantityOf(limits.at(resource));
      if (most !== undefined && (resourceQuantityOf(amount) ?? 0n) > most) {
        amount.invalid('is more than the limit of the Pod', 'Lower it, or raise the limit of the Pod');
      }
    }
  }
  for (const [resource, amount] of resources.at('requests').entries()) {
    if ((resourceQuantityOf(amount) ?? 0n) < requestOfContainers(pod, resource)) {
      amount.invalid(
        'is less than what the containers request together',
        'Raise it, or lower the requests of the containers',
      );
    }
  }
}

/** What the containers of a Pod request at the time when they request most. */
function requestOfContainers(pod: Field, resource: string): bigint {
  let sidecars = 0n;
  let starting = 0n;
  for (const container of pod.at('initContainers').items()) {
    const amount = requestOf(container, resource);
    if (container.at('restartPolicy').text === 'Always') sidecars += amount;
    const now = container.at('restartPolicy').text === 'Always' ? sidecars : sidecars + amount;
    if (now > starting) starting = now;
  }
  const running = pod
    .at('containers')
    .items()
    .reduce((sum, container) => sum + requestOf(container, resource), sidecars);
  return running > starting ? running : starting;
}

/** A container of a Pod requests its limit where it does not say what; one of a template says nothing then. */
function requestOf(container: Field, resource: string): bigint {
  const resources = container.at('resources');
  const isInPod = container.parent?.parent?.parent?.parent === undefined;
  const list = resources.at('requests').has(resource) || !isInPod ? 'requests' : 'limits';
  return resourceQuantityOf(resources.at(list, resource)) ?? 0n;
}
