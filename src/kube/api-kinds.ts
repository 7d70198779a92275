import { apiGroupOf } from './api-group.ts';
import { nearMiss } from '../text/near-miss.ts';
import type { ValidationIssue } from './validation/issue.ts';

/** In which minor versions of Kubernetes 1 a kind is served. */
interface Lifecycle {
  readonly introduced?: number | undefined;
  readonly deprecated?: number | undefined;
  readonly removed?: number | undefined;
  /** The API version, and the kind where it has another name, to use instead. */
  readonly replacement?: { readonly apiVersion: string; readonly kind: string } | undefined;
  /** Whether its objects are in a namespace. */
  readonly isNamespaced: boolean;
}

/** The kinds of Kubernetes' own API. */
export interface ApiKinds {
  find(apiVersion: string, kind: string): Lifecycle | undefined;
  /** What to use instead in a version: of replacements that were removed themselves, theirs. */
  replacementOf(apiVersion: string, kind: string, minor: number): string | undefined;
  /**
   * Why the API server of a version has no such kind; undefined when it has, or nobody can tell.
   * @param minor the newest version that is known where none is given: then kinds that came later are not refused
   */
  refuse(apiVersion: string, kind: string, minor: number | undefined): ValidationIssue | undefined;
}

/** The oldest and the newest version of which chartlint knows what its API server accepts. */
export const OLDEST_MINOR = 30;
export const NEWEST_MINOR = 35;

