const BYTES_PER_NUMBER = 4;

/** Pseudo-random bytes that are the same for the same seed: the generator xoshiro128**, seeded by FNV-1a hashes. */
export class SeededBytes {
  readonly #state: Uint32Array;

  constructor(seed: string) {
    this.#state = Uint32Array.from([1, 2, 3, 4], (salt) => mixText(`${salt} ${seed}`));
  }

  next(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let index = 0; index < count; index += BYTES_PER_NUMBER) {
      let number = this.#nextNumber();
      for (let at = index; at < index + BYTES_PER_NUMBER && at < count; at++) {
        bytes[at] = number & 0xff;
        number >>>= 8;
      }
    }
    return bytes;
  }

  #nextNumber(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const [next2, next3] = [c ^ a, d ^ b];
    this.#state.set([a ^ next3, b ^ next2, next2 ^ (b << 9), rotate(next3, 11)]);
    return result >>> 0;
  }
}

function rotate(number: number, by: number): number {
  return (number << by) | (number >>> (32 - by));
}

function mixText(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  // The last characters of the text reach all bits only by this.
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
