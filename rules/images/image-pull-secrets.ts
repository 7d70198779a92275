import { podName } from '../../src/bundle/workload.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { isGlob, matchesGlob } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

export default defineRule({
  scope: 'workload',
  meta: {
    summary: 'Require every Pod to list the Secrets for pulling its images',
    why: 'Without its pull secret a Pod cannot pull from a private registry: it hangs in ImagePullBackOff.',
    help: {
      missing: 'Add {{wanted}} to imagePullSecrets of the Pod.',
      misspelt: 'Change {{found}} to {{name}}.',
      hidden: 'Add {{wanted}} to imagePullSecrets of the Pod, or remove the list.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#add-imagepullsecrets-to-a-service-account',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      missing: '{{pod}} does not list {{name}} in imagePullSecrets.',
      misspelt: '{{pod}} lists {{found}} in imagePullSecrets (did you mean {{name}}?).',
      hidden:
        '{{pod}} does not list {{name}}; the one of ServiceAccount {{account}} is not used, because the Pod has its own imagePullSecrets.',
    },
    options: {
      type: 'object',
      properties: {
        names: {
          type: 'array',
          items: { type: 'string' },
          minItems: 1,
          description: 'Names of the Secrets, as globs; the Pod must list one for each.',
        },
      },
      required: ['names'],
    },
  },
  check({ resource, podSpec }, { bundle, options, report }) {
    const account = podSpec.at('serviceAccountName').string || podSpec.at('serviceAccount').string || 'default';
    const accountList = bundle.find('', 'ServiceAccount', account, resource)?.cursor.at('imagePullSecrets');
    const list = podSpec.at('imagePullSecrets');
    const own = namesIn(list);
    const inherited = accountList === undefined ? [] : namesIn(accountList);
    // The admission controller copies the service account's list only into a Pod that has none.
    const effective = own.length > 0 ? own : inherited;
    if (own.length === 0 && accountList === undefined && bundle.mayHold('ServiceAccount', account)) return;
    const isListed = (glob: string, listed: readonly Cursor[]): boolean =>
      listed.some((name) => matchesGlob(name.text ?? '', glob));

    const data = { pod: podName(resource) };
    const free = effective.filter((name) => !options.names.some((glob) => isListed(glob, [name])));
    for (const name of options.names) {
      if (isListed(name, effective)) continue;
      const meant = isGlob(name) ? undefined : free.find((place) => nearMiss(place.text ?? '', [name]) !== undefined);
      if (meant !== undefined) {
        free.splice(free.indexOf(meant), 1);
        report(meant, 'misspelt', { ...data, name, found: meant.text ?? '' });
      } else if (isListed(name, inherited)) {
        report(list, 'hidden', { ...data, name, account, wanted: wantedEntry(name) });
      } else {
        report(list, 'missing', { ...data, name, wanted: wantedEntry(name) });
      }
    }
  },
});

function wantedEntry(glob: string): string {
  return isGlob(glob) ? `a name that matches ${glob}` : `name: ${glob}`;
}

/** A list of plain strings is wrong in its shape, not in its names. */
function namesIn(list: Cursor): Cursor[] {
  return list
    .items()
    .map((item) => (item.isMapping ? item.at('name') : item))
    .filter((name) => name.text !== undefined);
}
