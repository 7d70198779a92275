/** Words that cannot be names in CEL. */
const RESERVED = new Set(
  [
    'true false null in as break const continue else for function if import let loop package namespace return var void',
    'while',
  ].flatMap((line) => line.split(' ')),
);

const ESCAPES: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};

/** The name of a field in CEL; undefined where it can have none. Source: escaping.go in k8s.io/apiserver. */
export function escapeName(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  if (!/^[A-Za-z_./-][A-Za-z0-9_./-]*$/.test(name)) return undefined;
  return name.replaceAll(/__|[-./]/g, (part) => ESCAPES[part] ?? part);
}
