// Makes one file of the declarations that tsc wrote for src/index.ts, since each of the hundreds of modules behind it has
// its own: `npm run build`.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const ROOT = path.join(import.meta.dirname, '..');
const DECLARATIONS = path.join(ROOT, '.cache/types');

const bundle = await rolldown({
  cwd: ROOT,
  input: { index: path.join(DECLARATIONS, 'src/index.d.ts') },
  external: [/^node:/],
  plugins: [dts({ dtsInput: true, tsconfig: false })],
});
await bundle.write({ dir: path.join(ROOT, 'dist'), format: 'esm' });
await bundle.close();
rmSync(DECLARATIONS, { recursive: true });
