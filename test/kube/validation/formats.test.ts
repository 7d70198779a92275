import { describe, expect, it } from 'vitest';
import * as formats from '../../../src/kube/validation/formats.ts';

const LONG = 'a'.repeat(63);

describe.each<[formats.Format, readonly string[], readonly string[]]>([
  [formats.DNS_LABEL, ['a', '1', 'a-b', LONG], ['', 'A', '-a', 'a-', 'a.b', 'a_b', `${LONG}a`]],
  [formats.DNS_LABEL_1035, ['a', 'a-1'], ['1a', 'a.b', '']],
  [formats.DNS_SUBDOMAIN, ['a', 'a.b', '1.2', `${LONG}a.b`], ['a..b', '.a', 'a.', 'a/b', 'a'.repeat(254)]],
  [formats.WILDCARD_DNS_SUBDOMAIN, ['*.a', '*.a.b'], ['*', 'a.*', '*a.b', '**.a']],
  [formats.DNS_SEARCH_PATH, ['_a.b_c', 'a'], ['a_', '__a']],
  [formats.QUALIFIED_NAME, ['a', 'A_b.c', 'a.b/C'], ['', '/', 'a/', '/a', 'a/b/c', 'A.b/c', '-a', `${LONG}a`]],
  [formats.LABEL_VALUE, ['', 'A', 'a_b', LONG], ['-a', 'a b', 'a/b', `${LONG}a`]],
  [formats.PORT_NAME, ['a', 'http', 'h2-c', '8a'], ['', '80', '-a', 'a-', 'a--b', 'A', 'a-name-of-sixteen']],
  [formats.CONFIG_KEY, ['a', '.a', 'A_b-c.d'], ['', '.', '..', '..a', 'a/b', 'a b', 'a'.repeat(254)]],
  [formats.ENVIRONMENT_NAME, ['A', '_', 'a.b', '-'], ['', '1', '..', 'A=B', 'A B']],
  [formats.RELAXED_ENVIRONMENT_NAME, ['1', 'A B', '~'], ['', 'A=B', 'é', 'a\n']],
  [formats.PATH_SEGMENT, ['', 'a b', 'system:admin'], ['.', '..', 'a/b', '25%']],
  [formats.DOMAIN_PREFIXED_PATH, ['a.b/c', 'a/b/c'], ['a', '/a', 'a/', 'A/b', 'a/b c']],
  [formats.QUALIFIED_DOMAIN, ['a.b.c'], ['a.b', 'a', 'A.b.c']],
  [formats.SYSCTL, ['kernel.shm_rmid_forced', 'net/ipv4'], ['', 'Kernel', 'a..b', 'a.']],
])('$name', (format, right, wrong) => {
  it.each(right)('%j has the form', (text) => {
    expect(format.test(text)).toBe(true);
  });
  it.each(wrong)('%j has it not', (text) => {
    expect(format.test(text)).toBe(false);
  });
});