/** The minor version in `1.33` or `v1.33.2`; undefined where it cannot be read. */
export function minorOf(kubeVersion: string): number | undefined {
  const minor = /^v?1\.(\d+)/.exec(kubeVersion)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** Whether chartlint knows what the API server of a version accepts; by default it is the newest known one. */
export function isKnownVersion(kubeVersion: string | undefined): boolean {
  const minor = kubeVersion === undefined ? NEWEST_MINOR : minorOf(kubeVersion);
  return minor !== undefined && minor >= OLDEST_MINOR && minor <= NEWEST_MINOR;
}

/** Whether a kind may be one of Kubernetes' own: for those of other groups nothing need be loaded. */
export function isOwnGroup(apiVersion: string): boolean {
  const group = apiGroupOf(apiVersion);
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Loads the table of kinds. A line is read when its API version is first met. */
export async function loadApiKinds(): Promise<ApiKinds> {
  const { default: text } = await import('./api-kinds.generated.ts');
  return new Table(text);
}

const API_VERSION = /^(?:[a-z0-9.-]+\/)?[a-z0-9.-]+$/i;

class Table implements ApiKinds {
  readonly #lines: ReadonlyMap<string, string>;
  readonly #kinds = new Map<string, ReadonlyMap<string, Lifecycle>>();
  readonly #groups: ReadonlySet<string>;

  constructor(text: string) {
    this.#lines = new Map(text.split('\n').map((line) => [line.replace(/;.*/, ''), line]));
    this.#groups = new Set([...this.#lines.keys()].map(apiGroupOf));
  }

  find(apiVersion: string, kind: string): Lifecycle | undefined {
    return this.#kindsOf(apiVersion)?.get(kind);
  }

  replacementOf(apiVersion: string, kind: string, minor: number): string | undefined {
    let replacement = this.find(apiVersion, kind)?.replacement;
    while (replacement !== undefined && !this.#isServed(replacement.apiVersion, replacement.kind, minor)) {
      replacement = this.find(replacement.apiVersion, replacement.kind)?.replacement;
    }
    const stable = `${apiGroupOf(apiVersion)}/v1`;
    if (replacement === undefined || !isStable(replacement.apiVersion)) {
      if (apiVersion !== stable && this.#isServed(stable, kind, minor)) return stable;
      if (replacement === undefined) return this.#laterVersion(apiVersion, kind, minor);
    }
    return replacement.kind === kind ? replacement.apiVersion : `${replacement.kind} of ${replacement.apiVersion}`;
  }

  /** A later version of the same group that has the kind, be it not stable either. */
  #laterVersion(apiVersion: string, kind: string, minor: number): string | undefined {
    return this.#versionsWith(kind, minor)
      .filter((version) => apiGroupOf(version) === apiGroupOf(apiVersion) && version > apiVersion)
      .toSorted()
      .at(-1);
  }

  #isServed(apiVersion: string, kind: string, minor: number): boolean {
    const found = this.find(apiVersion, kind);
    if (found === undefined) return false;
    return (found.introduced ?? 0) <= minor && (found.removed ?? Number.POSITIVE_INFINITY) > minor;
  }

  refuse(apiVersion: string, kind: string, stated: number | undefined): ValidationIssue | undefined {
    if (!isOwnGroup(apiVersion) || !API_VERSION.test(apiVersion)) return undefined;
    const minor = stated ?? NEWEST_MINOR;
    const { introduced = 0, removed } = this.find(apiVersion, kind) ?? {};
    if (removed !== undefined && removed <= minor) return this.#removed({ apiVersion, kind, removed, minor });
    if (minor < OLDEST_MINOR || minor > NEWEST_MINOR) return undefined;
    // A version that is not stable may be off: that depends on the flags of the API server.
    if (this.find(apiVersion, kind.replace(/List$/, '')) !== undefined || kind === 'List') {
      if (stated === undefined || introduced <= minor) return undefined;
      return issue('apiVersion', {
        problem: `${apiVersion} has no kind ${kind} in Kubernetes 1.${minor}: it is served since 1.${introduced}`,
        remedy: `Use Kubernetes 1.${introduced} or later, or leave out the ${kind}`,
      });
    }
    const group = apiGroupOf(apiVersion);
    if (!this.#groups.has(group) && group.includes('.')) return this.#mistypedGroup(apiVersion, kind);
    return this.#unknown(apiVersion, kind, minor);
  }

  #removed(of: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly removed: number;
    readonly minor: number;
  }): ValidationIssue {
    const instead = this.replacementOf(of.apiVersion, of.kind, of.minor);
    return issue('apiVersion', {
      problem:
        `${of.apiVersion} of ${of.kind} was removed in Kubernetes 1.${of.removed}` +
        (instead === undefined ? '' : `; use ${instead}`),
      remedy: instead === undefined ? `Remove the ${of.kind}: nothing replaces it` : `Use ${instead}`,
    });
  }

  /** A group that differs by a letter from the one that has the kind: `app/v1` for `apps/v1`. */
  #mistypedGroup(apiVersion: string, kind: string): ValidationIssue | undefined {
    const suggestion = nearMiss(apiVersion, this.#versionsWith(kind, NEWEST_MINOR));
    if (suggestion === undefined) return undefined;
    return issue('apiVersion', {
      problem: `${apiVersion} is not a version of the Kubernetes API (did you mean ${suggestion}?)`,
      remedy: `Use ${suggestion}`,
    });
  }

  #unknown(apiVersion: string, kind: string, minor: number): ValidationIssue {
    const versions = this.#versionsWith(kind, minor);
    const elsewhere = versions.find((version) => apiGroupOf(version) === apiGroupOf(apiVersion)) ?? versions[0];
    if (elsewhere !== undefined) {
      return issue('apiVersion', {
        problem: `${apiVersion} has no kind ${kind} (did you mean ${elsewhere}?)`,
        remedy: `Use ${elsewhere}`,
      });
    }
    const near = nearMiss(kind, this.#kindsOf(apiVersion)?.keys() ?? []);
    if (near !== undefined) {
      return issue('kind', {
        problem: `${kind} is not a kind of ${apiVersion} (did you mean ${near}?)`,
        remedy: `Change kind to ${near}`,
      });
    }
    // Both may be mistyped, or the kind is mistyped and stands in the wrong version.
    const all = new Map(
      [...this.#lines.keys()].flatMap((version) => {
        return [...(this.#kindsOf(version)?.keys() ?? [])].map((known) => [known, version]);
      }),
    );
    const meant = nearMiss(kind, all.keys());
    const [version] = meant === undefined ? [] : this.#versionsWith(meant, minor);
    return issue('kind', {
      problem:
        `${kind} is not a kind of ${apiVersion}` +
        (version === undefined ? '' : ` (did you mean ${meant} of ${version}?)`),
      remedy:
        version === undefined
          ? 'Correct kind or apiVersion: a custom resource has the group of its definition, such as example.com/v1'
          : `Use ${meant} of ${version}`,
    });
  }

  /** The API versions that serve a kind, stable ones first. */
  #versionsWith(kind: string, minor: number): string[] {
    return [...this.#lines.keys()]
      .filter((version) => this.#isServed(version, kind, minor))
      .toSorted((a, b) => Number(isStable(b)) - Number(isStable(a)));
  }

  /** Reads `v1;Namespace!=0;Pod=0`: a kind without a namespace has `!`. */
  #kindsOf(apiVersion: string): ReadonlyMap<string, Lifecycle> | undefined {
    const line = this.#lines.get(apiVersion);
    let kinds = this.#kinds.get(apiVersion);
    if (kinds === undefined && line !== undefined) {
      kinds = new Map(line.split(';').slice(1).map(readLifecycle));
      this.#kinds.set(apiVersion, kinds);
    }
    return kinds;
  }
}

function readLifecycle(text: string): [string, Lifecycle] {
  const [name = '', facts = ''] = text.split('=');
  const kind = name.replace('!', '');
  const [introduced, deprecated, removed, instead] = facts.split(',');
  const [apiVersion = '', other = kind] = (instead ?? '').split(' ');
  return [
    kind,
    {
      introduced: numberOf(introduced),
      deprecated: numberOf(deprecated),
      removed: numberOf(removed),
      isNamespaced: kind === name,
      replacement: apiVersion === '' ? undefined : { apiVersion, kind: other },
    },
  ];
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

function isStable(apiVersion: string): boolean {
  return /\bv\d+$/.test(apiVersion);
}

function issue(
  field: 'apiVersion' | 'kind',
  said: { readonly problem: string; readonly remedy: string },
): ValidationIssue {
  return { path: [field], cause: 'FieldValueNotSupported', ...said };
}
