import { resolvePort } from '../../src/bundle/workload.ts';
import { handlerOf, isSet, pathOf, PROBE_FIELDS, PROBE_NAMES, probeOf } from '../../src/kube/probe.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require a probe to request its HTTP endpoint',
    why:
      'Each probe asks a different question: a probe of the wrong endpoint restarts healthy Pods, sends traffic to Pods ' +
      'that are not ready, or sees no failure at all.',
    help: {
      notHttp: 'Replace {{handler}} with an httpGet in the {{field}} of container {{container}}.',
      noHandler: 'Add an httpGet to the {{field}} of container {{container}}.',
      wrongPath: 'Change the path to {{path}}.',
      defaultPath: 'Add path: {{path}} to the httpGet of the {{field}}.',
      wrongScheme: 'Change the scheme to {{scheme}}.',
      sameEndpoint: 'Point the {{field}} and the {{other}} of container {{container}} at different endpoints.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#http-probes',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      notHttp: 'The {{field}} of container {{container}} is {{handler}}; expected an HTTP GET{{endpoint}}.',
      noHandler: 'The {{field}} of container {{container}} has no handler; expected an HTTP GET{{endpoint}}.',
      wrongPath: 'The {{field}} of container {{container}} requests {{found}}; expected {{path}}.',
      defaultPath: 'The {{field}} of container {{container}} has no path, so it requests /; expected {{path}}.',
      wrongScheme: 'The {{field}} of container {{container}} uses {{found}}; expected {{scheme}}.',
      sameEndpoint: 'The {{field}} of container {{container}} requests {{found}}, and so does its {{other}}.',
    },
    options: {
      type: 'object',
      properties: {
        probe: { type: 'string', enum: PROBE_NAMES, description: 'The probe to check.' },
        path: { type: 'string', description: 'The exact path that it requests.' },
        scheme: { type: 'string', enum: ['HTTP', 'HTTPS'], description: 'The scheme that it uses.' },
        differsFrom: {
          type: 'string',
          enum: PROBE_NAMES,
          description:
            'A probe that must request a different endpoint (path or port). For policies without a path: with one, ' +
            'each probe is checked on its own.',
        },
      },
      required: ['probe'],
    },
  },
  isSubject({ cursor, type }, { probe }) {
    return (
      (type === 'container' || type === 'sidecar') && probeOf(cursor, probe).isMapping && isSet(probeOf(cursor, probe))
    );
  },
  check(container, { options, report }) {
    const { path, scheme, differsFrom } = options;
    const names = { container: container.name, field: PROBE_FIELDS[options.probe] };
    const probe = probeOf(container.cursor, options.probe);
    const found = handlerOf(probe);
    if (found?.handler !== 'httpGet') {
      if (path === undefined && scheme === undefined) return;
      const endpoint = path === undefined ? '' : ` ${path}`;
      if (found === undefined) report(probe.at('httpGet'), 'noHandler', { ...names, endpoint });
      else report(found.cursor.onKey, 'notHttp', { ...names, handler: found.handler, endpoint });
      return;
    }
    const httpGet = found.cursor;
    const requested = httpGet.isMapping ? pathOf(httpGet) : undefined;
    if (requested === undefined) return;

    if (path !== undefined && requested !== path) {
      const place = httpGet.at('path');
      if (isSet(place) && place.string !== '') report(place, 'wrongPath', { ...names, found: requested, path });
      else report(place, 'defaultPath', { ...names, path });
    }
    const usedScheme = httpGet.at('scheme').string || 'HTTP';
    if (scheme !== undefined && usedScheme !== scheme) {
      report(httpGet.at('scheme'), 'wrongScheme', { ...names, found: usedScheme, scheme });
    }
    if (differsFrom === undefined || path !== undefined) return;
    const other = handlerOf(probeOf(container.cursor, differsFrom));
    if (other?.handler !== 'httpGet' || pathOf(other.cursor) !== requested) return;
    if (portOf(other.cursor.at('port')) !== portOf(httpGet.at('port'))) return;
    report(
      httpGet.at('path'),
      'sameEndpoint',
      { ...names, found: requested, other: PROBE_FIELDS[differsFrom] },
      {
        related: [{ cursor: other.cursor.at('path'), message: `The ${PROBE_FIELDS[differsFrom]} requests it here.` }],
        from: [httpGet.at('port'), other.cursor.at('path'), other.cursor.at('port')],
      },
    );

    function portOf(port: typeof probe): string | number | undefined {
      return resolvePort(container, port) ?? port.text;
    }
  },
});
