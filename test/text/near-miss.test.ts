import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Candidates, nearMiss } from '../../src/text/near-miss.ts';
import { parityOf, WordsOfLength } from '../../src/text/words-of-length.ts';

describe('nearMiss', () => {
  it.each([
    ['replcas', ['replicas', 'selector'], 'replicas'],
    ['relpicas', ['replicas'], 'replicas'], // neighbours swapped
    ['imagePullPolcy', ['image', 'imagePullPolicy'], 'imagePullPolicy'],
    ['imagepullpolicy', ['imagePullPolicy'], 'imagePullPolicy'],
    ['IMAGE', ['image'], 'image'],
    ['nmae', ['name', 'namespace'], 'name'],
    ['evn', ['env', 'envFrom'], 'env'],
    ['observer-confg', ['observer-config', 'observer-secret'], 'observer-config'],
    ['db_password', ['db-password'], 'db-password'],
    ['replicasss', ['replicas'], 'replicas'], // two letters too many
    ['replis', ['replicas'], 'replicas'], // two too few
    ['acess-log', ['access-log', 'abess-log'], 'abess-log'], // one edit each, a doubled letter too
    ['obs-database', ['obs-database-1', 'obs-databases'], 'obs-databases'],
  ])('%s among %j means %s', (name, candidates, expected) => {
    expect(nearMiss(name, candidates)).toBe(expected);
  });

  it.each([
    ['replicas', ['replicas']],
    ['image', []],
    ['ports', ['hosts']], // two edits in five letters
    ['command', ['comments']], // three edits
    ['db', ['dc']],
    ['a', ['b']],
  ])('%s among %j means nothing', (name, candidates) => {
    expect(nearMiss(name, candidates)).toBeUndefined();
  });

  it.each([
    ['app-1', 'app-2'],
    ['app-1', 'app-12'],
    ['app', 'app-1'],
    ['secret-a', 'secret-b'],
    ['secret', 'secret-b'],
    ['a-secret', 'b-secret'],
    ['SECRET_A', 'secret_b'],
    ['shard-1-data', 'shard-2-data'],
    ['IPv4', 'IPv6'],
    ['obs-db', 'obs-db2'],
  ])('%s is no mistyped %s', (name, other) => {
    expect(nearMiss(name, [other])).toBeUndefined();
    expect(nearMiss(other, [name])).toBeUndefined();
  });

  it('takes the nearest, and the first in code-unit order among equals', () => {
    expect(nearMiss('config-map', ['config-mapper', 'config-maps'])).toBe('config-maps');
    expect(nearMiss('tone', ['zone', 'none', 'bone'])).toBe('bone');
    expect(nearMiss('tone', ['bone', 'none', 'zone'])).toBe('bone');
    expect(nearMiss('data', ['datum', 'DATA'])).toBe('DATA');
  });

  it('does not depend on the order of the candidates, and never answers the name itself', () => {
    const words = fc.stringMatching(/^[ab1-]{0,7}$/);
    fc.assert(
      fc.property(words, fc.array(words), (name, candidates) => {
        const found = nearMiss(name, candidates);
        expect(nearMiss(name, candidates.toReversed())).toBe(found);
        if (found === undefined) return;
        expect(candidates).toContain(found);
        expect(found).not.toBe(name);
      }),
    );
  });

  it('means the same among thousands as one by one', () => {
    const random = randomWords(7);
    const names = Array.from({ length: 6_000 }, (_, index) => random(index % 3 === 0 ? 9 : 8));
    const candidates = new Candidates(names);
    const edits = (name: string): string[] => [
      `${name.slice(0, 3)}${name.slice(4)}`,
      `${name.slice(0, 5)}qz${name.slice(6)}`,
      `${name[1]}${name[0]}${name.slice(2)}x`,
      random(8),
    ];
    const found = names.slice(0, 20).flatMap(edits);
    const answers = found.map((name) => candidates.nearest(name));
    expect(answers).toEqual(found.map((name) => nearestOneByOne(name, names)));
    expect(answers.filter((answer) => answer !== undefined).length).toBeGreaterThan(20);
  });

  it('means the same by what is left of words without one or two letters as one by one', () => {
    const random = randomWords(11);
    const affix = randomWords(5);
    const affixes = Array.from({ length: 12 }, () => affix(4));
    const names = Array.from({ length: 2_200 }, (_, index) => {
      const words = [affixes[index % 12] ?? '', random(3 + (index % 5))];
      if (index % 3 === 0) words.push(String(index % 40));
      return words.join(index % 2 === 0 ? '-' : '');
    });
    const candidates = new Candidates(names);
    // Tables are made for many names.
    for (const name of names.slice(0, 120)) candidates.nearest(name);
    const asked = names.slice(0, 300).map((name, index) => {
      const at = index % name.length;
      const changes = [
        name,
        name.slice(0, at) + name.slice(at + 2),
        `${name.slice(0, at)}${random(1)}${name.slice(at + 1)}${random(1)}`,
        `${name.slice(0, at)}${name.charAt(at + 1)}${name.charAt(at)}${name.slice(at + 2)}`.toUpperCase(),
        random(7),
      ];
      return changes[index % changes.length] ?? name;
    });
    const answers = asked.map((name) => candidates.nearest(name));
    expect(answers).toEqual(asked.map((name) => nearestOneByOne(name, names)));
    expect(answers.filter((answer) => answer !== undefined).length).toBeGreaterThan(100);
    expect(answers.filter((answer) => answer === undefined).length).toBeGreaterThan(10);
  });

  it('counts edits as Damerau and Levenshtein do where no letter is changed twice', () => {
    const random = randomWords(23);
    const word = (length: number): string =>
      random(length)
        .replaceAll(/[^a-p]/g, 'a')
        .replaceAll(/[d-p]/g, 'b');
    let near = 0;
    for (let round = 0; round < 20_000; round++) {
      const [a, b] = [word(2 + (round % 9)), word(2 + (round % 7))];
      const shorter = Math.min(a.length, b.length);
      const allowed = shorter < 3 ? 0 : shorter <= 5 ? 1 : 2;
      const isNear = a !== b && distanceOf(a, b) <= allowed;
      expect({ a, b, isNear: nearMiss(a, [b]) !== undefined }).toEqual({ a, b, isNear });
      if (isNear) near += 1;
    }
    expect(near).toBeGreaterThan(1_000);
  });

  it('takes time that grows with the number of names, whatever they have in common', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `service-account-${index}`);
    const candidates = new Candidates(names);
    // Minutes, and so a time-out, if each were compared with each.
    expect(names.every((name) => candidates.nearest(name) === undefined)).toBe(true);
    expect(names.filter((name) => candidates.nearest(`${name.slice(0, -1)}z`) === undefined).length).toBeLessThan(20);
  });

  it('compares a name with few of thousands', () => {
    const random = randomWords(3);
    const words = new WordsOfLength();
    for (let index = 0; index < 20_000; index++) {
      const text = random(12);
      const parities = [...text].reduce((bits, letter) => bits ^ (1 << parityOf(letter.charCodeAt(0))), 0);
      words.add({ name: text, text, unnumbered: text, once: 0, twice: 0, parities });
    }
    let compared = 0;
    const word = { text: '', unnumbered: '', once: 0, twice: 0, parities: 0b1111 };
    words.visitNear(word, 2, 4, () => (compared += 1));
    expect(compared).toBeGreaterThan(100);
    expect(compared).toBeLessThan(4_000);
  });
});

/** Words of letters and digits, the same ones for the same seed. */
function randomWords(seed: number): (length: number) => string {
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 16;
  return (length) => Array.from({ length }, () => 'abcdefghijklmnop-2345'[next() % 21]).join('');
}

/** As the documentation says: no index, and every candidate alone. */
function nearestOneByOne(name: string, candidates: readonly string[]): string | undefined {
  const near = candidates
    .filter((candidate) => nearMiss(name, [candidate]) !== undefined)
    .map((candidate) => ({ candidate, distance: distanceOf(name, candidate) }));
  const least = Math.min(...near.map(({ distance }) => distance));
  return near
    .filter(({ distance }) => distance === least)
    .map(({ candidate }) => candidate)
    .toSorted()[0];
}

/** The distance of Damerau and Levenshtein where no letter is changed twice. */
function distanceOf(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, row) => [row, ...Array.from({ length: b.length }, () => 0)]);
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let column = 0; column <= b.length; column++) rows[0]?.splice(column, 1, column);
  for (let row = 1; row <= a.length; row++) {
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap && row > 1 && column > 1 ? at(row - 2, column - 2) + 1 : Infinity;
      rows[row]?.splice(column, 1, Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, replaced, swapped));
    }
  }
  return at(a.length, b.length);
}
