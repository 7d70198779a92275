import type { Check } from './field.ts';

/** A path that never goes up. */
export const withoutBacksteps: Check = (field) => {
  if (field.text.split('/').includes('..')) field.invalid('contains ".."', 'Write the path without ".."');
};

/** A path below some folder. */
export const relativePath: Check = (field) => {
  if (field.text.startsWith('/'))
    field.invalid('is not a relative path', 'Write the path without the "/" at its beginning');
  withoutBacksteps(field);
};

/** A path of a file in a volume, which Kubernetes writes. */
export const fileInVolume: Check = (field) => {
  relativePath(field);
  if (/^\.\.(?!\/)/.test(field.text) && field.text !== '..') {
    field.invalid('begins with ".."', 'Begin the name with something else');
  }
};

export const absolutePath: Check = (field) => {
  if (!field.text.startsWith('/')) field.invalid('is not an absolute path', 'Begin the path with "/"');
};
