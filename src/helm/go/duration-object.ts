import { type HelmFunction, plain } from '../value/function.ts';
import { formatDuration } from './duration.ts';
import { type GoObject, Int, type Value } from '../value/value.ts';

/** Go's `time.Duration`, such as the difference of two times. */
export class GoDuration implements GoObject {
  readonly typeName = 'time.Duration';
  // A number to Go; templates get it from the methods of a time only.
  readonly kind = 'struct';
  readonly fields: ReadonlyMap<string, Value> = new Map();
  readonly nanoseconds: bigint;

  constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }

  get methods(): ReadonlyMap<string, HelmFunction> {
    const { nanoseconds } = this;
    return new Map([
      ['String', plain([], () => formatDuration(nanoseconds))],
      ['Hours', plain([], () => Number(nanoseconds) / 3.6e12)],
      ['Minutes', plain([], () => Number(nanoseconds) / 6e10)],
      ['Seconds', plain([], () => Number(nanoseconds) / 1e9)],
      ['Milliseconds', plain([], () => new Int('int64', nanoseconds / 1_000_000n))],
      ['Microseconds', plain([], () => new Int('int64', nanoseconds / 1000n))],
      ['Nanoseconds', plain([], () => new Int('int64', nanoseconds))],
      ['Abs', plain([], () => new GoDuration(nanoseconds < 0n ? -nanoseconds : nanoseconds))],
    ]);
  }

  toText(): string {
    return formatDuration(this.nanoseconds);
  }

  toJson(): Value {
    return new Int('int64', this.nanoseconds);
  }
}

/** Go's `time.Month` or `time.Weekday`: a number that prints as its name. */
export class NamedNumber implements GoObject {
  readonly typeName: 'time.Month' | 'time.Weekday';
  readonly kind = 'struct';
  readonly fields: ReadonlyMap<string, Value> = new Map();
  readonly number: number;
  readonly #name: string;

  constructor(typeName: 'time.Month' | 'time.Weekday', number: number, name: string) {
    this.typeName = typeName;
    this.number = number;
    this.#name = name;
  }

  get methods(): ReadonlyMap<string, HelmFunction> {
    return new Map([['String', plain([], () => this.#name)]]);
  }

  toText(): string {
    return this.#name;
  }

  toJson(): Value {
    return new Int('int', this.number);
  }
}
