import type { ReadText } from '../../bundle/repeat.ts';
import type { Check, Policy, Principle } from '../../policy/policy.ts';
import type { MessageData, RelatedPlace } from '../../rule/rule.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import type { CheckedBundle, RawFinding, RuleCrash } from './check-bundle.ts';

/**
 * Runs every check of a policy that looks at documents over those in which keys stand twice.
 * @param areSome whether any document was read at all
 */
export function checkTexts(texts: readonly ReadText[], policy: Policy, areSome: boolean): CheckedBundle {
  const findings: RawFinding[] = [];
  const crashes: RuleCrash[] = [];
  const applied = new Set<string>();
  for (const principle of policy.principles) {
    for (const check of principle.checks) {
      if (check.rule.scope !== 'document') continue;
      if (areSome) applied.add(principle.id);
      for (const text of texts) runCheck(principle, check, text);
    }
  }
  return { findings, crashes, applied };

  function runCheck(principle: Principle, check: Check, text: ReadText): void {
    try {
      check.rule.check(text, {
        // Rules of documents are not given these; the type of all rules together has them.
        bundle: undefined as never,
        verdicts: undefined,
        options: check.options as never,
        report(
          cursor: Cursor,
          messageId: string,
          data: MessageData = {},
          extras: { related?: readonly RelatedPlace[] } = {},
        ) {
          const { root } = cursor;
          const resource = text.resources.find((each) => each.cursor === root);
          findings.push({ principle, check, messageId, data, cursor, resource, related: extras.related ?? [] });
        },
      });
    } catch (error) {
      crashes.push({ ruleId: check.ruleId, error, cursor: text.repeats[0]?.second });
    }
  }
}
