import { parse } from 'yaml';
import { printPolicy } from '../policy/print.ts';
import { jsonText } from '../report/json.ts';
import type { Rules } from '../rule/rule.ts';
import { withoutCommands } from '../text/workflow-commands.ts';
import { choosePolicy } from '../engine/policy/choose-policy.ts';
import type { PolicyArguments } from './arguments.ts';
import { failOnPolicyErrors } from './policy-errors.ts';
import type { Terminal } from './terminal.ts';

/** `chartlint policy`: prints the effective policy as a policy file. */
export async function runPolicy(args: PolicyArguments, terminal: Terminal, rules: Rules): Promise<number> {
  const policy = failOnPolicyErrors(await choosePolicy(args, ['.'], terminal.workingDirectory, rules));
  terminal.writeOut(withoutCommandsInYaml(printPolicy(policy)));
  return 0;
}

/**
 * A policy that may come from anywhere, as text of which a CI system takes no line for a command. JSON is YAML, too, and
 * there every character of a text can be an escape.
 */
function withoutCommandsInYaml(text: string): string {
  return withoutCommands(text) === text ? text : jsonText(parse(text));
}
