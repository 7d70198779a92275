import { createHash } from 'node:crypto';

/** Characters of a secret that may be shown in a row. */
const SHOWN = 6;
/** The same of an encoding that has more characters than what it encodes. */
const SHOWN_ENCODED = 10;

/** A secret that stands nowhere else, the same for the same number. */
export function plantedSecret(index: number): string {
  const digest = createHash('sha256').update(`planted ${index}`).digest('base64').replaceAll(/[+/=]/g, '');
  return `${digest.slice(0, 9)}${index % 3 === 0 ? `"\\'&${digest.slice(9, 12)}` : ''}${digest.slice(12, 20)}`;
}

/** Finds secrets, parts of them and their usual encodings in texts. */
export class PlantedSecrets {
  readonly #needles = new Map<string, string>();

  constructor(secrets: readonly string[]) {
    for (const secret of secrets) this.#plant(secret);
  }

  /** What is found in a text: which secret, and how it is written. */
  findIn(text: string): string[] {
    const found = new Set<string>();
    const folded = text.toLowerCase();
    for (const length of [SHOWN, SHOWN_ENCODED]) {
      for (let at = 0; at + length <= folded.length; at++) {
        const part = folded.slice(at, at + length);
        const what = this.#needles.get(part);
        if (what === undefined) continue;
        const lineStart = text.lastIndexOf('\n', at) + 1;
        found.add(`${what}: ${text.slice(Math.max(lineStart, at - 100), at + 60).split('\n')[0] ?? ''}`);
      }
    }
    return [...found];
  }

  #plant(secret: string): void {
    const bytes = Buffer.from(secret);
    this.#add(secret, secret, 'as it is', SHOWN);
    this.#add(secret, [...secret].toReversed().join(''), 'reversed', SHOWN);
    this.#add(secret, encodeURIComponent(secret), 'in a URL', SHOWN);
    this.#add(secret, JSON.stringify(secret).slice(1, -1), 'in JSON', SHOWN);
    this.#add(secret, bytes.toString('hex'), 'in hexadecimal', SHOWN_ENCODED);
    for (const offset of [0, 1, 2]) {
      const encoded = Buffer.concat([Buffer.alloc(offset, 'x'), bytes]).toString('base64');
      this.#add(secret, encoded.slice(offset === 0 ? 0 : 4).replace(/.{0,3}=*$/, ''), 'in base64', SHOWN_ENCODED);
    }
    for (const hash of ['sha1', 'sha256', 'md5']) {
      this.#add(secret, createHash(hash).update(secret).digest('hex'), hash, SHOWN_ENCODED);
    }
  }

  #add(secret: string, text: string, how: string, length: number): void {
    const folded = text.toLowerCase();
    for (let at = 0; at + length <= folded.length; at++) {
      this.#needles.set(folded.slice(at, at + length), `${secret} ${how}`);
    }
  }
}
