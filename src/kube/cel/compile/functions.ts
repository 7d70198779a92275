import { listOf, mapOf, opaque, optionalOf, parameter, SIMPLE, typeOf, type CelType } from './type.ts';

/** One of the ways in which a function can be called. */
export interface Overload {
  readonly isMethod: boolean;
  /** Of a method, the first is what it is a method of. */
  readonly parameters: readonly CelType[];
  readonly result: CelType;
  readonly isGeneric: boolean;
}

/** A dot before a name makes a method, whose first parameter is what it is called on. Upper-case letters are any type. */
const OPERATORS = `
_?_:_(bool, A, A): A
_&&_(bool, bool): bool
_||_(bool, bool): bool
!_(bool): bool
@not_strictly_false(bool): bool
_==_(A, A): bool
_!=_(A, A): bool
_+_(bytes, bytes): bytes
_+_(double, double): double
_+_(duration, duration): duration
_+_(duration, timestamp): timestamp
_+_(timestamp, duration): timestamp
_+_(int, int): int
_+_(list(A), list(A)): list(A)
_+_(string, string): string
_+_(uint, uint): uint
_-_(double, double): double
_-_(duration, duration): duration
_-_(int, int): int
_-_(timestamp, duration): timestamp
_-_(timestamp, timestamp): duration
_-_(uint, uint): uint
_*_(double, double): double
_*_(int, int): int
_*_(uint, uint): uint
_/_(double, double): double
_/_(int, int): int
_/_(uint, uint): uint
_%_(int, int): int
_%_(uint, uint): uint
-_(double): double
-_(int): int
_[_](list(A), int): A
_[_](map(A, B), A): B
_[_](optional(list(A)), int): optional(A)
_[_](optional(map(A, B)), A): optional(B)
_[?_](list(A), int): optional(A)
_[?_](optional(list(A)), int): optional(A)
_[?_](map(A, B), A): optional(B)
_[?_](optional(map(A, B)), A): optional(B)
@in(A, list(A)): bool
@in(A, map(A, B)): bool
`;

const STANDARD = `
size(bytes): int
.size(bytes): int
size(list(A)): int
.size(list(A)): int
size(map(A, B)): int
.size(map(A, B)): int
size(string): int
.size(string): int
type(A): type(A)
bool(bool): bool
bool(string): bool
bytes(bytes): bytes
bytes(string): bytes
double(double): double
double(int): double
double(string): double
double(uint): double
duration(duration): duration
duration(int): duration
duration(string): duration
dyn(A): dyn
int(int): int
int(double): int
int(duration): int
int(string): int
int(timestamp): int
int(uint): int
string(string): string
string(bool): string
string(bytes): string
string(double): string
string(duration): string
string(int): string
string(timestamp): string
string(uint): string
timestamp(timestamp): timestamp
timestamp(int): timestamp
timestamp(string): timestamp
uint(uint): uint
uint(double): uint
uint(int): uint
uint(string): uint
.contains(string, string): bool
.endsWith(string, string): bool
.startsWith(string, string): bool
matches(string, string): bool
.matches(string, string): bool
optional.of(A): optional(A)
optional.ofNonZeroValue(A): optional(A)
optional.none(): optional(A)
.value(optional(A)): A
.hasValue(optional(A)): bool
.or(optional(A), optional(A)): optional(A)
.orValue(optional(A), A): A
.first(list(A)): optional(A)
.last(list(A)): optional(A)
optional.unwrap(list(optional(A))): list(A)
.unwrapOpt(list(optional(A))): list(A)
`;

