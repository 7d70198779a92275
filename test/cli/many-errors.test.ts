import { expect, it } from 'vitest';
import { chartlint, folderWith } from './chartlint.ts';

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

function errorsOf(text: string): string[] {
  const folder = folderWith({ 'a.yaml': text });
  const { status, stdout } = chartlint(['a.yaml', '--format', 'json'], { folder });
  expect(status).toBe(2);
  const report: { errors: { message: string }[] } = JSON.parse(stdout);
  return report.errors.map(({ message }) => message);
}

it.each([
  ['comments of one unknown id', `${HEAD}data:\n${lines(20_000, (at) => `  k${at}: v # chartlint-ignore nosuch: b`)}`],
  [
    'comments of many unknown ids',
    `${HEAD}data:\n${lines(20_000, (at) => `  k${at}: v # chartlint-ignore nosuch${at}: b`)}`,
  ],
  [
    'an annotation that names many unknown ids',
    `${HEAD}  annotations:\n    chartlint/ignore: "${lines(20_000, (at) => `nosuch${at}: b;`).replaceAll('\n', ' ')}"\n`,
  ],
  ['documents that cannot be read', lines(5000, () => '---\na: [')],
])('shows the first of very many errors, and how many more there are: %s', (_name, text) => {
  const errors = errorsOf(text);
  expect(errors.length).toBeLessThan(110);
  expect(
    errors.filter((message) => /^There are more errors in this file, from here on: \d{4,5}\./.test(message)),
  ).toHaveLength(1);
});
