import type * as Crypto from 'node:crypto';
import { createRequire } from 'node:module';

let loaded: typeof Crypto | undefined;

/** Node's crypto. Loading it takes several milliseconds, which only charts that hash or encrypt have to wait for. */
export function nodeCrypto(): typeof Crypto {
  // A built-in module is the same from wherever it is required, and the bundle has no `import.meta.url`.
  loaded ??= createRequire(process.execPath)('node:crypto') as typeof Crypto;
  return loaded;
}
