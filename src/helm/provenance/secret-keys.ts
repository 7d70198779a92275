import { looksSecret } from '../../kube/secret-name.ts';
import { isSecretPath, type IsSecretName } from '../../kube/secret-path.ts';
import type { Range } from '../../text/source.ts';
import type { Origin, Taint } from '../value/origin.ts';
import type { ValuesKey } from '../value/values-key.ts';

/** What tells no secret, whatever key it came from: nothing, brackets, a switch, a reference to a variable. */
const HARMLESS = /^[-"'\s,{}[\]|>]*(?:true|false|null|nil|<nil>|<no value>|~|\$\([\w.-]+\)|\$\{\w+\})?["'\s,{}[\]]*$/i;
const LINE = /[^\r\n]+/g;
/** The key that a line of YAML, JSON or TOML begins with. */
const LINE_KEY = /^\s*(?:- +)*["']?([\w./-]+)["']?(?:\s*[:=]\s*|$)/;
/** Which keys a text came from is looked at as far as this: what came from more is not a line of one of them. */
const MANY_KEYS = 50;

/** Which values keys hold secrets, by their names and those of the maps that they are in. */
export class SecretKeys {
  readonly #isSecretName: IsSecretName;
  readonly #keys = new Map<ValuesKey, boolean>();
  readonly #taints = new Map<Taint, boolean>();

  constructor(isSecretName: IsSecretName = looksSecret) {
    this.#isSecretName = isSecretName;
  }

  /** Whether a secret had a part in what has this taint. A secret that only decided (`if .Values.password`) had none. */
  taints(taint: Taint): boolean {
    if (taint.keys.length === 0) return false;
    let known = this.#taints.get(taint);
    if (known === undefined) {
      known = taint.keys.some((key) => this.#isSecret(key));
      this.#taints.set(taint, known);
    }
    return known;
  }

  /** The stretches of a text that came from secrets, in order, each within a line. The names of keys are not secret. */
  rangesIn(text: string, { taint, segments }: Origin): Range[] {
    if (!this.taints(taint)) return [];
    if (segments === undefined) return this.#valuesIn(text, { start: 0, end: text.length }, [taint]);
    const ranges: Range[] = [];
    let start: number | undefined;
    let taints: Taint[] = [];
    let at = 0;
    for (const segment of segments) {
      if (segment.length === 0) continue;
      if (this.taints(segment.taint)) {
        start ??= at;
        taints.push(segment.taint);
      } else if (start !== undefined) {
        ranges.push(...this.#valuesIn(text, { start, end: at }, taints));
        start = undefined;
        taints = [];
      }
      at += segment.length;
    }
    if (start !== undefined) ranges.push(...this.#valuesIn(text, { start, end: at }, taints));
    return ranges;
  }

  /** The values of a stretch, line by line: an encoder writes the keys of a map together with what it holds. */
  #valuesIn(text: string, { start, end }: Range, taints: readonly Taint[]): Range[] {
    const names = this.#namesIn(taints);
    const ranges: Range[] = [];
    for (const match of text.slice(start, end).matchAll(LINE)) {
      const [line] = match;
      const key = LINE_KEY.exec(line);
      const isKey = names.has(key?.[1] ?? '');
      const skipped = (isKey ? key : /^\s*/.exec(line))?.[0].length ?? 0;
      const value = line.slice(skipped);
      if (HARMLESS.test(value) || names.has(value.trim())) continue;
      const from = start + match.index;
      ranges.push({ start: from + skipped, end: from + line.trimEnd().length });
    }
    return ranges;
  }

  /** The keys that name the secrets that a stretch came from, and those below them. */
  #namesIn(taints: readonly Taint[]): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { keys } of new Set(taints)) {
      if (keys.length > MANY_KEYS) continue;
      for (const { path } of keys) {
        let isNamed = false;
        for (const part of path) {
          if (typeof part !== 'string') continue;
          isNamed ||= this.#isSecretName(part);
          if (isNamed) names.add(part);
        }
      }
    }
    return names;
  }

  #isSecret(key: ValuesKey): boolean {
    let known = this.#keys.get(key);
    if (known === undefined) this.#keys.set(key, (known = isSecretPath(key.path, this.#isSecretName)));
    return known;
  }
}
