#!/usr/bin/env node
import { main } from '../src/cli/main.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { RULES } from '../src/engine/registry.generated.ts';

let isCutOff = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) is no error; a full disk is.
    if (error.code === 'EPIPE') return;
    isCutOff = true;
    process.exitCode = 2;
    if (stream === process.stdout) process.stderr.write(`chartlint: the report cannot be written (${error.code}).\n`);
  });
}

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
    process.exitCode = isCutOff ? 2 : status;
  },
  (error: unknown) => {
    // Not an expected error but a bug in chartlint: show all there is.
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 2;
  },
);
