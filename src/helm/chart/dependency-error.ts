import type { Location } from '../../text/source.ts';
import { ChartError } from './chart-error.ts';

/** Why a chart that `dependencies` names is not there, or cannot be used. */
export class DependencyError extends ChartError {
  /** What to type or write. */
  override readonly help: string;

  constructor(message: string, help: string, location: Location | undefined) {
    super(message, location);
    this.help = help;
  }
}
