import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  appliesTo: (group, kind) => group === 'constraints.gatekeeper.sh' && kind === 'K8sAllowedRepos',
  meta: {
    summary: 'Require the repositories of Gatekeeper to end where a name ends',
    why: 'Gatekeeper compares the beginning of an image: `example.com` also allows example.com.attacker.org, and `team` every account whose name begins so.',
    help: 'Write {{repository}}/ with a slash at its end.',
    references: ['https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos/'],
    covers: ['trivy/KSV-0124'],
    severity: 'warning',
    recommended: false,
    messages: {
      open: 'K8sAllowedRepos {{name}} allows {{repository}}, which is also the beginning of other names.',
    },
  },
  check({ cursor, name }, { report }) {
    for (const place of cursor.at('spec', 'parameters', 'repos').items()) {
      const repository = place.string ?? '';
      if (repository !== '' && !/[/:]/.test(repository)) report(place, 'open', { name, repository });
    }
  },
});
