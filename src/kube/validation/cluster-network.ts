import { ipRange, parseAddress, parseRange } from './address.ts';
import { all, each, fields, is, required, withSpec } from './checks.ts';
import { DNS_SUBDOMAIN, PATH_SEGMENT, type Format } from './formats.ts';
import { metadata } from './metadata.ts';

const IP_ADDRESS: Format = {
  name: 'an IP address',
  rule: 'an IP address, as in 10.9.8.7 or 2001:db8::ffff',
  test: (text) => parseAddress(text) !== undefined,
};

const segment = is(PATH_SEGMENT);

export const ipAddressObject = all(
  metadata({ name: IP_ADDRESS }),
  withSpec(
    fields({
      parentRef: required(
        fields({ group: is(DNS_SUBDOMAIN), resource: required(segment), name: required(segment), namespace: segment }),
      ),
    }),
  ),
);

export const serviceCidr = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields({
      cidrs: required(each(ipRange), (list) => {
        const versions = list.texts().map((text) => parseRange(text)?.version);
        if (versions.length > 2) list.invalid('has more than 2 ranges', 'Give one range of each family');
        else if (versions.length === 2 && versions[0] !== undefined && versions[0] === versions[1]) {
          list.invalid('has two ranges of one family', 'Give one range of each family');
        }
      }),
    }),
  ),
);
