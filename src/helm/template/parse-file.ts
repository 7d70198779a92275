import type { TemplateFile } from '../value/origin.ts';
import { parseText } from './parser.ts';
import { RenderError } from './render-error.ts';
import { ParseFailure } from './token-reader.ts';
import type { ParsedFile } from './tree.ts';

/**
 * Parses a template file. The result depends on nothing but the text and the names of the functions.
 * @throws {RenderError} with Helm's message
 */
export function parseFile(file: TemplateFile, isFunction: (name: string) => boolean): ParsedFile {
  const { name, source } = file;
  try {
    return { file, ...parseText(name, source.text, isFunction) };
  } catch (error) {
    if (error instanceof ParseFailure) throw new RenderError(helmMessage(error), { file, offset: error.offset });
    if (error instanceof RangeError) {
      throw new RenderError(`parse error at (${name}): the template is nested too deeply`, { file, offset: 0 });
    }
    throw error;
  }
}

/** Helm shows the second and the last part of Go's message, whatever else is in it (pkg/engine, cleanupParseError). */
function helmMessage({ message }: ParseFailure): string {
  const parts = message.split(': ');
  return `parse error at (${parts[1] ?? ''}): ${parts.at(-1) ?? ''}`;
}
