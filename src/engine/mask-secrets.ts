import type { UserValues } from '../helm/values/user-values.ts';
import { redactText } from '../kube/redact.ts';
import { looksSecret } from '../kube/secret-name.ts';
import type { SourceText } from '../text/source.ts';
import type { Node } from '../yaml/node.ts';
import { parseDocuments } from '../yaml/parse.ts';

const MASK = '••••••';
/** Shorter values stand in messages for other reasons. */
const SHORTEST = 4;

/**
 * A message of Helm without secrets. Helm quotes values in its messages (`range can't iterate over …`), so the values
 * under secret-looking keys of the values files, and of `--set`, are masked wherever they stand.
 * @param sources values files
 * @param flags `KEY=VALUE` as `--set` and its like take them
 */
export function maskSecrets(message: string, sources: Iterable<SourceText>, flags: Iterable<string>): string {
  const secrets = new Set<string>();
  for (const source of sources) {
    for (const { document } of parseDocuments(source))
      if (document?.root !== undefined) collect(document.root, secrets);
  }
  for (const flag of flags) {
    for (const match of flag.matchAll(/([\w.[\]-]+)=([^,]*)/g)) {
      if (looksSecret(match[1]?.split('.').at(-1) ?? '')) secrets.add(match[2] ?? '');
    }
  }
  let masked = message;
  for (const secret of [...secrets].toSorted((a, b) => b.length - a.length)) {
    if (secret.length < SHORTEST) continue;
    masked = masked.replaceAll(secret, MASK).replaceAll(JSON.stringify(secret).slice(1, -1), MASK);
  }
  return redactText(masked);
}

/** The arguments of all `--set` flags. */
export function flagsOf({ set, setString, setJson, setFile, setLiteral }: UserValues): string[] {
  return [set, setString, setJson, setFile, setLiteral].flatMap((flags) => flags ?? []);
}

/** The texts below secret-looking keys. */
function collect(node: Node, secrets: Set<string>, isSecret = false): void {
  switch (node.kind) {
    case 'scalar':
      if (isSecret && node.value !== null && typeof node.value !== 'boolean') secrets.add(String(node.value));
      return;
    case 'sequence':
      for (const item of node.items) collect(item, secrets, isSecret);
      return;
    case 'mapping':
      for (const { key, value } of node.entries) collect(value, secrets, isSecret || looksSecret(key));
  }
}
