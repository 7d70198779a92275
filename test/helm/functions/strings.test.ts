import { expect, it } from 'vitest';
import { messageOf, render } from '../template/render-text.ts';

// What Helm 4.1.4 prints.
it.each([
  ['trim " \\t x \\n"', 'x'],
  ['trim "\\u0085\\ufeffx\\u00a0"', '\ufeffx'],
  ['trimAll "$" "$5.00$"', '5.00'],
  ['trimall "é😀" "😀éaé"', 'a'],
  ['trimSuffix "-" "a--"', 'a-'],
  ['trimPrefix "-" "--a"', '-a'],
  ['nospace " a b  c "', 'abc'],
  ['nospace "é"', 'é'],
  ['nospace "é b"', 'Ã©b'],
  ['initials "it\'s a dog"', 'iad'],
  ['initials "éa b"', 'Ãb'],
  ['upper "straße ŉ ᾳ"', 'STRAßE ŉ ᾼ'],
  ['lower "İΣ"', 'iσ'],
  ['title "it\'s a_b ǆx"', "It'S A_b ǅx"],
  ['untitle "ABC DEf"', 'aBC dEf'],
  ['swapcase "ABC dEf"', 'abc DeF'],
  ['camelcase "http_server"', 'HttpServer'],
  ['camelcase "_complex__case_"', '_Complex_Case_'],
  ['camelcase "GOLANG_IS_GREAT"', 'GolangIsGreat'],
  ['camelcase "_"', '__'],
  ['snakecase "HTTP20xOK"', 'http_20x_ok'],
  ['snakecase "Bld4Floor3rd"', 'bld4_floor_3rd'],
  ['snakecase "a/bC x$y"', 'a/b_c_x_$_y'],
  ['kebabcase "NoHTTPS some__thing"', 'no-https-some--thing'],
  ['kebabcase "中文abc"', '中文-abc'],
  ['trunc 3 "héllo"', 'hé'],
  ['trunc 1 "é"', '\udcc3'],
  ['trunc -4 "héllo"', '\udca9llo'],
  ['trunc -5 "abc"', 'abc'],
  ['substr 1 -1 "abc"', 'bc'],
  ['substr -1 2 "abc"', 'ab'],
  ['abbrev 5 "hello world"', 'he...'],
  ['abbrevboth 5 10 "hello world foo"', '... wor...'],
  ['abbrevboth 8 7 "hello world foo"', '...r...'],
  ['indent 2 "a\\n\\nb\\n"', '  a\n  \n  b\n  '],
  ['nindent 1 ""', '\n '],
  ['repeat 3 "ab"', 'ababab'],
  ['wrap 5 "hello world barbazqux  x"', 'hello\nworld\nbarbazqux\n x'],
  ['wrapWith 5 "<>" "foo barbazqux  x"', 'foo<>barba<>zqux <>x'],
  ['wrapWith 3 "" "abcdefgh"', 'abc\ndef\ngh'],
  ['plural "one" "many" 1', 'one'],
  ['contains "b" "abc"', 'true'],
  ['hasPrefix "b" "abc"', 'false'],
  ['hasSuffix "c" "abc"', 'true'],
  ['replace "" "-" "hé"', '-h-é-'],
  ['replace "aa" "$&" "aaaaa"', '$&$&a'],
  ['splitList "/" "a/b/"', '[a b ]'],
  ['splitList "" "hé"', '[h é]'],
  ['split "/" ""', 'map[_0:]'],
  ['splitn "/" 2 "a/b/c"', 'map[_0:a _1:b/c]'],
  ['splitn "/" 0 "a/b/c"', 'map[]'],
  ['join "-" (list 1 nil "a" 2.5)', '1-a-2.5'],
  ['join "-" (dict "a" 1)', 'map[a:1]'],
  ['sortAlpha (list "b" 1 "\\U0001f600" "\\uff00" nil)', '[1 b \uff00 \u{1f600}]'],
  ['sortAlpha nil', '[<nil>]'],
  ['toStrings 5', '[5]'],
  ['toString nil', '<nil>'],
])('prints {{ %s }}', (action, expected) => {
  expect(render(`{{ ${action} }}`).value).toBe(expected);
});

it.each([
  ['substr 5 2 "abcdef"', 'error calling substr: runtime error: slice bounds out of range [5:2]'],
  ['substr -1 9 "abc"', 'error calling substr: runtime error: slice bounds out of range [:9] with length 3'],
  ['substr -1 -2 "abc"', 'error calling substr: runtime error: slice bounds out of range [:-2]'],
  ['indent -1 "a"', 'error calling indent: strings: negative Repeat count'],
  ['repeat 100000000 "ab"', 'error calling repeat: the text would be 200000000 characters long'],
])('fails on {{ %s }}', (action, expected) => {
  expect(messageOf(() => render(`{{ ${action} }}`))).toContain(expected);
});

it('sorts a list of texts in place', () => {
  expect(render('{{ $l := splitList "," "b,a" }}{{ $s := sortAlpha $l }}{{ $l }}').value).toBe('[a b]');
});
