import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearMiss } from '../../src/text/near-miss.ts';

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
});
