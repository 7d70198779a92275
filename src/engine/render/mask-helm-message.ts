import { ChartError } from '../../helm/chart/chart-error.ts';
import { GoList, GoMap, Int, type Value } from '../../helm/value/value.ts';
import { plainValue } from '../../helm/values/plain-value.ts';
import { readUserValues, type ReadUserFile, type UserValues } from '../../helm/flags/user-values.ts';
import { redactText } from '../../kube/redact.ts';
import { looksSecret } from '../../kube/secret-name.ts';
import { MASK } from '../../text/mask.ts';
import { shorten } from '../../text/shorten.ts';
import type { SourceText } from '../../text/source.ts';
import { parseHelmFile } from '../../yaml/parse.ts';

/** Shorter values occur in messages for other reasons. */
const SHORTEST = 4;

/**
 * A message of Helm without secrets, and not longer than people read. Helm quotes values in its messages (`range can't iterate over …`), so the values
 * under secret-looking keys of the values files, and of `--set` and similar flags, are masked wherever they are.
 * @param sources values files
 * @param readFile reads what `--set-file` names
 */
export function maskHelmMessage(
  message: string,
  sources: Iterable<SourceText>,
  values: UserValues,
  readFile: ReadUserFile,
): string {
  const secrets = new Set<string>();
  for (const source of sources) {
    for (const { document } of parseHelmFile(source))
      if (document?.root !== undefined) collectSecrets(plainValue(document.root), secrets);
  }
  collectFlags(values, readFile, secrets);
  let masked = message;
  for (const secret of [...secrets].toSorted((a, b) => b.length - a.length)) {
    if (secret.length < SHORTEST) continue;
    masked = masked.replaceAll(secret, MASK).replaceAll(JSON.stringify(secret).slice(1, -1), MASK);
  }
  return shorten(redactText(masked));
}

function collectFlags(values: UserValues, readFile: ReadUserFile, secrets: Set<string>): void {
  try {
    collectSecrets(readUserValues({ ...values, files: [] }, readFile), secrets);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    // The message is about a flag that Helm cannot read, and may quote it.
    const { set, setString, setJson, setLiteral } = values;
    for (const flag of [set, setString, setJson, setLiteral].flatMap((flags) => flags ?? [])) {
      for (const [, key = '', value = ''] of flag.matchAll(/(?<![\w.[\]-])([\w.[\]-]+)"?\s*[=:]\s*"?([^,"}]*)/g)) {
        if (looksSecret(key.split('.').at(-1) ?? '')) secrets.add(value);
      }
    }
  }
}

/** The texts below secret-looking keys, whole and, since templates indent them, line by line. */
function collectSecrets(value: Value, secrets: Set<string>, isSecret = false): void {
  if (value instanceof GoMap) {
    for (const key of value.keys()) collectSecrets(value.get(key), secrets, isSecret || looksSecret(key));
  } else if (value instanceof GoList) {
    for (const item of value.items) collectSecrets(item, secrets, isSecret);
  } else if (isSecret && (typeof value === 'string' || typeof value === 'number' || value instanceof Int)) {
    const text = String(value instanceof Int ? value.value : value);
    secrets.add(text);
    for (const line of text.split('\n')) secrets.add(line.trim());
  }
}
