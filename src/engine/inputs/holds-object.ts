import { extname } from 'node:path';

/** A field of an object at the beginning of a line, or of a list item. */
const FIELD_OF_OBJECT = /^(?:-[ \t]+)?(["']?)kind\1[ \t]*:/m;
/** How the objects begin that programs write as JSON. */
const JSON_OBJECT = /^\s*\{\s*"(?:apiVersion|kind)"\s*:/;

/**
 * Whether a file holds objects, as far as that can be seen without parsing it: `kind` at the beginning of a line. What does
 * not look so may be an object all the same, in braces or broken.
 */
export function seemsToHoldObject(file: string, text: string): boolean {
  return extname(file) === '.json' ? JSON_OBJECT.test(text) : FIELD_OF_OBJECT.test(text);
}
