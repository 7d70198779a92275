import { expect, it } from 'vitest';
import { renderChart } from '../../src/helm/render.ts';
import { chartOf, type Files } from './chart/chart-files.ts';
import { renderRequest } from './render-request.ts';

const TOO_MANY_STEPS = 'the template takes more than 20000000 steps';
const LINES = 'x\n'.repeat(500_000);
const MILLION = '{{ $x := repeat 1000000 "x" }}';

function render(template: string, files: Files = {}): string {
  return renderChart(renderRequest(chartOf({ 'templates/a.yaml': template, ...files }))).text;
}

it.each([
  ['has', '{{ $x := until 20000 }}{{ range until 20000 }}{{ $b := has -1 $x }}{{ end }}'],
  ['derivePassword', '{{ range until 1000 }}{{ $x := derivePassword 1 "pin" "a" "b" "c" }}{{ end }}'],
  ['genPrivateKey', '{{ range until 1000 }}{{ $x := genPrivateKey "rsa" }}{{ end }}'],
  ['sha256sum', `${MILLION}{{ range until 1000 }}{{ $y := sha256sum $x }}{{ end }}`],
  ['$.Files.Lines', '{{ range until 1000 }}{{ $y := $.Files.Lines "big.txt" }}{{ end }}'],
  ['sortAlpha', '{{ $x := until 1000000 }}{{ range until 100 }}{{ $y := sortAlpha $x }}{{ end }}'],
  ['shuffle', '{{ $y := shuffle (repeat 60000000 "x") }}'],
  ['upper', `${MILLION}{{ range until 1000 }}{{ $y := upper $x }}{{ end }}`],
  ['regexMatch', `${MILLION}{{ range until 1000 }}{{ $y := regexMatch "(a|b)*c" $x }}{{ end }}`],
  ['fromYamlArray', '{{ $x := repeat 100000 "- a\\n" }}{{ range until 1000 }}{{ $y := fromYamlArray $x }}{{ end }}'],
  ['tpl', '{{ $y := tpl (repeat 1000000 "{{ 1 }}") $ }}'],
  ['randAlphaNum', '{{ range until 100 }}{{ $x := randAlphaNum 1900000 }}{{ end }}'],
  ['toYaml', '{{ $x := until 100000 }}{{ range until 1000 }}{{ $y := toYaml $x }}{{ end }}'],
  [
    'deepCopy',
    '{{ $x := list 1 }}{{ range until 17 }}{{ $x = list $x $x }}{{ end }}{{ range until 1000 }}{{ $y := deepCopy $x }}{{ end }}',
  ],
  [
    'merge',
    '{{ $x := dict }}{{ range until 5000 }}{{ $_ := set $x (toString .) . }}{{ end }}{{ range until 10000 }}{{ $y := merge (dict) $x }}{{ end }}',
  ],
  ['set', '{{ $x := dict }}{{ range $i := until 2000000 }}{{ $_ := set $x (toString $i) $i }}{{ end }}'],
  [
    'range over a map',
    '{{ $x := dict }}{{ range until 100000 }}{{ $_ := set $x (toString .) . }}{{ end }}{{ range until 1000 }}{{ range $x }}{{ end }}{{ end }}',
  ],
  [
    'sorting the keys of a map that changes',
    '{{ $x := dict }}{{ range until 20000 }}{{ $_ := set $x (toString .) . }}{{ end }}{{ range until 10000 }}{{ $_ := set $x (print "k" .) . }}{{ $k := keys $x }}{{ end }}',
  ],
  ['printf "%q"', '{{ $x := printf "%q" (repeat 30000000 "x") }}'],
  ['printf "%x"', '{{ $x := printf "%-[1]x" (repeat 30000000 "x") }}'],
  ['b32enc', '{{ $x := b32enc (repeat 60000000 "x") }}'],
  ['semver', '{{ $x := semver (repeat 30000000 "1") }}'],
  ['duration', '{{ $x := duration (repeat 30000000 "1") }}'],
  ['pieces of text', '{{ range $i := 100000000 }}x{{ end }}'],
])('counts the work of %s', { timeout: 90_000 }, (_name, template) => {
  expect(() => render(template, { 'big.txt': LINES })).toThrow(TOO_MANY_STEPS);
});

it.each(['splitList ""', 'split ""', 'splitList "x"', 'split "x"'])('makes no endless list with %s', (split) => {
  expect(() => render(`{{ $y := ${split} (repeat 60000000 "x") }}`)).toThrow('there would be more than 2000000 items');
});

it('makes no text that is too long of many pieces', () => {
  expect(() => render('{{ $x := printf (repeat 100 "%1000000[1]d") 1 }}')).toThrow(
    'a text has more than 67108864 characters',
  );
});

it.each([
  ['semver', 'error parsing version segment'],
  ['semverCompare ">1"', 'takes more than 20000000 steps'],
])('reads no number of millions of digits for %s', (call, message) => {
  expect(() => render(`{{ $x := ${call} (repeat 10000000 "1") }}`)).toThrow(message);
});

it('reads no format with very many verbs', () => {
  expect(() => render('{{ $x := printf (repeat 200000 "%d") 1 }}')).toThrow('a format has more than 100000 verbs');
});

it('appends in a loop without a copy of the list each time', () => {
  const appended =
    '{{ $x := list }}{{ range until 100000 }}{{ $x = append $x . }}{{ end }}n: {{ len $x }}, {{ last $x }}';
  expect(render(appended)).toContain('n: 100000, 99999');
});

it('lets each list that was appended to keep its own items', () => {
  const lists = [
    '{{ $a := append (list) 1 }}{{ $b := append $a 2 }}{{ $c := append $a 3 }}{{ $d := append $b 4 }}',
    '{{ range $b }}{{ $b = append $b . }}{{ end }}{{ $d = append $d 5 }}',
    'x: {{ toJson (list $a $b $c $d) | quote }}',
  ];
  expect(render(lists.join(''))).toContain('x: "[[1],[1,2,1,2],[1,3],[1,2,4,5]]"');
});

it('lets a large chart do its work', () => {
  const entries = '{{ $d := dict }}{{ range until 20000 }}{{ $_ := set $d (toString .) . }}{{ end }}n: {{ len $d }}';
  expect(render(entries)).toContain('n: 20000');
});
