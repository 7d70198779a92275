import { resolve } from 'node:path';
import { UserError } from '../engine/user-error.ts';
import { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/**
 * Downloads the dependencies of charts.
 * @throws UserError when one could not be downloaded
 */
export async function bringOrFail(
  charts: readonly string[],
  depsFrom: readonly string[] | undefined,
  terminal: Terminal,
): Promise<void> {
  const { workingDirectory, environment } = terminal;
  const { bringDependencies } = await import('../engine/dependencies/bring-dependencies.ts');
  const progress = new Progress(terminal);
  try {
    const { failures } = await bringDependencies(
      charts.map((chart) => resolve(workingDirectory, chart)),
      { workingDirectory, environment, depsFrom, onProgress: (text) => progress.report(text) },
    );
    const texts = [...failures.values()].map(({ message, help }) => `${message}\n${help}`);
    if (texts.length > 0) throw new UserError(texts.join('\n'));
  } finally {
    progress.end();
  }
}
