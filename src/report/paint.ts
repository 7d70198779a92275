/** How the parts of a report look. Colour only repeats what the words say. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly passed: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  /** Files and places. */
  readonly place: (text: string) => string;
}

const asIs = (text: string): string => text;
const PLAIN: Paint = { error: asIs, warning: asIs, info: asIs, passed: asIs, strong: asIs, faint: asIs, place: asIs };

/** chalk is loaded only when there is something to colour: without it a report is ready sooner. */
export async function loadPaint(color: boolean): Promise<Paint> {
  if (!color) return PLAIN;
  const { Chalk } = await import('chalk');
  // The 16 colours that a terminal's own theme defines.
  const chalk = new Chalk({ level: 1 });
  // chalk joins all of its arguments; a painter takes one, so that it can be given to map().
  const painter = (style: (text: string) => string) => (text: string) => style(text);
  return {
    error: painter(chalk.red.bold),
    warning: painter(chalk.yellow.bold),
    info: painter(chalk.blue.bold),
    passed: painter(chalk.green),
    strong: painter(chalk.bold),
    faint: painter(chalk.dim),
    place: painter(chalk.cyan),
  };
}
