import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './cli/chartlint.ts';
import { RULE_PATHS } from './rule-files.ts';

interface Import {
  readonly name: string;
  /** The module that is imported from, relative to the repository. */
  readonly module: string;
}

/** The names in `import { … } from './…'` or `export { … } from './…'`. */
function namesFrom(keyword: 'import' | 'export', file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const statements = text.matchAll(new RegExp(`^${keyword} (?:type )?\\{([^}]*)\\} from '(\\.[^']+)'`, 'gm'));
  return [...statements].flatMap(([, names = '', module = '']) =>
    names
      .split(',')
      .map((name) => name.trim().replace(/^type /, ''))
      .filter((name) => name !== '')
      .map((name) => ({ name, module: join(dirname(file), module).replaceAll('\\', '/') })),
  );
}

const exported = namesFrom('export', 'src/index.ts');
const imported = [...RULE_PATHS.values()].flatMap((path) => namesFrom('import', `rules/${path}.ts`));
const format = ({ name, module }: Import): string => `${name} of ${module}`;

describe('the package exports', () => {
  it('all that the built-in rules import, so that others can be written like them', () => {
    expect(imported.length).toBeGreaterThan(80);
    const known = new Set(exported.map(format));
    expect(imported.map(format).filter((text) => !known.has(text))).toEqual([]);
  });

  it('nothing without a word of documentation', () => {
    const silent = exported.filter(({ name, module }) => {
      const text = readFileSync(join(ROOT, module), 'utf8');
      return !new RegExp(`\\*/\\nexport (?:async )?(?:function|class|const|interface|type) ${name}\\b`).test(text);
    });
    expect(silent.map(format)).toEqual([]);
  });
});
