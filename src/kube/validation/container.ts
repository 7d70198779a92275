import {
  all,
  each,
  fields,
  is,
  oneOf,
  portNumber,
  required,
  strictlyOneOf,
  unique,
  withFeature,
  zeroOrBetween,
} from './checks.ts';
import { env, envFrom } from './environment.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, PORT_NAME } from './formats.ts';
import { pullPolicy } from './image.ts';
import { relativePath, withoutBacksteps } from './path.ts';
import { protocol } from './port.ts';
import { forbidHandlers, lifecycle, livenessProbe, readinessProbe, startupProbe } from './probe.ts';
import { checkClaims, checkContainerResource, resourceRequirements } from './resources.ts';
import { checkProcMount, securityContext } from './security-context.ts';

/** What containers can refer to in their Pod. */
export interface PodParts {
  readonly volumes: ReadonlyMap<string, Field | 'claim'>;
  readonly claims: ReadonlySet<string>;
  readonly hasHostUsers: boolean;
}

const containerPort = fields({
  name: is(PORT_NAME),
  containerPort: required(portNumber),
  hostPort: zeroOrBetween(1, 65_535),
  protocol,
});

const ports = all(
  each(containerPort),
  unique('the port', (item) => item.at('name')),
);

/** Checks that no two containers take the same port of the node. */
export function checkHostPorts(containers: readonly Field[]): void {
  const seen = new Set<string>();
  for (const port of containers.flatMap((container) => container.at('ports').items())) {
    const hostPort = port.at('hostPort');
    if (hostPort.isEmpty) continue;
    const key = `${port.at('protocol').text || 'TCP'}/${port.at('hostIP').text}/${hostPort.number}`;
    if (seen.has(key)) hostPort.duplicate(`the host port ${hostPort.number}`);
    seen.add(key);
  }
}

const mountPropagation: Check = (field) => {
  strictlyOneOf('Bidirectional', 'HostToContainer', 'None')(field);
  const container = field.parent?.parent?.parent;
  if (field.text === 'Bidirectional' && container?.at('securityContext', 'privileged').isTrue !== true) {
    field.forbidden('in a container that is not privileged', 'Write HostToContainer, or make the container privileged');
  }
};

const recursiveReadOnly: Check = (field) => {
  if (!field.api.has('recursiveReadOnlyMounts')) return;
  strictlyOneOf('Disabled', 'Enabled', 'IfPossible')(field);
  if (field.text !== 'Enabled' && field.text !== 'IfPossible') return;
  const mount = field.parent;
  if (mount?.at('readOnly').isTrue !== true) field.forbidden('where readOnly is not true', 'Add readOnly: true');
  const propagation = mount?.at('mountPropagation');
  if (propagation?.isSet === true && propagation.text !== 'None') {
    field.forbidden(`with mountPropagation: ${propagation.text}`, 'Remove mountPropagation, or write None');
  }
};

const mount = fields(
  {
    name: required(),
    mountPath: required(),
    subPath: relativePath,
    subPathExpr: relativePath,
    mountPropagation,
    recursiveReadOnly,
  },
  (each) => {
    const expression = each.at('subPathExpr');
    if (expression.text !== '' && each.at('subPath').text !== '') {
      expression.invalid('is set beside subPath', 'Remove subPath or subPathExpr');
    }
  },
);

const device = fields({ name: required(), devicePath: required(withoutBacksteps) });

