import { dirname, relative, resolve } from 'node:path';
import { explainUnread, FileError } from '../files/file-error.ts';
import { requireInside } from '../files/inside.ts';
import type { OptionsValidator, RegisteredRule, Registry } from '../rule/registry.ts';
import { SourceText } from '../text/source.ts';
import { Cursor } from '../yaml/cursor.ts';
import { errorAt, NAME_THE_POLICY, type PolicyError } from './policy-error.ts';
import { readPolicyFile } from './read-policy-file.ts';
import { validatePolicyFile } from './validate.ts';
import { didYouMean } from './words.ts';

export interface PolicyDependencies {
  readonly registry: Registry;
  /** What brings in the YAML texts of built-in policies, by name. */
  readonly builtIns: ReadonlyMap<string, () => Promise<string>>;
  /** Reads a file by its absolute path; rejects with an error that has a `code` as those of `node:fs` have. */
  readFile(path: string): Promise<string>;
  /** The folder, without links, that all of its files must be in; undefined where the user may read. */
  readonly within?: string | undefined;
  /** What `POLICY_SCHEMA` compiles to, with `AJV_OPTIONS`. */
  readonly validatePolicy: OptionsValidator;
  /** What paths are relative to; by default the working directory. */
  readonly workingDirectory?: string | undefined;
}

/** A policy that is named somewhere: built in, or a file. */
interface PolicyReference {
  readonly isBuiltIn: boolean;
  /** What reports call it. */
  readonly label: string;
  /** The absolute path, or the name of a built-in policy. */
  readonly path: string;
}

/** Reads policy files with all that they extend, and collects what is wrong with them. */
export class PolicyReader {
  /** The roots of the files read, each once, what is built on before what builds on it. */
  readonly roots: Cursor[] = [];
  readonly #rootsByLabel = new Map<string, Cursor>();
  /** The labels of what each policy extends, by its own. */
  readonly #parents = new Map<string, readonly string[]>();
  /** The rules that these files name, as far as there are such. */
  readonly rules = new Map<string, RegisteredRule>();
  readonly #dependencies: PolicyDependencies;
  readonly #workingDirectory: string;
  readonly #errors: PolicyError[] = [];
  /** Labels, in the order in which the files were met. */
  readonly #met = new Set<string>();
  #isComplete = true;

  constructor(dependencies: PolicyDependencies) {
    this.#dependencies = dependencies;
    this.#workingDirectory = dependencies.workingDirectory ?? process.cwd();
  }

