import {
  commentOn,
  joinInside,
  joinValue,
  makeYaml,
  pairOf,
  printYaml,
  type YamlValue,
} from '../../../policy/write-yaml.ts';
import { isSeq } from 'yaml';
import { leftLines } from './left-lines.ts';
import type { Plan, PlannedIgnore, PlannedPrinciple } from './plan.ts';

interface PolicyDraft extends Plan {
  readonly name: string;
  /** The other linter, as people call it. */
  readonly title: string;
  /** The files that it was configured with. */
  readonly files: readonly string[];
  readonly kubeVersion: string | undefined;
}

/** The policy as text. */
export function policyText(draft: PolicyDraft): string {
  const { name, title, files, kubeVersion, principles, ignores, left } = draft;
  const document = makeYaml({
    version: 1,
    name,
    extends: ['recommended'],
    ...(kubeVersion !== undefined && { release: { kubeVersion } }),
    principles: new Map(principles.map((principle) => [principle.id, toPrinciple(principle)] as const)),
    ...(ignores.length > 0 && { ignore: ignores.map(toIgnore) }),
  });
  const root = document.contents;
  const source = files.length === 0 ? 'with its defaults' : `as ${files.join(', ')} configured it`;
  commentOn(pairOf(root, 'version'), [
    `What ${title} checked, ${source}: each principle is called like its check there.`,
    'Written by chartlint init --from. chartlint explain RULE describes a rule and its options.',
  ]);
  commentOn(pairOf(root, 'extends'), ['What breaks a release or leaks a secret, in any chart.']);
  joinValue(pairOf(root, 'extends'), 0);
  if (kubeVersion !== undefined) joinValue(pairOf(root, 'release'), 0);
  const written = pairOf(root, 'principles');
  commentOn(written, [], { space: true });
  for (const { id } of principles) {
    const checks = pairOf(pairOf(written.value, id).value, 'checks').value;
    if (isSeq(checks)) for (const check of checks.items) joinInside(check, 8);
  }
  if (ignores.length > 0) {
    const pair = pairOf(root, 'ignore');
    commentOn(pair, [`What ${title} was told to accept.`], { space: true });
    joinInside(pair.value, 2);
  }
  if (left.length > 0) {
    document.comment = [' Not taken over:', ...leftLines(left).map((line) => ` - ${printableLine(line)}`)].join('\n');
  }
  return printYaml(document);
}

/** What others wrote must not end a comment. */
function printableLine(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ');
}

function toPrinciple({ title, severity, checks }: PlannedPrinciple): Readonly<Record<string, unknown>> {
  return {
    ...(title !== undefined && { title }),
    ...(severity !== undefined && { severity }),
    checks: checks.map(({ rule, severity: own, match, with: options }) => ({
      rule,
      ...(own !== undefined && { severity: own }),
      ...(match !== undefined && { match }),
      ...(options !== undefined && Object.keys(options).length > 0 && { with: options }),
    })),
  };
}

function toIgnore({ principle, rule, resource, reason, until }: PlannedIgnore): Readonly<Record<string, YamlValue>> {
  return {
    ...(principle !== undefined && { principle }),
    ...(rule !== undefined && { rule }),
    ...(resource !== undefined && { resource }),
    reason,
    ...(until !== undefined && { until }),
  };
}
