#!/usr/bin/env node
import { main } from '../src/cli/main.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { RULES } from '../src/engine/registry.generated.ts';

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const terminal: Terminal = {
  workingDirectory: process.cwd(),
  environment: process.env,
  writeOut: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  readStdin: async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  },
  isInteractive: process.stdout.isTTY,
  columns: process.stdout.columns,
  now: new Date(),
};

main(process.argv.slice(2), terminal, RULES).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // Not an expected error but a bug in chartlint: show all there is.
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 2;
  },
);
