import { describe, expect, it } from 'vitest';
import { CelEnvironment, type Outcome } from '../../../src/kube/cel/program.ts';

const environment = new CelEnvironment();

function evaluate(expression: string, self: unknown = null): Outcome | undefined {
  return environment.compile(expression)?.evaluate(self);
}

describe('a program in CEL', () => {
  it('says nothing of what it does not understand', () => {
    expect(environment.compile('self +')).toBeUndefined();
    expect(evaluate('authorizer.path("/").check("get").allowed()')).toEqual({ is: 'unknown' });
    expect(evaluate('self.unheardOf()', 'text')).toEqual({ is: 'unknown' });
    expect(evaluate('self.unheardOf() || false', 'text')).toEqual({ is: 'unknown' });
  });

  it('says what does not hang on what it cannot evaluate', () => {
    expect(evaluate('self.sum() == 1 || true', 'text')).toEqual({ is: 'value', value: true });
    expect(evaluate('false && self.sum() == 1', 'text')).toEqual({ is: 'value', value: false });
  });

  it('prefers not to know to an error that may not be one', () => {
    expect(evaluate('self.missing == 1 || self.sum() == 1', new Map())).toEqual({ is: 'unknown' });
    expect(evaluate('self.missing == 1 || false', new Map())).toEqual({ is: 'error', message: 'No such key: missing' });
  });

  it('gives up on an expression that takes too long', () => {
    const numbers = Array.from({ length: 2000 }, (_, index) => BigInt(index));
    expect(evaluate('self.all(a, self.all(b, self.all(c, a + b + c >= 0)))', numbers)).toEqual({ is: 'unknown' });
    expect(evaluate('self.all(i, a, self.all(j, b, self.exists(c, c > 1998)))', numbers)).toEqual({ is: 'unknown' });
    expect(evaluate('self.map(a, self.map(b, self.filter(c, c > a))).size() > 0', numbers)).toEqual({ is: 'unknown' });
  });

  it('matches in linear time', () => {
    expect(evaluate('self.matches("^(a+)+$")', `${'a'.repeat(5000)}b`)).toEqual({ is: 'value', value: false });
  });

  it('knows which variables it uses', () => {
    expect(environment.compile('self == oldSelf')?.uses('oldSelf')).toBe(true);
    expect(environment.compile('[1].all(x, x == oldSelf.a)')?.uses('oldSelf')).toBe(true);
    expect(environment.compile('self.oldSelf == 1')?.uses('oldSelf')).toBe(false);
  });

  it('lets a variable of a macro hide a namespace', () => {
    expect(evaluate('["10.0.0.1"].all(ip, isIP(ip) && ip.size() == 8)')).toEqual({ is: 'value', value: true });
  });
});