/** ext/strings.go, ext/sets.go, ext/lists.go and ext/comprehensions.go of cel-go. */
const EXTENSIONS = `
.charAt(string, int): string
.indexOf(string, string): int
.indexOf(string, string, int): int
.lastIndexOf(string, string): int
.lastIndexOf(string, string, int): int
.lowerAscii(string): string
.upperAscii(string): string
.replace(string, string, string): string
.replace(string, string, string, int): string
.split(string, string): list(string)
.split(string, string, int): list(string)
.substring(string, int): string
.substring(string, int, int): string
.trim(string): string
.format(string, list(dyn)): string
strings.quote(string): string
.join(list(string)): string
.join(list(string), string): string
sets.contains(list(A), list(A)): bool
sets.equivalent(list(A), list(A)): bool
sets.intersects(list(A), list(A)): bool
.slice(list(A), int, int): list(A)
.flatten(list(list(A))): list(A)
.flatten(list(dyn), int): list(dyn)
lists.range(int): list(int)
.reverse(list(A)): list(A)
.distinct(list(A)): list(A)
cel.@mapInsert(map(A, B), A, B): map(A, B)
cel.@mapInsert(map(A, B), map(A, B)): map(A, B)
`;

/** The package library of k8s.io/apiserver. */
const KUBERNETES = `
.indexOf(list(A), A): int
.lastIndexOf(list(A), A): int
.find(string, string): string
.findAll(string, string): list(string)
.findAll(string, string, int): list(string)
url(string): Url
isURL(string): bool
.getScheme(Url): string
.getHost(Url): string
.getHostname(Url): string
.getPort(Url): string
.getEscapedPath(Url): string
.getQuery(Url): map(string, list(string))
quantity(string): Quantity
isQuantity(string): bool
sign(Quantity): int
.isGreaterThan(Quantity, Quantity): bool
.isLessThan(Quantity, Quantity): bool
.compareTo(Quantity, Quantity): int
.asApproximateFloat(Quantity): double
.asInteger(Quantity): int
.isInteger(Quantity): bool
.add(Quantity, Quantity): Quantity
.add(Quantity, int): Quantity
.sub(Quantity, Quantity): Quantity
.sub(Quantity, int): Quantity
semver(string): Semver
semver(string, bool): Semver
isSemver(string): bool
isSemver(string, bool): bool
.isGreaterThan(Semver, Semver): bool
.isLessThan(Semver, Semver): bool
.compareTo(Semver, Semver): int
.major(Semver): int
.minor(Semver): int
.patch(Semver): int
ip(string): Ip
isIP(string): bool
ip.isCanonical(string): bool
.family(Ip): int
.isUnspecified(Ip): bool
.isLoopback(Ip): bool
.isLinkLocalMulticast(Ip): bool
.isLinkLocalUnicast(Ip): bool
.isGlobalUnicast(Ip): bool
string(Ip): string
cidr(string): Cidr
isCIDR(string): bool
.containsIP(Cidr, string): bool
.containsIP(Cidr, Ip): bool
.containsCIDR(Cidr, string): bool
.containsCIDR(Cidr, Cidr): bool
.ip(Cidr): Ip
.prefixLength(Cidr): int
.masked(Cidr): Cidr
string(Cidr): string
.validate(Format, string): optional(list(string))
format.named(string): optional(Format)
.path(Authorizer, string): PathCheck
.group(Authorizer, string): GroupCheck
.serviceAccount(Authorizer, string, string): Authorizer
.resource(GroupCheck, string): ResourceCheck
.subresource(ResourceCheck, string): ResourceCheck
.namespace(ResourceCheck, string): ResourceCheck
.name(ResourceCheck, string): ResourceCheck
.fieldSelector(ResourceCheck, string): ResourceCheck
.labelSelector(ResourceCheck, string): ResourceCheck
.check(PathCheck, string): Decision
.check(ResourceCheck, string): Decision
.errored(Decision): bool
.error(Decision): string
.allowed(Decision): bool
.reason(Decision): string
`;

/** Of patches alone. */
const PATCHES = `
jsonpatch.escapeKey(string): string
`;

const FORMAT_NAMES = [
  'dns1123Label dns1123Subdomain dns1035Label dns1123LabelPrefix dns1123SubdomainPrefix dns1035LabelPrefix',
  'qualifiedName labelValue uri uuid byte date datetime',
].flatMap((line) => line.split(' '));

