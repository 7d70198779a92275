import type { HelmFunction } from '../value/function.ts';
import { formatTime } from './time-layout.ts';
import { timeMethods } from './time-methods.ts';
import type { ParsedTime } from './time-parse.ts';
import { UTC, type Zone } from './time-zone.ts';
import type { GoObject, Value } from '../value/value.ts';

/** The zero value of a time: the first moment of the year 1. */
const ZERO_SECONDS = -62_135_596_800;

/** Go's `time.Time`. */
export class GoTime implements GoObject {
  readonly typeName = 'time.Time';
  readonly kind = 'struct';
  readonly fields: ReadonlyMap<string, Value> = new Map();
  /** Since 1970 began in UTC. */
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly zone: Zone;
  /** Of `now`: what it prints of the clock that counts from the start of the program. */
  readonly monotonic: string;
  #methods: ReadonlyMap<string, HelmFunction> | undefined;

  constructor({ seconds, nanoseconds, zone }: ParsedTime, monotonic = '') {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
    this.zone = zone;
    this.monotonic = monotonic;
  }

  static readonly zero = new GoTime({ seconds: ZERO_SECONDS, nanoseconds: 0, zone: UTC });

  static ofUnix(seconds: number, nanoseconds = 0): GoTime {
    return new GoTime({ seconds, nanoseconds, zone: UTC });
  }

  get isZero(): boolean {
    return this.seconds === ZERO_SECONDS && this.nanoseconds === 0;
  }

  get methods(): ReadonlyMap<string, HelmFunction> {
    this.#methods ??= timeMethods(this);
    return this.#methods;
  }

  /** The difference of its zone to UTC, in seconds. */
  get offset(): number {
    return this.zone.at(this.seconds).offset;
  }

  in(zone: Zone): GoTime {
    return new GoTime({ ...this.parts, zone });
  }

  /** The moment some nanoseconds later. */
  add(duration: bigint): GoTime {
    const total = BigInt(this.nanoseconds) + duration;
    const nanoseconds = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
    const seconds = this.seconds + Number((total - nanoseconds) / 1_000_000_000n);
    return new GoTime({ seconds, nanoseconds: Number(nanoseconds), zone: this.zone }, this.monotonic);
  }

  get parts(): ParsedTime {
    return { seconds: this.seconds, nanoseconds: this.nanoseconds, zone: this.zone };
  }

  /** Since 1970 began. */
  get unixNanoseconds(): bigint {
    return BigInt(this.seconds) * 1_000_000_000n + BigInt(this.nanoseconds);
  }

  format(layout: string): string {
    const { offset, abbreviation } = this.zone.at(this.seconds);
    return formatTime(layout, { seconds: this.seconds, nanoseconds: this.nanoseconds, offset, abbreviation });
  }

  toText(): string {
    return this.format('2006-01-02 15:04:05.999999999 -0700 MST') + this.monotonic;
  }

  toJson(): Value {
    return this.format('2006-01-02T15:04:05.999999999Z07:00');
  }
}
