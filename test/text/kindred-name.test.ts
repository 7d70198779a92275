import { expect, it } from 'vitest';
import { kindredName } from '../../src/text/kindred-name.ts';

it('takes a near miss before all else, used or not', () => {
  expect(kindredName('pullpolicy', ['pullPolicy', 'pull'], ['pull'])).toBe('pullPolicy');
  expect(kindredName('replicass', ['replicas'], [])).toBe('replicas');
});

it('takes a longer or shorter form of the word when nothing uses it', () => {
  expect(kindredName('user', ['username'], ['username'])).toBe('username');
  expect(kindredName('username', ['user'], ['user'])).toBe('user');
  expect(kindredName('port', ['httpPort'], ['httpPort'])).toBe('httpPort');
  expect(kindredName('port', ['http_port'], ['http_port'])).toBe('http_port');
  expect(kindredName('user', ['username'], [])).toBeUndefined();
});

it('takes no word that only ends alike, and none for a short one', () => {
  expect(kindredName('name', ['username'], ['username'])).toBeUndefined();
  expect(kindredName('id', ['identity'], ['identity'])).toBeUndefined();
  expect(kindredName('host', ['port'], ['port'])).toBeUndefined();
});
