import type { Worker } from 'node:worker_threads';

/** All that the command line may touch of the world around it. */
export interface Terminal {
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Replaces the line that says what is being done, where a person watches standard error; an empty text clears it. */
  readonly showProgress: (text: string) => void;
  /** Columns of the terminal that shows it; asked only when there is something to show. */
  readonly progressColumns: () => number;
  readonly readStdin: () => Promise<Uint8Array>;
  /** Whether a person watches standard output. */
  readonly isInteractive: boolean;
  /** Columns of the terminal, undefined when there is none, 0 when it does not say. */
  readonly columns: number | undefined;
  readonly now: Date;
  /** Starts a thread of `bin/worker.ts`; undefined where there can be none. */
  readonly startWorker?: (() => Worker) | undefined;
}

/** The width of reports where no terminal says its own. */
const PIPE_WIDTH = 100;

/** Columns that a report may use. */
export function widthOf({ columns }: Terminal): number {
  return columns === undefined || columns === 0 ? PIPE_WIDTH : Math.max(40, columns);
}

/** A line that a terminal shows as one; what is read by a program stays whole. */
export function fitLine(line: string, terminal: Terminal): string {
  const width = terminal.isInteractive ? widthOf(terminal) : Infinity;
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}

/** Whether to colour: the flag, then NO_COLOR and FORCE_COLOR (no-color.org, force-color.org), then what watches. */
export function wantsColor(flag: boolean | undefined, { environment, isInteractive }: Terminal): boolean {
  if (flag !== undefined) return flag;
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced) return forced !== '0' && forced !== 'false';
  return isInteractive && environment['TERM'] !== 'dumb';
}
