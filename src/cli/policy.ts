import { printPolicy } from '../policy/print.ts';
import type { Rules } from '../rule/rule.ts';
import { choosePolicy } from '../engine/policy/choose-policy.ts';
import type { PolicyArguments } from './arguments.ts';
import { failOnPolicyErrors } from './policy-errors.ts';
import type { Terminal } from './terminal.ts';

/** `chartlint policy`: prints the effective policy as a policy file. */
export async function runPolicy(args: PolicyArguments, terminal: Terminal, rules: Rules): Promise<number> {
  const policy = failOnPolicyErrors(await choosePolicy(args, ['.'], terminal.workingDirectory, rules));
  terminal.writeOut(printPolicy(policy));
  return 0;
}