/** In the order in which the API server tries them: of a value whose type is open the first is taken. */
const ORDERED = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];
const COMPARED = [
  'bool, bool/int, int/int, double/int, uint/uint, uint/uint, double/uint, int/double, double/double, int/double, uint',
  'string, string/bytes, bytes/timestamp, timestamp/duration, duration',
].flatMap((line) => line.split('/'));
const SUMMED = ['int', 'uint', 'double', 'duration'];
const DATE_PARTS =
  'getFullYear getMonth getDayOfYear getDayOfMonth getDate getDayOfWeek getHours getMinutes getSeconds getMilliseconds';

function* lines(): Generator<string> {
  for (const text of [OPERATORS, STANDARD, EXTENSIONS, KUBERNETES, PATCHES]) yield* text.trim().split('\n');
  for (const operator of ['<', '<=', '>', '>=']) {
    for (const types of COMPARED) yield `_${operator}_(${types}): bool`;
  }
  for (const name of DATE_PARTS.split(' ')) {
    yield `.${name}(timestamp): int`;
    yield `.${name}(timestamp, string): int`;
  }
  for (const name of ['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds']) yield `.${name}(duration): int`;
  for (const type of ORDERED) {
    yield `.isSorted(list(${type})): bool`;
    for (const name of ['max', 'min']) yield `.${name}(list(${type})): ${type}`;
    yield `.sort(list(${type})): list(${type})`;
    yield `.@sortByAssociatedKeys(list(A), list(${type})): list(A)`;
  }
  for (const type of SUMMED) yield `.sum(list(${type})): ${type}`;
  for (const name of FORMAT_NAMES) yield `format.${name}(): Format`;
}

const TYPES: Readonly<Record<string, CelType>> = {
  Url: opaque('kubernetes.URL'),
  Quantity: opaque('kubernetes.Quantity'),
  Semver: opaque('kubernetes.Semver'),
  Ip: opaque('net.IP'),
  Cidr: opaque('net.CIDR'),
  Format: opaque('kubernetes.NamedFormat'),
  Authorizer: opaque('kubernetes.authorization.Authorizer'),
  PathCheck: opaque('kubernetes.authorization.PathCheck'),
  GroupCheck: opaque('kubernetes.authorization.GroupCheck'),
  ResourceCheck: opaque('kubernetes.authorization.ResourceCheck'),
  Decision: opaque('kubernetes.authorization.Decision'),
};

export const AUTHORIZER = opaque('kubernetes.authorization.Authorizer');
export const RESOURCE_CHECK = opaque('kubernetes.authorization.ResourceCheck');
export const QUANTITY = opaque('kubernetes.Quantity');

/** Reads a type as it is written above. */
function readType(text: string): CelType {
  const [, name = text, inside] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  if (inside === undefined) return SIMPLE.get(text) ?? TYPES[text] ?? parameter(text);
  const [first = '', second = ''] = splitTypes(inside);
  switch (name) {
    case 'list':
      return listOf(readType(first));
    case 'map':
      return mapOf(readType(first), readType(second));
    case 'optional':
      return optionalOf(readType(first));
    default:
      return typeOf(readType(first));
  }
}

/** What commas separate that are not inside of parentheses. */
function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, text.slice(start).trim()].filter((part) => part !== '');
}

let table: ReadonlyMap<string, readonly Overload[]> | undefined;

/** The ways in which a function can be called; undefined where there is none of the name. */
export function overloadsOf(name: string): readonly Overload[] | undefined {
  return (table ??= readTable()).get(name);
}

/** The names of all functions that are called with parentheses. */
export function functionNames(): readonly string[] {
  return [...(table ??= readTable()).keys()].filter((name) => /^\w+(?:\.\w+)?$/.test(name) && !name.startsWith('_'));
}

function readTable(): Map<string, Overload[]> {
  const read = new Map<string, Overload[]>();
  for (const line of lines()) {
    const [, dot, name = '', parameters = '', result = ''] = /^(\.?)([^(]+)\((.*)\): (.*)$/.exec(line) ?? [];
    const types = splitTypes(parameters);
    const overload = {
      isMethod: dot === '.',
      parameters: types.map(readType),
      result: readType(result),
      isGeneric: /\b[AB]\b/.test(line),
    };
    read.set(name, [...(read.get(name) ?? []), overload]);
  }
  return read;
}
