import { all, atLeast, fields, is, required, strictlyOneOf, withSpec } from './checks.ts';
import type { Check } from './field.ts';
import { DNS_SUBDOMAIN, PATH_SEGMENT, type Format } from './formats.ts';
import { metadata } from './metadata.ts';

/** Source: KeyUsage in k8s.io/api/certificates/v1. */
const USAGES = [
  ...['signing', 'digital signature', 'content commitment', 'key encipherment', 'key agreement', 'data encipherment'],
  ...['cert sign', 'crl sign', 'encipher only', 'decipher only', 'any', 'server auth', 'client auth', 'code signing'],
  ...['email protection', 's/mime', 'ipsec end system', 'ipsec tunnel', 'ipsec user', 'timestamping', 'ocsp signing'],
  ...['microsoft sgc', 'netscape sgc'],
];

const SIGNER: Format = {
  name: 'a name of a signer',
  rule: 'a domain with a dot, "/" and a name, as in example.com/my-signer',
  test(text) {
    const [domain = '', name = '', ...more] = text.split('/');
    return more.length === 0 && domain.includes('.') && DNS_SUBDOMAIN.test(domain) && DNS_SUBDOMAIN.test(name);
  },
};

/** The form alone: the request inside and its signature are not looked at. */
const request: Check = (field) => {
  const text = Buffer.from(field.text, 'base64').toString('latin1');
  if (!/-----BEGIN CERTIFICATE REQUEST-----\r?\n[^]*?-----END CERTIFICATE REQUEST-----/.test(text)) {
    field.invalid(
      'is not a certificate request in the PEM format, in base64',
      'Encode a file that begins with -----BEGIN CERTIFICATE REQUEST-----',
    );
  }
};

const usages: Check = (list) => {
  const seen = new Set<string>();
  for (const usage of list.items()) {
    strictlyOneOf(...USAGES)(usage);
    if (seen.has(usage.text)) usage.duplicate(`the usage ${usage.text}`);
    seen.add(usage.text);
  }
};

export const certificateSigningRequest = all(
  metadata({ name: PATH_SEGMENT }),
  withSpec(
    fields({ usages: required(usages), signerName: required(is(SIGNER)), expirationSeconds: atLeast(600) }, (spec) => {
      request(spec.at('request'));
      const signer = spec.at('signerName');
      if (signer.text === 'kubernetes.io/legacy-unknown') {
        signer.invalid('is not allowed in this API version', 'Name the signer that you mean');
      }
    }),
  ),
);
