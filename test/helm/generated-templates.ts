import fc from 'fast-check';

type Kind = 'any' | 'text' | 'number' | 'list' | 'map' | 'boolean';

/** What expressions are made of: a letter in braces stands for an expression of a kind. */
const FORMS: Readonly<Record<Kind, readonly string[]>> = {
  any: [
    '{t} {n} {l} {m} {b}',
    'get {m} {k}|index {m} {k}|index {l} 0|first {l}|last {l}|default {a} {a}|coalesce {a} {a} {a}|dig "a" "b" {a} {m}',
    'ternary {a} {a} {b}|and {a} {a}|or {a} {a}|deepCopy {a}|.Values.none|.Values.nil|.Values.map.nil|{a} | default {a}',
    'fromJson (toJson {m})|mustFromJson (toJson {a})|.Values.list|.Values.map|.Values.n|.Values.s|(index .Values {k})',
  ].flatMap((line) => line.split(/\|(?! )/)),
  text: [
    '{c}|{c}|.Values.s|.Values.map.s|upper {t}|lower {t}|title {t}|untitle {t}|trim {t}|quote {a}|quote {a} {a}|squote {a}',
    'trunc {i} {t}|trunc -{i} {t}|substr 0 {i} {t}|abbrev {i} {t}|replace {c} {c} {t}|trimSuffix {c} {t}|trimPrefix {c} {t}',
    'trimAll {c} {t}|indent {i} {t}|nindent {i} {t}|repeat 2 {t}|cat {a} {a}|join {c} {l}|print {a} {a}|toString {a}',
    'printf "%s-%v" {a} {a}|printf "%d %5.2f|%q" {a} {a} {a}|printf "%#v" {a}|printf "%x %t" {a} {a}|printf "%-5s|%05v" {a} {a}',
    'toYaml {a}|toJson {a}|toPrettyJson {a}|toRawJson {a}|toYamlPretty {m}|toToml {m}|b64enc {t}|b64dec {t}|sha256sum {t}',
    'snakecase {t}|camelcase {t}|kebabcase {t}|swapcase {t}|initials {t}|nospace {t}|wrap {i} {t}|kindOf {a}|typeOf {a}',
    'regexReplaceAll "[a-z]+" {t} "<$0>"|regexFind "[0-9A-Z]+" {t}|regexReplaceAllLiteral "a|b" {t} {t}|html {t}|urlquery {t}',
    'tpl {t} .|tpl "{{ .Values.s | upper }}" $|include "c.name" {a}|.Release.Name|.Chart.Version|plural {c} {c} {i}|base {t}',
  ].flatMap((line) => line.split(/\|(?![ %0<b])/)),
  number: [
    '{i}|{i}|2.5|.Values.n|.Values.map.big|len {t}|len {l}|len {m}|int {a}|int64 {a}|float64 {a}|add {a} {a}|sub {n} {n}',
    'mul {n} {n}|div {n} 3|mod {n} 7|max {n} {n}|min {n} {n}|add1 {n}|addf {n} {n}|mulf {n} {n}|floor {n}|ceil {n}|round {n} 1|atoi {t}',
  ].flatMap((line) => line.split('|')),
  list: [
    'list {a} {a} {a}|list|.Values.list|.Values.map.list|append {l} {a}|prepend {l} {a}|concat {l} {l}|uniq {l}|compact {l}',
    'without {l} {a}|reverse {l}|rest {l}|initial {l}|slice {l} 1|sortAlpha {l}|until {i}|splitList {c} {t}|keys {m} | sortAlpha',
    'pluck "a" {m} {m}|toStrings {l}|regexSplit "-" {t} -1|fromYamlArray (toYaml {l})|fromJsonArray (toJson {l})|chunk 2 {l}',
  ].flatMap((line) => line.split(/\|(?! )/)),
  map: [
    'dict {k} {a} {k} {a}|dict|.Values.map|.Values.map.map|merge (deepCopy {m}) {m}|mergeOverwrite (deepCopy {m}) {m}|omit {m} {k}',
    'pick {m} {k} {k}|set (deepCopy {m}) {k} {a}|unset (deepCopy {m}) {k}|fromYaml (toYaml {m})|split "-" {t}',
  ].flatMap((line) => line.split('|')),
  boolean: [
    'true|false|.Values.yes|eq {t} {t}|ne {t} {c}|eq {n} {n}|lt {i} {i}|gt (int {a}) {i}|le {t} {t}|not {a}|hasKey {m} {k}|has {a} {l}',
    'contains {c} {t}|hasPrefix {c} {t}|hasSuffix {c} {t}|empty {a}|kindIs "map" {a}|typeIs "string" {a}|deepEqual {a} {a}',
    'regexMatch "^[a-z]" {t}|semverCompare ">=1.2" "1.3.0"|and {b} {b}|or {b} {b}|eq {a} {a}|any {a} {a}|all {a} {a}',
  ].flatMap((line) => line.split('|')),
};

