import { resolvePlain } from '../../yaml/scalar.ts';
import { isTimestamp } from '../../yaml/timestamp.ts';

export type EmittedStyle = 'plain' | 'single' | 'double' | 'literal';

/** What go-yaml never writes as it is (`is_printable`): controls, tabs, the byte order mark, all beyond U+FFFF. */
const SPECIAL = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const NOT_PLAIN =
  /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[-?](?: |$)|:(?: |$)| #|^ | $|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/**
 * How go-yaml writes a string (`encode.go`, `emitterc.go`). `isSimpleKey`: as a key that shows itself by its `:`.
 * `isV3`: as go-yaml v3, for which a tab is less special.
 */
export function styleOfString(text: string, isSimpleKey: boolean, isV3: boolean): EmittedStyle {
  const isSpecial = SPECIAL.test(isV3 && text.includes('\n') ? text.replaceAll('\t', '') : text);
  const hasSpaceBeforeBreak = / [\n\u2028\u2029]/.test(text);
  if (text.includes('\n')) {
    return isSimpleKey || isSpecial || hasSpaceBeforeBreak || text.endsWith(' ') ? 'double' : 'literal';
  }
  if (typeof resolvePlain(text) !== 'string' || isTimestamp(text) || BASE_60.test(text)) return 'double';
  if (!NOT_PLAIN.test(text)) return 'plain';
  return isSpecial || hasSpaceBeforeBreak || /[\u2028\u2029] /.test(text) ? 'double' : 'single';
}
