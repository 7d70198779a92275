import { expect, it } from 'vitest';
import { messageOf, render } from '../template/render-text.ts';

// What Helm 4.1.4 prints.
it.each([
  ['append (list 1) "a"', '[1 a]'],
  ['prepend (until 2) nil', '[<nil> 0 1]'],
  ['concat (list 1) (until 2)', '[1 0 1]'],
  ['first (list)', '<no value>'],
  ['last (list 1 2)', '2'],
  ['rest (list 1 2 3)', '[2 3]'],
  ['initial (list 1 2 3)', '[1 2]'],
  ['reverse (list 1 2 3)', '[3 2 1]'],
  ['slice (list 1 2 3) "1" 2.9', '[2]'],
  ['typeOf (slice (splitList "," "a,b") 1)', '[]string'],
  ['slice (list) 5 9', '<no value>'],
  ['chunk 2 (list 1 2 3)', '[[1 2] [3]]'],
  ['chunk -2 (list 1)', '[[1]]'],
  ['compact (list 0 "" 1 nil (dict))', '[1]'],
  ['uniq (list 1 1 1.0 "a" (list "x") (list "x") nil nil)', '[1 1 a [x] <nil>]'],
  ['without (list 1 1.0 "a" (list "x")) 1 (list "x")', '[1 a]'],
  ['has 3 (list 3.0)', 'false'],
  ['has nil (list nil)', 'true'],
  ['has 1 nil', 'false'],
  ['dict "a" 1 2', 'map[2: a:1]'],
  ['get (dict) "a"', ''],
  ['set (dict "a" 1) "b" nil', 'map[a:1 b:<nil>]'],
  ['unset (dict "a" 1) "a"', 'map[]'],
  ['hasKey (dict "a" nil) "a"', 'true'],
  ['pluck "a" (dict "a" 1) (dict) (dict "a" nil)', '[1 <nil>]'],
  ['keys nil', '[]'],
  ['pick (dict "a" 1 "b" 2) "a" "z"', 'map[a:1]'],
  ['omit (dict "a" 1 "b" 2) "a"', 'map[b:2]'],
  ['dig "a" "b" "d" (dict "a" (dict))', 'd'],
  ['dig "a" "d" (dict "a" nil)', '<no value>'],
  [
    'merge (dict "a" false "m" (dict "x" 1)) (dict "a" true "m" (dict "x" 2 "y" nil "z" 0))',
    'map[a:true m:map[x:1 z:0]]',
  ],
  ['mergeOverwrite (dict "a" 1 "m" (dict "x" 1)) (dict "a" nil "m" (dict) "l" (list))', 'map[a:<nil> l:[] m:map[x:1]]'],
  ['merge nil (dict "a" 1)', 'map[a:1]'],
  ['merge (dict "a" (dict)) (dict "a" (dict "y" nil))', 'map[a:map[y:<nil>]]'],
  ['deepCopy (dict "a" (list 1 nil))', 'map[a:[1 <nil>]]'],
  ['default "d" 0', 'd'],
  ['default "d" "x"', 'x'],
  ['coalesce nil "" 0 "x" "y"', 'x'],
  ['all 1 "" 2', 'false'],
  ['any 0 "" 2', 'true'],
  ['ternary "a" "b" false', 'b'],
])('makes {{ %s }}', (action, expected) => {
  expect(render(`{{ ${action} }}`).value).toBe(expected);
});

it.each([
  ['first "a"', 'Cannot find first on type string'],
  ['append "a" 1', 'Cannot push on type string'],
  ['concat "a"', 'Cannot concat type string as list'],
  ['first nil', 'runtime error: invalid memory address or nil pointer dereference'],
  ['slice (list 1 2) 2 1', 'reflect.Value.Slice: slice index out of bounds'],
  ['slice "a"', 'list should be type of slice or array but string'],
  ['chunk 0 (list 1 2)', 'runtime error: makeslice: len out of range'],
  ['set nil "a" 1', 'assignment to entry in nil map'],
  ['dig "a" "b"', 'dig needs at least three arguments'],
  ['dig "a" 1 "d" (dict)', 'interface conversion: interface {} is int, not string'],
  ['dig "a" "b" "d" (dict "a" nil)', 'interface conversion: interface {} is nil, not map[string]interface {}'],
  ['deepCopy nil', 'reflect: call of reflect.Value.Type on zero Value'],
  [
    'merge (dict "a" (split "/" "x")) (dict "a" (dict "c" 1))',
    'reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string',
  ],
])('fails on {{ %s }}', (action, expected) => {
  expect(messageOf(() => render(`{{ ${action} }}`))).toContain(expected);
});

it.each([
  ['merge $dst $src', '{{ $_ := set $src.new "x" 1 }}{{ $dst.new.x }}', '1'],
  ['merge $dst $src', '{{ $_ := set $src.old "x" 1 }}{{ hasKey $dst.old "x" }}', 'false'],
  ['deepCopy $src | merge $dst', '{{ $_ := set $src.new "x" 1 }}{{ hasKey $dst.new "x" }}', 'false'],
])('shares what %s added to a map', (action, then, expected) => {
  const start = '{{ $dst := dict "old" (dict "a" 1) }}{{ $src := dict "old" (dict) "new" (dict "a" 1) }}';
  expect(render(`${start}{{ $_ := ${action} }}${then}`).value).toBe(expected);
});
