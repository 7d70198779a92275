import { describe, expect, it } from 'vitest';
import { SecretKeys } from '../../../src/helm/provenance/secret-keys.ts';
import { Taint } from '../../../src/helm/value/origin.ts';
import { TextBuilder } from '../../../src/helm/value/tracked.ts';
import { ValuesKey, type ValuesPath } from '../../../src/helm/value/values-key.ts';
import { SourceText } from '../../../src/text/source.ts';

const SOURCE = new SourceText('values.yaml', '');

function taintOf(...path: ValuesPath): Taint {
  return Taint.of(new ValuesKey(path, SOURCE, { start: 0, end: 0 }, { start: 0, end: 0 }));
}

/** The texts that are secret of pieces, each with what it came from. */
function secretsOf(...pieces: readonly (readonly [text: string, taint?: Taint])[]): string[] {
  const builder = new TextBuilder();
  for (const [text, taint] of pieces) builder.append(text, taint);
  const { value, origin } = builder.toTracked();
  return new SecretKeys().rangesIn(value, origin).map(({ start, end }) => value.slice(start, end));
}

describe('what is secret of a text', () => {
  const password = taintOf('auth', 'password');

  it('is what came from a key that names a secret, or from something below one', () => {
    expect(secretsOf(['a: '], ['x y', password], ['\n'])).toEqual(['x y']);
    expect(secretsOf(['xyz', taintOf('credentials', 'list', 0)])).toEqual(['xyz']);
    expect(secretsOf(['xyz', taintOf('auth', 'username')])).toEqual([]);
    expect(secretsOf(['xyz', password.with(taintOf('user'))])).toEqual(['xyz']);
  });

  it('is not what only chose, a switch, a reference, or what describes a secret', () => {
    expect(secretsOf(['xyz', password.asChoice])).toEqual([]);
    for (const text of ['true', 'null', '""', '  ', '$(PASSWORD)', '<no value>']) {
      expect(secretsOf([text, password]), text).toEqual([]);
    }
    expect(secretsOf(['my-secret', taintOf('credentials', 'secretName')])).toEqual([]);
  });

  it('is a number, and each line on its own without its indentation and its key', () => {
    expect(secretsOf(['12345678', password])).toEqual(['12345678']);
    expect(secretsOf(['one\n    two\n\n', password])).toEqual(['one', 'two']);
    expect(secretsOf(['password: one\n  other: two\n', password])).toEqual(['one', 'other: two']);
    expect(secretsOf(['- name: '], ['password', password])).toEqual([]);
  });
});
