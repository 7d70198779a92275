import { requireHeap } from '../../memory/require-heap.ts';
import { regexpWork } from '../../re2/work.ts';
import { LimitError } from '../value/limit-error.ts';

/** A schema of 20,000 lines on values of 100,000 takes a tenth of it. */
const MAX_STEPS = 8_000_000;

/** What checking the values of a chart and of its subcharts takes, in steps: each schema applied to a value is some. */
export class SchemaWork {
  #steps = 0;
  #searched = regexpWork.steps;

  /** @throws LimitError beyond the limit */
  spend(steps: number): void {
    requireHeap();
    this.#steps += steps + regexpWork.steps - this.#searched;
    this.#searched = regexpWork.steps;
    if (this.#steps > MAX_STEPS) {
      throw new LimitError(`checking the values against the schema takes more than ${MAX_STEPS} steps`);
    }
  }
}