  /** False when a file could not be read: much of what others lack may be in it. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Reads a policy and what it extends, first what it extends. What was read already is not read again. */
  async read(name: string, from?: Cursor, chain: readonly PolicyReference[] = []): Promise<void> {
    if (isAddress(name)) {
      const message =
        `${name} is an address on the network: a policy extends built-in policies and files, which are there whenever ` +
        'it is read. Save the file beside this one and write its path.';
      return this.#fail(message, from);
    }
    const reference = this.#locate(name, chain.at(-1));
    if (reference === undefined) return this.#fail(explainUnknownPolicy(name, this.#dependencies.builtIns), from);
    const circleStart = chain.findIndex(({ label }) => label === reference.label);
    if (circleStart !== -1) {
      const circle = [...chain.slice(circleStart), reference].map(({ label }) => label).join(' → ');
      return this.#fail(`Policies extend each other in a circle: ${circle}. Remove one of the links.`, from);
    }
    if (this.#met.has(reference.label)) return;
    this.#met.add(reference.label);
    const text = await this.#readText(reference, from);
    if (text === undefined) return;
    const { document, errors } = readPolicyFile(new SourceText(reference.label, text));
    this.#errors.push(...errors);
    if (document === undefined) {
      this.#isComplete = false;
      return;
    }
    const root = Cursor.root(document, document.root);
    await this.#loadRules(root);
    const { registry, validatePolicy } = this.#dependencies;
    this.#errors.push(...validatePolicyFile(root, { registry, rules: this.rules, validateStructure: validatePolicy }));
    const parents = root.at('extends').items();
    for (const parent of parents) {
      if (parent.string !== undefined) await this.read(parent.string, parent, [...chain, reference]);
    }
    this.#parents.set(
      reference.label,
      parents.flatMap(({ string = '' }) => this.#locate(string, reference)?.label ?? []),
    );
    this.roots.push(root);
    this.#rootsByLabel.set(reference.label, root);
  }

  /** The root of a policy that the user named, if it was read. */
  rootOf(name: string): Cursor | undefined {
    return this.#rootsByLabel.get(this.#locate(name, undefined)?.label ?? '');
  }

  /** The ids of the principles of a policy that the user named, with those of what it extends. */
  principlesOf(name: string): ReadonlySet<string> {
    const labels = [this.#locate(name, undefined)?.label ?? ''];
    // No policy extends itself.
    for (const label of labels) labels.push(...(this.#parents.get(label) ?? []));
    return new Set(labels.flatMap((label) => this.#rootsByLabel.get(label)?.at('principles').keys() ?? []));
  }

  /** Loads the rules that a file names. */
  async #loadRules(root: Cursor): Promise<void> {
    const named = new Set(
      root
        .at('principles')
        .entries()
        .flatMap(([, principle]) => ruleIdsIn(principle)),
    );
    await Promise.all(
      [...named].map(async (id) => {
        const rule = await this.#dependencies.registry.get(id)?.();
        if (rule !== undefined) this.rules.set(id, rule);
      }),
    );
  }

  /** What a name means in a file, or on the command line; undefined when it means nothing. */
  #locate(name: string, from: PolicyReference | undefined): PolicyReference | undefined {
    if (this.#dependencies.builtIns.has(name)) return { isBuiltIn: true, label: `<${name}>`, path: name };
    if (from?.isBuiltIn === true || !isPath(name)) return undefined;
    const path = resolve(from === undefined ? this.#workingDirectory : dirname(from.path), name);
    return { isBuiltIn: false, label: relative(this.#workingDirectory, path).replaceAll('\\', '/') || '.', path };
  }

  /** All errors, each once, by file and place. */
  errors(more: readonly PolicyError[] = []): PolicyError[] {
    const unique = new Map<string, PolicyError>();
    for (const error of [...this.#errors, ...more]) unique.set(JSON.stringify([error.location, error.message]), error);
    const files = [...this.#met];
    const fileOf = ({ location }: PolicyError): number => (location === undefined ? -1 : files.indexOf(location.file));
    return [...unique.values()].toSorted(
      (a, b) =>
        fileOf(a) - fileOf(b) ||
        (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
        (a.location?.column ?? 0) - (b.location?.column ?? 0),
    );
  }

  async #readText({ isBuiltIn, label, path }: PolicyReference, from: Cursor | undefined): Promise<string | undefined> {
    const { builtIns, readFile, within } = this.#dependencies;
    if (isBuiltIn) return builtIns.get(path)?.();
    try {
      if (within !== undefined) requireInside(path, within);
      return await readFile(path);
    } catch (error) {
      return this.#fail(`Cannot read the policy file ${label}: ${explainUnreadable(error)}`, from);
    }
  }

  #fail(message: string, from: Cursor | undefined): undefined {
    this.#isComplete = false;
    this.#errors.push(from === undefined ? { message, location: undefined } : errorAt(from, message));
    return undefined;
  }
}

function ruleIdsIn(principle: Cursor): string[] {
  return principle
    .at('checks')
    .items()
    .flatMap((check) => check.at('rule').string ?? []);
}

/** A name without a slash or an ending is meant as that of a built-in policy, so that a typo does not become a file. */
function isPath(name: string): boolean {
  return /[\\/]|\.(?:ya?ml|json)$/i.test(name);
}

/** `https://…`, `git+ssh://…`, `oci://…`, `git@host:…`. */
function isAddress(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^[\w.-]+@[\w.-]+:/i.test(name);
}

function explainUnknownPolicy(name: string, builtIns: PolicyDependencies['builtIns']): string {
  const names = [...builtIns.keys()];
  const hint = didYouMean(name, names);
  return `There is no policy "${name}".${hint} Built-in policies: ${names.join(', ')}. Write a file as a path: ./${name}.yaml.`;
}

/** The end of a sentence, and what else there is to say. */
function explainUnreadable(error: unknown): string {
  if (error instanceof FileError && error.code === 'EOUTSIDE') {
    return `${error.reason}. ${error.help} ${NAME_THE_POLICY}`;
  }
  return `${explainUnread(error)?.reason ?? (error instanceof Error ? error.message : String(error))}.`;
}
