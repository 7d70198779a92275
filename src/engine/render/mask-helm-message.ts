import { ChartError } from '../../helm/chart/chart-error.ts';
import { GoList, GoMap, Int, type Value } from '../../helm/value/value.ts';
import { plainValue } from '../../helm/values/plain-value.ts';
import { readUserValues, type ReadUserFile, type UserValues } from '../../helm/flags/user-values.ts';
import { redactLine, redactText } from '../../kube/redact.ts';
import { looksSecret } from '../../kube/secret-name.ts';
import type { IsSecretName } from '../../kube/secret-path.ts';
import { MASK } from '../../text/mask.ts';
import { shorten } from '../../text/shorten.ts';
import type { SourceText } from '../../text/source.ts';
import { parseHelmFile } from '../../yaml/parse.ts';

/** Shorter values occur in messages for other reasons. */
const SHORTEST = 4;
const WORD = /[\p{L}\p{N}_]/u;

/**
 * A message of Helm without secrets, and not longer than people read. Helm quotes values in its messages (`range can't iterate over …`), so the values
 * under secret-looking keys of the values files, and of `--set` and similar flags, are masked wherever they are.
 * @param sources values files
 * @param readFile reads what `--set-file` names
 * @param isSecretName whether the name of a key says that its value is a secret
 */
export function maskHelmMessage(
  message: string,
  sources: Iterable<SourceText>,
  values: UserValues,
  readFile: ReadUserFile,
  isSecretName: IsSecretName = looksSecret,
): string {
  const secrets = new Set<string>();
  for (const source of sources) {
    for (const { document } of parseHelmFile(source)) {
      if (document === undefined) collectLines(source, secrets);
      else if (document.root !== undefined) collectSecrets(plainValue(document.root), secrets, isSecretName);
    }
  }
  collectFlags(values, readFile, secrets, isSecretName);
  let masked = message;
  for (const secret of [...secrets].toSorted((a, b) => b.length - a.length)) {
    if (secret.length < SHORTEST) continue;
    for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1)])) masked = maskWhole(masked, form);
  }
  return shorten(redactText(masked));
}

/** Not inside of a word: `admin` is in `administrator` by chance. */
function maskWhole(text: string, part: string): string {
  let masked = '';
  let from = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) {
    const end = at + part.length;
    if (WORD.test(text.charAt(at - 1)) || WORD.test(text.charAt(end))) continue;
    masked += text.slice(from, at) + MASK;
    from = end;
  }
  return masked + text.slice(from);
}

/** Of a values file that cannot be read, the values on lines that name a secret. */
function collectLines({ text }: SourceText, secrets: Set<string>): void {
  for (const line of text.split('\n')) {
    const masked = redactLine(line);
    if (masked === line) continue;
    // What is before the first mask and behind the last one is not secret; a sign of YAML is not said.
    const start = masked.indexOf(MASK);
    const end = line.length - (masked.length - masked.lastIndexOf(MASK) - MASK.length);
    secrets.add(line.slice(start, end).replace(/^[*&!]/, ''));
  }
}

function collectFlags(
  values: UserValues,
  readFile: ReadUserFile,
  secrets: Set<string>,
  isSecretName: IsSecretName,
): void {
  try {
    collectSecrets(readUserValues({ ...values, files: [] }, readFile), secrets, isSecretName);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    // The message is about a flag that Helm cannot read, and may quote it.
    const { set, setString, setJson, setLiteral } = values;
    for (const flag of [set, setString, setJson, setLiteral].flatMap((flags) => flags ?? [])) {
      for (const match of flag.matchAll(/(?<![\w.[\]-])([\w.[\]-]+)"?\s*[=:]\s*"?([^,"}]*)/g)) {
        const [whole, key = '', value = ''] = match;
        if (!isSecretName(key.split('.').at(-1) ?? '')) continue;
        secrets.add(value);
        // A comma that should have been escaped ends a value too early: what follows is taken for keys.
        for (const part of flag.slice(match.index + whole.length).split(/[,=]/)) secrets.add(part);
      }
    }
  }
}

/** The texts below secret-looking keys, whole and, since templates indent them, line by line. */
function collectSecrets(value: Value, secrets: Set<string>, isSecretName: IsSecretName, isSecret = false): void {
  if (value instanceof GoMap) {
    for (const key of value.keys()) {
      collectSecrets(value.get(key), secrets, isSecretName, isSecret || isSecretName(key));
    }
  } else if (value instanceof GoList) {
    for (const item of value.items) collectSecrets(item, secrets, isSecretName, isSecret);
  } else if (isSecret && (typeof value === 'string' || typeof value === 'number' || value instanceof Int)) {
    const text = String(value instanceof Int ? value.value : value);
    secrets.add(text);
    for (const line of text.split('\n')) secrets.add(line.trim());
  }
}