function checkMounts(container: Field, { volumes }: PodParts): void {
  if (!container.says('volumeMounts') && !container.says('volumeDevices')) return;
  const mounts = container.at('volumeMounts').items();
  const devices = container.at('volumeDevices').items();
  const paths = new Set<string>();
  for (const each of mounts) {
    mount(each);
    checkVolume(each.at('name'), volumes);
    const path = each.at('mountPath');
    if (paths.has(path.text)) path.invalid('is mounted twice', 'Mount each path once in a container');
    paths.add(path.text);
  }
  const names = new Set(mounts.map((each) => each.at('name').text));
  for (const each of devices) {
    device(each);
    const name = each.at('name');
    const path = each.at('devicePath');
    const volume = checkVolume(name, volumes);
    if (
      volume !== undefined &&
      volume !== 'claim' &&
      !volume.at('persistentVolumeClaim').isSet &&
      !volume.at('ephemeral').isSet
    ) {
      name.invalid('is not a volume with persistentVolumeClaim or ephemeral', 'Use a claim as the device');
    }
    if (names.has(name.text))
      name.invalid('is used twice in this container', 'Use each volume once, as a mount or as a device');
    if (paths.has(path.text)) path.invalid('is used twice in this container', 'Use each path once');
    names.add(name.text);
    paths.add(path.text);
  }
}

function checkVolume(name: Field, volumes: PodParts['volumes']): Field | 'claim' | undefined {
  const volume = volumes.get(name.text);
  if (volume === undefined && name.text !== '') {
    name.notFound(
      `refers to the volume ${name.text}, which the Pod does not have`,
      'Add the volume, or correct the name',
    );
  }
  return volume;
}

const resizePolicy = withFeature(
  'inPlaceResize',
  each(
    fields({
      resourceName: required(strictlyOneOf('cpu', 'memory')),
      restartPolicy: required(strictlyOneOf('NotRequired', 'RestartContainer')),
    }),
  ),
);

const common = fields({
  name: required(is(DNS_LABEL)),
  image: required(),
  imagePullPolicy: pullPolicy,
  terminationMessagePolicy: oneOf('File', 'FallbackToLogsOnError'),
  ports,
  env,
  envFrom,
  resizePolicy,
  securityContext,
});

const probes = fields({ lifecycle, livenessProbe, readinessProbe, startupProbe });

const restartRule = fields({}, (rule) => {
  strictlyOneOf('Restart')(rule.at('action'));
  const codes = rule.at('exitCodes');
  if (!codes.isSet) return codes.required();
  strictlyOneOf('In', 'NotIn')(codes.at('operator'));
  if (codes.at('values').size > 255) codes.at('values').tooMany(255);
});

function checkRestartRules(container: Field): void {
  const policy = container.at('restartPolicy');
  const rules = container.at('restartPolicyRules');
  if (policy.isSet) strictlyOneOf('Always', 'Never', 'OnFailure')(policy);
  else if (rules.size > 0) policy.required('where there are restartPolicyRules');
  if (rules.size > 20) rules.tooLong(20, 'items');
  each(restartRule)(rules);
}

const requirements = resourceRequirements(checkContainerResource);

function checkCommon(container: Field, parts: PodParts): void {
  common(container);
  checkMounts(container, parts);
  if (container.says('resources')) {
    requirements(container.at('resources'));
    if (container.api.has('dynamicResourceAllocation')) checkClaims(container.at('resources', 'claims'), parts.claims);
  }
  checkProcMount(container, parts.hasHostUsers);
}

export function checkContainer(container: Field, parts: PodParts): void {
  checkCommon(container, parts);
  probes(container);
  if (container.api.has('containerRestartRules')) {
    if (container.says('restartPolicy') || container.says('restartPolicyRules')) checkRestartRules(container);
  } else if (container.says('restartPolicy')) {
    container.at('restartPolicy').forbidden('in a container that is not an init container');
  }
}

export function checkInitContainer(container: Field, parts: PodParts): void {
  checkCommon(container, parts);
  const policy = container.at('restartPolicy');
  if (container.api.has('containerRestartRules')) {
    checkRestartRules(container);
    const rules = container.at('restartPolicyRules');
    if (policy.text === 'Always' && rules.size > 0) rules.forbidden('in an init container with restartPolicy: Always');
  } else if (policy.isSet) strictlyOneOf('Always')(policy);
  checkHostPorts([container]);
  if (policy.text === 'Always') probes(container);
  else forbidHandlers(container);
}
