import { run } from '../engine/run/run.ts';
import type { Rules } from '../rule/rule.ts';
import type { GateArguments } from './arguments.ts';
import { exitStatus, parseReports, writeReports } from './reports.ts';
import type { Terminal } from './terminal.ts';

/**
 * `chartlint gate`: lets manifests through from standard input to standard output, the same bytes, when nothing is found
 * in them; the report goes to standard error. What helm's `--post-renderer` runs. Returns the exit status.
 */
export async function runGate(args: GateArguments, terminal: Terminal, rules: Rules): Promise<number> {
  const reports = parseReports(args);
  let manifests: Uint8Array = new Uint8Array();
  const result = await run({
    ...args,
    ...terminal,
    readStdin: async () => (manifests = await terminal.readStdin()),
    inputs: ['-'],
    // Helm tells its plugins where the release goes.
    namespace: args.namespace ?? terminal.environment['HELM_NAMESPACE'],
    rules,
    ownFiles: args.baseline === undefined ? [] : [args.baseline],
    outputs: reports.flatMap(({ file }) => file ?? []),
  });
  const status = exitStatus(result, args);
  const { errors, warnings, infos } = result.summary;
  const isQuiet = status === 0 && errors + warnings + infos === 0;
  await writeReports(result, isQuiet ? reports.filter(({ file }) => file !== undefined) : reports, args, {
    ...terminal,
    writeOut: terminal.writeError,
  });
  // Text that is not UTF-8 is an error of the run, so the bytes come out as they went in.
  if (status === 0) terminal.writeOut(new TextDecoder('utf-8', { ignoreBOM: true }).decode(manifests));
  return status;
}
