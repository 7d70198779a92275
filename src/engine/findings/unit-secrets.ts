import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import { SecretKeys } from '../../helm/provenance/secret-keys.ts';
import { isSecretPath, type IsSecretName } from '../../kube/secret-path.ts';
import { MASK } from '../../text/mask.ts';
import { maskRanges, SecretStretches } from '../../text/secret-stretches.ts';
import type { Range, SourceText } from '../../text/source.ts';
import { touching } from '../../text/touching.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import type { Finding, UnknownKind } from '../result.ts';

/** Gives a text without secrets. */
export type Mask = (text: string) => string;

/** A text of a place that is secret, and how it is shown. */
interface SecretText {
  readonly text: string;
  readonly shown: string;
}

interface RenderedSecrets {
  /** In order; none overlap. */
  readonly ranges: readonly Range[];
  readonly stretches: SecretStretches;
}

/** Longer texts do not stand inside of a word by chance. */
const LONG = 6;
const HARMLESS = /^(?:true|false|null|~)?$/i;
/** Where there are no secrets. */
export const UNMASKED: Mask = (text) => text;

/**
 * What came from secrets in the renderings of one chart. Rules read objects and say what they read: their texts are masked
 * here, where it is known which characters of a rendering came from a secret's key.
 */
export class UnitSecrets {
  readonly #isSecretName: IsSecretName;
  readonly #keys: SecretKeys;
  readonly #values: ReadonlySet<SourceText>;
  readonly #renderings: readonly RenderedText[];
  readonly #known = new Map<RenderedText, RenderedSecrets | undefined>();

  /** @param values the values files: what they hold is secret by its keys */
  constructor(renderings: readonly RenderedText[], values: Iterable<SourceText>, isSecretName: IsSecretName) {
    this.#renderings = renderings;
    this.#values = new Set(values);
    this.#isSecretName = isSecretName;
    this.#keys = new SecretKeys(isSecretName);
  }

  /** What came from secrets in a source, in order. */
  rangesIn(source: SourceText): readonly Range[] {
    return source instanceof RenderedText ? (this.#of(source)?.ranges ?? []) : [];
  }

  /** For texts that may be about any place of the unit. */
  get mask(): Mask {
    return this.#maskOf(this.#renderings);
  }

  /** For texts about some places: what these say themselves is masked even where others say the same. */
  maskFor(cursors: readonly Cursor[]): Mask {
    const renderings = new Set<RenderedText>();
    for (const { document } of cursors) if (document.source instanceof RenderedText) renderings.add(document.source);
    const mask = this.#maskOf(renderings.size > 0 ? renderings : this.#renderings);
    const texts = cursors.flatMap((cursor) => this.#textsAt(cursor));
    if (texts.length === 0) return mask;
    return (text) => mask(texts.reduce(maskText, text));
  }

  /** A finding that has no places of its own in a rendering. */
  maskFinding(finding: Finding): Finding {
    const { mask } = this;
    if (mask === UNMASKED) return finding;
    const { message, help, resource, fingerprint } = finding;
    return {
      ...finding,
      message: mask(message),
      help: mask(help),
      fingerprint: mask(fingerprint),
      resource: resource && { ...resource, name: mask(resource.name) },
    };
  }

  /** Kinds of objects, which templates may have made of anything. */
  maskKinds(kinds: readonly UnknownKind[]): UnknownKind[] {
    const { mask } = this;
    return kinds.map((each) => ({ ...each, apiVersion: mask(each.apiVersion), kind: mask(each.kind) }));
  }

  #maskOf(renderings: Iterable<RenderedText>): Mask {
    const all = [...renderings].flatMap((rendering) => this.#of(rendering)?.stretches ?? []);
    return all.length === 0 ? UNMASKED : (text) => all.reduce((shown, stretches) => stretches.mask(shown), text);
  }

  #of(rendering: RenderedText): RenderedSecrets | undefined {
    if (this.#known.has(rendering)) return this.#known.get(rendering);
    const ranges = rendering.secretRanges(this.#keys);
    const secrets = ranges.length === 0 ? undefined : { ranges, stretches: SecretStretches.in(rendering.text, ranges) };
    this.#known.set(rendering, secrets);
    return secrets;
  }

  /** The secret texts of a place: its value, and the keys that lead to it. */
  #textsAt(cursor: Cursor): SecretText[] {
    const { source } = cursor.document;
    const { node } = cursor;
    if (this.#values.has(source)) {
      const text = node?.kind === 'scalar' ? cursor.text : undefined;
      if (text === undefined || HARMLESS.test(text) || !isSecretPath(cursor.path, this.#isSecretName)) return [];
      return [{ text, shown: MASK }];
    }
    const ranges = source instanceof RenderedText ? this.#of(source)?.ranges : undefined;
    if (ranges === undefined) return [];
    const texts: SecretText[] = [];
    const add = (text: string, place: Range): void => {
      const secrets = [...touching(ranges, place.start, place.end)];
      if (secrets.length > 0 && text !== '') texts.push({ text, shown: showText(source, text, place, secrets) });
    };
    if (node?.kind === 'scalar') add(cursor.text ?? '', node);
    for (let at: Cursor | undefined = cursor; at !== undefined; at = at.parent) {
      if (at.keyRange !== undefined) add(String(at.segment), at.keyRange);
    }
    return texts;
  }
}

/** What is not secret of a text stays where the text stands as it is; of one that is escaped, nothing. */
function showText(source: SourceText, text: string, { start, end }: Range, secrets: readonly Range[]): string {
  const at = source.text.slice(start, end).indexOf(text);
  if (at === -1) return MASK;
  const from = start + at;
  const inside = secrets
    .map((range) => ({ start: Math.max(0, range.start - from), end: Math.min(text.length, range.end - from) }))
    .filter((range) => range.start < range.end);
  return maskRanges(text, inside);
}

function maskText(masked: string, { text, shown }: SecretText): string {
  if (masked === text) return shown;
  let result = '';
  let from = 0;
  for (let at = masked.indexOf(text); at !== -1; at = masked.indexOf(text, at + text.length)) {
    const isPart = isWord(masked.charAt(at - 1)) || isWord(masked.charAt(at + text.length));
    if (isPart && text.length < LONG) continue;
    result += masked.slice(from, at) + shown;
    from = at + text.length;
  }
  return result + masked.slice(from);
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}_-]/u.test(character);
}
