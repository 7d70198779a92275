import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFrame, type FrameOptions } from '../../src/text/code-frame.ts';
import { MASK } from '../../src/text/mask.ts';
import { displayWidth } from '../../src/text/printable.ts';
import { SourceText } from '../../src/text/source.ts';

/** The frame around the part of a text between `«` and `»`. */
function frame(marked: string, options?: FrameOptions): string[] {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const source = new SourceText('file.yaml', marked.replace('«', '').replace('»', ''));
  return codeFrame(source, source.locate({ start, end }), options);
}

describe('codeFrame', () => {
  it('marks the line and puts carets under the range', () => {
    expect(frame('kind: Service\nspec:\n  ports:\n    - port: «80»\n      name: http\n')).toEqual([
      '   2 │ spec:',
      '   3 │   ports:',
      ' > 4 │     - port: 80',
      '     │             ^^',
      '   5 │       name: http',
    ]);
  });

  it('aligns line numbers, and drops blank lines at the edges', () => {
    expect(frame('1\n2\n3\n4\n5\n6\n\n\n«nine»\nten\n\n', { context: 2 })).toEqual([
      ' >  9 │ nine',
      '      │ ^^^^',
      '   10 │ ten',
    ]);
  });

  it('shows no context when there is to be none', () => {
    expect(frame('a: 1\nb: «2»\nc: 3\n', { context: 0 })).toEqual([' > 2 │ b: 2', '     │    ^']);
  });

  it('keeps the context within a range', () => {
    const text = 'a: 1\n---\nb: «2»\n---\nc: 3\n';
    expect(frame(text, { within: { start: 5, end: 14 } })).toEqual(['   2 │ ---', ' > 3 │ b: 2', '     │    ^']);
  });

  it('has one caret for an empty range, at the end of a line and of the text, too', () => {
    expect(frame('a:«»\nb: 1\n', { context: 0 })).toEqual([' > 1 │ a:', '     │   ^']);
    expect(frame('a: 1\n«»', { context: 0 })).toEqual([' > 1 │ a: 1', '     │     ^']);
    expect(frame('«»')).toEqual([' > 1 │', '     │ ^']);
  });

  it('marks the first lines of a range over many lines', () => {
    expect(frame('a: 1\nb: «|\n  x\n»c: 2\n', { context: 1 })).toEqual([
      '   1 │ a: 1',
      ' > 2 │ b: |',
      '     │    ^',
      ' > 3 │   x',
      '   4 │ c: 2',
    ]);
    expect(frame('«{\na,\nb,\nc\n}»\nd\n')).toEqual([' > 1 │ {', '     │ ^', ' > 2 │ a,', ' > 3 │ b,', '     │ …']);
  });

  it('counts East Asian characters as two columns and combining marks as none', () => {
    expect(frame('이름: «관측소» # 값\n')).toEqual([' > 1 │ 이름: 관측소 # 값', '     │       ^^^^^^']);
    expect(frame('cafe\u0301: «x»\n')).toEqual([' > 1 │ cafe\u0301: x', '     │       ^']);
  });

  it('expands tabs', () => {
    expect(frame('a\tb: «x»\n')).toEqual([' > 1 │ a   b: x', '     │        ^']);
    expect(frame('«\t»a: x\n')).toEqual([' > 1 │     a: x', '     │ ^^^^']);
  });

  it('makes control characters visible', () => {
    expect(frame('a: \u001b[31m«x»\u202e\n')).toEqual([
      String.raw` > 1 │ a: \u001b[31mx\u202e`,
      '     │              ^',
    ]);
  });

  it('cuts the end of a long line when the beginning of the range is in sight', () => {
    expect(frame(`a: «${'x'.repeat(60)}»\n`, { width: 40 })).toEqual([
      ' > 1 │ a: xxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
      '     │    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    ]);
  });

  it('cuts a long line around the range', () => {
    expect(frame(`${'a'.repeat(50)}«here»${'b'.repeat(50)}\n`, { width: 27 })).toEqual([
      ' > 1 │ …aaaaaaaherebbbbbbb…',
      '     │         ^^^^',
    ]);
    expect(frame(`${'a'.repeat(50)}«end»\n`, { width: 27 })).toEqual([
      ' > 1 │ …aaaaaaaaaaaaaaaaend',
      '     │                  ^^^',
    ]);
  });

  it('keeps columns true when a wide character would be cut in two', () => {
    expect(frame(`-${'가'.repeat(30)}«x»${'나'.repeat(30)}\n`, { width: 27, context: 0 })).toEqual([
      ' > 1 │ …가가가가x나나나나 …',
      '     │          ^',
    ]);
  });

  it('masks with a fixed width, and keeps carets in place', () => {
    expect(frame('token: «abc» # x\n', { mask: () => [{ start: 7, end: 10 }] })).toEqual([
      ` > 1 │ token: ${MASK} # x`,
      '     │        ^^^^^^',
    ]);
    const pair = [
      { start: 5, end: 9 },
      { start: 3, end: 7 },
    ];
    expect(frame('a: secretly «b»\n', { mask: () => pair })).toEqual([` > 1 │ a: ${MASK}ly b`, '     │             ^']);
  });

  it('masks before it cuts', () => {
    const lines = frame(`${'s'.repeat(300)}«x»\n`, { width: 40, mask: () => [{ start: 0, end: 300 }] });
    expect(lines).toEqual([` > 1 │ ${MASK}x`, '     │       ^']);
  });

  it('masks each line of a range over many lines', () => {
    expect(frame('a: «|»\n  one\n  two\n', { mask: () => [{ start: 7, end: 16 }] })).toEqual([
      ' > 1 │ a: |',
      '     │    ^',
      `   2 │   ${MASK}`,
      `   3 │ ${MASK}`,
    ]);
  });

  it('is fast on a line of a million characters', () => {
    const source = new SourceText('a.json', `{"a":"${'x'.repeat(1_000_000)}","b":1}`);
    const location = source.locate({ start: 900_000, end: 900_003 });
    const before = performance.now();
    for (let time = 0; time < 5000; time++) codeFrame(source, location);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('has lines no wider than it may, no control characters, and a caret, wherever the range is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\n', '한', 'e\u0301', '🙂', '\u001b', '\u202e') });
    fc.assert(
      fc.property(
        text,
        fc.nat(60),
        fc.nat(20),
        fc.integer({ min: 30, max: 60 }),
        fc.array(fc.tuple(fc.nat(60), fc.nat(9))),
        (content, start, length, width, masks) => {
          const source = new SourceText('f', content);
          const mask = masks.map(([from, size]) => ({ start: from, end: from + size }));
          const lines = codeFrame(source, source.locate({ start, end: start + length }), { width, mask: () => mask });
          for (const line of lines) {
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
            expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          }
          expect(lines.filter((line) => line.includes('^'))).toHaveLength(1);
        },
      ),
    );
  });
});
