import type { Result } from '../../engine/result.ts';
import { codeFrame, type FrameOptions } from '../../text/code-frame.ts';
import type { Location } from '../../text/source.ts';
import { secretsWithin } from './secrets-within.ts';

/**
 * The lines around a place of the result's sources, without secrets and without lines of other documents; no lines when
 * the source is not known.
 */
export function safeFrame(
  { sources }: Pick<Result, 'sources'>,
  location: Location,
  options: Pick<FrameOptions, 'context' | 'width' | 'paint'> = {},
): string[] {
  const linted = sources.get(location.file);
  if (linted === undefined) return [];
  const { source, documents } = linted;
  const offset = source.offsetOfLine(location.line) + location.column - 1;
  const within = documents.find(({ start, end }) => start <= offset && offset <= end);
  return codeFrame(source, location, { ...options, within, mask: (shown) => secretsWithin(linted, shown) });
}