const KINDS: Readonly<Record<string, Kind>> = { a: 'any', t: 'text', n: 'number', l: 'list', m: 'map', b: 'boolean' };

const text = fc.constantFrom(
  ...[
    '',
    'a',
    'b',
    '-',
    ' ',
    'abc-Def_12',
    'true',
    '1',
    '1.50',
    '010',
    '1e3',
    'null',
    '~',
    'x: y',
    '# c',
    "it's",
    '"q"',
  ],
  ...[
    'a\nb',
    'a\n',
    '\n a',
    ' \t',
    'é日本😀',
    '{{ .Values.n }}',
    '<&>',
    'a,b',
    '12:30',
    '0x1F',
    '- a',
    '\u0000',
    'y',
    '@',
    '%',
  ],
  'lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore',
);
const key = fc.constantFrom('a', 'b', 's', 'n', 'list', 'map', 'a10', 'a9', 'A', '1', 'nil', 'x.y/z');
const integer = fc.constantFrom(0, 1, 2, 3, 5, 8, 40).map(String);

/** An expression of a kind. */
function expression(kind: Kind, depth: number): fc.Arbitrary<string> {
  const simple = FORMS[kind].filter((form) => depth > 0 || !/\{[atnlmb]\}/.test(form));
  const forms = kind === 'any' ? simple.flatMap((form) => (form.startsWith('{t} ') ? form.split(' ') : form)) : simple;
  return fc.constantFrom(...forms).chain((form) => fill(form, depth - 1));
}

/** Puts expressions where a form has braces. */
function fill(form: string, depth: number): fc.Arbitrary<string> {
  const parts = form.split(/\{([atnlmbcki])\}/);
  const filled = parts.map((part, index): fc.Arbitrary<string> => {
    if (index % 2 === 0) return fc.constant(part);
    if (part === 'c') return text.map(quote);
    if (part === 'k') return key.map(quote);
    if (part === 'i') return integer;
    const inner = expression(KINDS[part] ?? 'any', depth);
    return form === `{${part}}` ? inner : inner.map((each) => (each.includes(' ') ? `(${each})` : each));
  });
  return fc.tuple(...filled).map((all) => all.join(''));
}

function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\0', '\\x00')}"`;
}

const DEPTH = 3;

/** A template: an expression, alone or in a block. */
export const template = fc
  .tuple(
    fc.constantFrom(
      ...['{{ {a} }}', '{{ {t} }}', '{{ {n} }}', 'x: {{- {a} | toYaml | nindent 2 }}', '{{ print {a} {a} {a} }}'],
      ...[
        '{{ if {a} }}+{{ {a} }}{{ else }}-{{ {t} }}{{ end }}',
        '{{ with {a} }}{{ . }}{{ else with {a} }}{{ . }}!{{ end }}',
      ],
      ...[
        '{{ range $k, $v := {m} }}{{ $k }}={{ $v }};{{ end }}',
        '{{ range {l} }}{{ . }},{{ else }}{{ {a} }}{{ end }}',
      ],
      '{{- $x := {a} -}} {{ $y := {b} }}{{ if $y }}{{ $x = {a} }}{{ end }}{{ $x }} {{ kindOf $x }} {{- /* c */}} ',
      // Nothing is put into itself: Helm would never end.
      '{{ $m := {m} }}{{ $_ := set $m "z" {t} }}{{ toJson $m }}{{ toJson .Values.map }}',
    ),
    fc.boolean(),
  )
  .chain(([form]) => fill(form, DEPTH));

const scalar = fc.oneof(
  text,
  fc.constantFrom(0, 1, -1, 3, 2.5, 1e6, 1234567, 0.1, 1e21, 1e-7, 100000, 2 ** 53),
  fc.constantFrom(true, false, null),
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(key, fc.oneof(scalar, fc.dictionary(key, scalar, { maxKeys: 2 }), fc.array(scalar, { maxLength: 2 }))),
);

/** Values with the keys that templates ask for. */
export const values = fc.record({
  s: text,
  n: fc.constantFrom(0, 3, 2.5, 1000000),
  yes: fc.constant(true),
  nil: fc.constant(null),
  list: fc.array(value, { maxLength: 4 }),
  map: fc.record({
    s: text,
    big: fc.constant(12345678),
    nil: fc.constant(null),
    list: fc.array(scalar, { maxLength: 3 }),
    map: fc.dictionary(key, value, { maxKeys: 4 }),
    a: value,
  }),
  a: value,
});
