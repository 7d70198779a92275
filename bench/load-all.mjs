// The floor: what the parser alone needs for the same bytes.
import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';

loadAll(readFileSync(process.argv[2] ?? '', 'utf8'));
