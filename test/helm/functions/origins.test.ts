import { expect, it } from 'vitest';
import { render } from '../template/render-text.ts';

const VALUES = {
  name: 'some-name-',
  empty: '',
  on: true,
  list: ['b', 'a', ''],
  map: { a: 'x', b: { c: 'y' } },
  other: { b: { d: 'z' } },
  text: 'l1\nl2',
};

/** Each stretch of what is printed, with the keys it came from. */
function traceOf(action: string): string[] {
  const { value, origin } = render(`{{ ${action} }}`, VALUES);
  let at = 0;
  return (origin.segments ?? []).map(({ length, taint }) => {
    const text = value.slice(at, (at += length));
    const choices = taint.choices.map((key) => `${key.name}?`);
    return [JSON.stringify(text), ...taint.keys.map((key) => key.name), ...choices].join(' ');
  });
}

it.each([
  ['trunc 4 .Values.name | trimSuffix "-"', ['"some" name']],
  ['trimAll "some-name" .Values.name', ['"" name']],
  ['print "a-" .Values.name | trunc 6', ['"a-"', '"some" name']],
  ['print "a-" .Values.name | upper', ['"A-"', '"SOME-NAME-" name']],
  ['print "a-" .Values.name | replace "-" "_"', ['"a_"', '"some_name_" name']],
  ['print "a-" .Values.name | replace "x" "_"', ['"a-"', '"some-name-" name']],
  ['replace "some" .Values.map.a .Values.name', ['"x" map.a name', '"-name-" name']],
  ['print "a:" .Values.text | indent 1', ['" a:"', '"l1\\n" text', '" "', '"l2" text']],
  ['nindent 1 .Values.empty', ['"\\n "', '"" empty']],
  ['join "," .Values.list', ['"b" list.0 list', '"," list', '"a" list.1 list', '"," list', '"" list.2 list']],
  ['sortAlpha .Values.list | last', ['"b" list.0']],
  ['(split "-" .Values.name)._1', ['"name" name']],
  ['print "a-" .Values.name | splitList "-" | first', ['"a"']],
  ['default "d" .Values.empty', ['"d" empty']],
  ['default .Values.empty .Values.name', ['"some-name-" name']],
  ['coalesce .Values.empty .Values.name', ['"some-name-" name empty']],
  ['ternary "yes" .Values.name .Values.on', ['"yes" on?']],
  ['get .Values.map "a"', ['"x" map.a']],
  ['get .Values.map "z"', ['"" map']],
  ['dig "b" "c" "d" .Values.map', ['"y" map.b.c']],
  ['dig "b" "z" "d" .Values.map', ['"d" map.b']],
  ['(merge (dict) .Values.map .Values.other).b.d', ['"z" other.b.d']],
  ['(dict .Values.map.a .Values.name).x', ['"some-name-" name map.a']],
  ['(pick .Values.map "a").a', ['"x" map.a']],
  ['index (append .Values.list .Values.name) 3', ['"some-name-" name']],
  ['without .Values.list .Values.map.a | first', ['"b" list.0']],
  ['compact .Values.list | len', ['"2" list list.2']],
  ['hasKey .Values.map "a"', ['"true" map? map.a?']],
  ['(deepCopy .Values.map).b.c', ['"y" map.b.c']],
  ['(fromYaml (toYaml .Values.map)).b.c', ['"y" map.b.c']],
  ['toYaml (fromYaml (toYaml .Values.map)).b', [String.raw`"c: \"y\"" map.b.c`]],
  [
    'toYaml (merge (dict "z" 1) (fromYaml (toYaml .Values.map)))',
    ['"a: x\\n" map.a', '"b:\\n" map.b', String.raw`"  c: \"y\"\n" map.b.c`, '"z: 1"'],
  ],
  ['dict "k" .Values.text | toYaml', ['"k: |-\\n" text', '"  "', '"l1\\n" text', '"  "', '"l2" text']],
  ['eq .Values.name "x"', ['"false" name?']],
  ['regexMatch "^some" .Values.name', ['"true" name']],
])('traces {{ %s }}', (action, expected) => {
  expect(traceOf(action)).toEqual(expected);
});
