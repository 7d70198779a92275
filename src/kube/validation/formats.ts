/** A form that a text must have. */
export interface Format {
  /** With its article: `a DNS label`. */
  readonly name: string;
  /** What it consists of, as what to write: `lower-case letters, digits and "-"`. */
  readonly rule: string;
  test(text: string): boolean;
}

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';

function format(name: string, pattern: RegExp, longest: number, rule: string): Format {
  return { name, rule, test: (text) => text.length <= longest && pattern.test(text) };
}

/** RFC 1123: the names of Namespaces, containers, volumes and ports of Services. */
export const DNS_LABEL = format(
  'a DNS label',
  new RegExp(`^${LABEL}$`),
  63,
  'at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit',
);

/** RFC 1035: the names of Services. */
export const DNS_LABEL_1035 = format(
  'a DNS label that begins with a letter',
  /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
  63,
  'at most 63 lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit',
);

/** RFC 1123: the names of most objects. */
export const DNS_SUBDOMAIN = format(
  'a DNS subdomain',
  new RegExp(`^${LABEL}(?:\\.${LABEL})*$`),
  253,
  'at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit',
);

export const WILDCARD_DNS_SUBDOMAIN = format(
  'a wildcard host',
  new RegExp(`^\\*\\.${LABEL}(?:\\.${LABEL})*$`),
  253,
  '"*." before a DNS subdomain, as in *.example.com',
);

const LABEL_WITH_UNDERSCORE = '_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?';
export const DNS_SEARCH_PATH = format(
  'a DNS search path',
  new RegExp(`^${LABEL_WITH_UNDERSCORE}(?:\\.${LABEL_WITH_UNDERSCORE})*$`),
  253,
  'at most 253 lower-case letters, digits, "-", "_" and "."',
);

const NAME_PART = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** A key of labels: a name, after a DNS subdomain and a slash where there is one. */
export const QUALIFIED_NAME: Format = {
  name: 'a qualified name',
  rule:
    'at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, after a DNS subdomain ' +
    'and "/" if you like, as in example.com/my-name',
  test(text) {
    const slash = text.indexOf('/');
    const name = text.slice(slash + 1);
    if (slash >= 0 && !DNS_SUBDOMAIN.test(text.slice(0, slash))) return false;
    return name.length <= 63 && NAME_PART.test(name);
  },
};

export const LABEL_VALUE = format(
  'a label value',
  /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  63,
  'at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, or nothing',
);

/** The name of a port of a container: an IANA service name. */
export const PORT_NAME: Format = {
  name: 'a port name',
  rule: 'at most 15 lower-case letters, digits and single "-", with a letter, beginning and ending with a letter or digit',
  test: (text) => /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 15,
};

/** A key of a ConfigMap or a Secret. */
export const CONFIG_KEY: Format = {
  name: 'a key of a ConfigMap or Secret',
  rule: 'at most 253 letters, digits, "-", "_" and ".", not beginning with ".."',
  test: (text) => /^[-._a-zA-Z0-9]{1,253}$/.test(text) && text !== '.' && !text.startsWith('..'),
};

export const ENVIRONMENT_NAME: Format = {
  name: 'a name of an environment variable',
  rule: 'letters, digits, "_", "-" and ".", not beginning with a digit',
  test: (text) => /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text) && text !== '.' && !text.startsWith('..'),
};

export const RELAXED_ENVIRONMENT_NAME: Format = {
  name: 'a name of an environment variable',
  rule: 'printable ASCII characters other than "="',
  test: (text) => /^[ -<>-~]+$/.test(text),
};

/** A name that can stand in a URL: of Roles, and whatever has no narrower form. */
export const PATH_SEGMENT: Format = {
  name: 'a name that can stand in a URL',
  rule: 'a name without "/" and "%" that is not "." or ".."',
  test: (text) => !/[/%]/.test(text) && text !== '.' && text !== '..',
};

export const HTTP_HEADER = format('an HTTP header', /^[-A-Za-z0-9]+$/, Infinity, 'letters, digits and "-"');

export const PERCENTAGE = format('a percentage', /^\d+%$/, Infinity, 'a whole number, or a percentage such as "25%"');

export const DOMAIN_PREFIXED_PATH: Format = {
  name: 'a path after a domain',
  rule: 'a DNS subdomain, "/" and a path, as in example.com/controller',
  test(text) {
    const slash = text.indexOf('/');
    return (
      DNS_SUBDOMAIN.test(text.slice(0, Math.max(slash, 0))) &&
      /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(text.slice(slash + 1))
    );
  },
};

/** The name of a webhook. */
export const QUALIFIED_DOMAIN: Format = {
  name: 'a domain of three parts',
  rule: 'a DNS subdomain with at least two dots, as in check.hook.example.com',
  test: (text) => DNS_SUBDOMAIN.test(text) && text.split('.').length >= 3,
};

export const SYSCTL = format(
  'a name of a sysctl',
  /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/,
  253,
  'lower-case letters, digits, "-" and "_" between dots or slashes',
);

/** How many bytes a text has in UTF-8: the unit of the API server's limits. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
