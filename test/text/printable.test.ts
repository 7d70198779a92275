import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, printable } from '../../src/text/printable.ts';

describe('printable', () => {
  it.each([
    ['plain text', 'plain text'],
    ['관측소 · été 🙂 ✓', '관측소 · été 🙂 ✓'],
    ['a\nb\r\tc', String.raw`a\nb\r\tc`],
    ['\u001b[31mred\u001b[0m', String.raw`\u001b[31mred\u001b[0m`],
    ['bell\u0007 nul\u0000 del\u007f csi\u009b', String.raw`bell\u0007 nul\u0000 del\u007f csi\u009b`],
    ['user\u202etxt.exe', String.raw`user\u202etxt.exe`],
    ['pass\u200bword \ufeff', String.raw`pass\u200bword \ufeff`],
    ['line\u2028paragraph\u2029', String.raw`line\u2028paragraph\u2029`],
    ['tag\u{e0041}', String.raw`tag\u{e0041}`],
    ['half \ud800 pair', String.raw`half \ud800 pair`],
    ['byte \udc97, \udc80, \udcff', String.raw`byte \x97, \x80, \xff`],
    ['half \udc7f pair', String.raw`half \udc7f pair`],
    ['filler\u3164', String.raw`filler\u3164`],
  ])('shows %j as %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('leaves nothing that a terminal obeys or hides, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });
});

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['관측소', 6],
    ['日本語', 6],
    ['ｆｕｌｌ', 8],
    ['e\u0301te\u0301', 3],
    ['\u1100\u1161\u11a8', 2], // 각, in pieces
    ['🙂', 2],
    ['🇰🇷', 2],
    ['✓ – · …', 7],
  ])('takes %j for %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});
