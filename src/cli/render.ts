import { splitLists } from '../engine/split-lists.ts';
import { renderOnce } from '../engine/render/render-once.ts';
import { explainFailure, isRenderFailure } from '../engine/render/render-errors.ts';
import { FileError } from '../files/file-error.ts';
import { refuseReplacing } from '../engine/inputs/refuse-replacing.ts';
import { UserError } from '../engine/user-error.ts';
import { redactText } from '../kube/redact.ts';
import type { RenderArguments } from './arguments.ts';
import { bringOrFail } from './bring-or-fail.ts';
import { say } from './say.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

/** `chartlint render [NAME] CHART`: prints what `helm template` prints. Returns the exit status. */
export async function runRender(args: RenderArguments, terminal: Terminal): Promise<number> {
  const { nameOrChart, chart = nameOrChart, sourceMap } = args;
  const name = args.chart === undefined ? undefined : nameOrChart;
  const { workingDirectory, now } = terminal;
  if (sourceMap !== undefined) {
    const { setFilePaths } = await import('../engine/inputs/set-file-paths.ts');
    const files = [chart, ...splitLists(args.values ?? []), ...setFilePaths(args.setFile ?? [])];
    const read = files.map((file) => (file === '-' ? '/dev/stdin' : file));
    refuseReplacing([sourceMap], { files: read, charts: [chart] }, workingDirectory);
  }
  const stdin = splitLists(args.values ?? []).includes('-') ? await readValues(terminal) : undefined;
  if (args.deps) await bringOrFail([chart], args.depsFrom, terminal);
  try {
    const { text, warnings, lines } = renderOnce(chart, {
      ...args,
      releaseName: chooseName(args.releaseName, name),
      sourceMap: sourceMap !== undefined,
      stdin,
      workingDirectory,
      now,
    });
    // Some of Helm's begin with that word.
    const texts = warnings.map((warning) => warning.replace(/^(?:warning: )?/, 'warning: '));
    for (const text of texts) say(terminal, text);
    if (sourceMap !== undefined) {
      writeWhole(sourceMap, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), workingDirectory);
    }
    terminal.writeOut(text);
    return 0;
  } catch (error) {
    if (!isRenderFailure(error)) throw error;
    const help = explainFailure(error);
    say(terminal, redactText(error.message), 'Error');
    if (help !== undefined) say(terminal, redactText(help), 'help');
    return 2;
  }
}

/** @throws UserError when standard input cannot be read */
async function readValues(terminal: Terminal): Promise<Uint8Array> {
  try {
    return await terminal.readStdin();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UserError(`The values cannot be read from standard input: ${error.reason}. ${error.help}`);
  }
}

function chooseName(option: string | undefined, positional: string | undefined): string | undefined {
  if (option !== undefined && positional !== undefined && option !== positional) {
    throw new UserError(
      `The release name is given twice: ${positional} and --release-name ${option}. Specify only one.`,
    );
  }
  return option ?? positional;
}
