import { expect, it } from 'vitest';
import { printableLines } from '../../src/text/printable.ts';
import { withoutCommands } from '../../src/text/workflow-commands.ts';

it.each([
  ['a\n::error::x', 'a\n\\u003a:error::x'],
  ['::error::x', '\\u003a:error::x'],
  [' \t::set-output name=a::b', ' \t\\u003a:set-output name=a::b'],
  ['a\n\n::error::x', 'a\n\n\\u003a:error::x'],
  ['a ##[error]b', 'a \\u0023#[error]b'],
  ['##vso[task.setvariable variable=a]b', '\\u0023#vso[task.setvariable variable=a]b'],
  ['###[group]', '#\\u0023#[group]'],
])('makes %j harmless', (text, harmless) => {
  expect(withoutCommands(text)).toBe(harmless);
  expect(printableLines(text.replaceAll('\t', ''))).toBe(harmless.replaceAll('\t', ''));
});

it.each(['std::vector', 'a: :b', '## [Unreleased]', 'image: a::b', 'fe80::1'])('leaves %j alone', (text) => {
  expect(withoutCommands(text)).toBe(text);
});
