import { dirname, resolve } from 'node:path';
import { realPath } from '../../files/inside.ts';
import { readFile } from '../../files/read-file.ts';
import { BUILT_IN_POLICIES } from '../../policy/built-in.generated.ts';
import { linkPolicy } from '../../policy/compiled.ts';
import { findPolicyFile, entryKind, repositoryAround } from '../../policy/find.ts';
import { withImpliedPrinciple } from '../../policy/implied-principle.ts';
import type { LoadedPolicy } from '../../policy/load.ts';
import type { PolicyError } from '../../policy/policy-error.ts';
import { SourceText } from '../../text/source.ts';
import type { OptionsValidator, Registry } from '../../rule/registry.ts';
import type { Rules } from '../../rule/rule.ts';
import { RULES } from '../registry.generated.ts';
import { UserError } from '../user-error.ts';

export interface PolicyChoice {
  /** A policy file. */
  readonly config?: string | undefined;
  /** Names of built-in policies, and policy files: later ones win over earlier ones. */
  readonly policy?: string | readonly string[] | undefined;
  /** The folder, without links, in which a policy that was found reads; one that the user names reads everywhere. */
  readonly within?: string | undefined;
  /** Reads a policy file by its absolute path; from the disk by default. */
  readonly readPolicyFile?: ((path: string) => string) | undefined;
}

/** The policy of manifests that have none of their own. */
const DEFAULT_POLICY = 'recommended';

export type ChosenPolicy = LoadedPolicy & {
  /** What was chosen: names of built-in policies, and policy files. */
  readonly choice: readonly string[];
  /** The files that it was read from: absolute, none when it is built in. */
  readonly files: readonly string[];
  /** The texts of those that something is wrong with, to show the lines. */
  readonly faulty?: readonly SourceText[];
  /** As in `Policy`, also when the policy cannot be loaded. */
  readonly within: string | undefined;
};

/**
 * Loads the policies that the choice names, as one, else the `chartlint.yaml` of the inputs, else `recommended`.
 * @throws UserError when the inputs belong to different policy files
 */
export async function choosePolicy(
  { config, policy, within: narrowed, readPolicyFile }: PolicyChoice,
  inputs: readonly string[],
  workingDirectory: string,
  rules: Rules,
): Promise<ChosenPolicy> {
  const named = typeof policy === 'string' ? [policy] : policy;
  const given = named ?? (config === undefined ? undefined : [asFile(config)]);
  const found = given === undefined ? findForInputs(inputs, workingDirectory) : undefined;
  const choice = given ?? [found ?? DEFAULT_POLICY];
  const isDefault = given === undefined && found === undefined;
  const builtIn = choice.length === 1 ? BUILT_IN_POLICIES.get(choice[0] ?? '') : undefined;
  if (builtIn !== undefined) {
    const compiled = await linkPolicy((await builtIn.load()).default, rules);
    const linked = await withImpliedPrinciple(compiled, rules.get('duplicate-keys'));
    const chosen = isDefault ? { ...linked, isDefault } : linked;
    return { choice, policy: chosen, errors: [], files: [], within: undefined };
  }
  // Only a policy file needs the reader, the validators and the texts of its parents.
  const [{ loadPolicy }, { BUILT_IN_TEXTS }, { validatePolicy }, { OPTIONS_VALIDATORS }] = await Promise.all([
    import('../../policy/load.ts'),
    import('../../policy/built-in-texts.generated.ts'),
    import('../../policy/validate-policy.generated.js'),
    import('../../policy/options-validators.generated.js'),
  ]);
  const within = found === undefined ? narrowed : realPath(repositoryAround(dirname(found)) ?? dirname(found));
  const files = new Map<string, string>();
  const read = (path: string): string => {
    if (readPolicyFile !== undefined) return readPolicyFile(path);
    return readFile(path, { within, isNamed: within === undefined }).toString('utf8');
  };
  const loaded = await loadPolicy(choice, {
    registry: addValidators(rules, OPTIONS_VALIDATORS),
    builtIns: BUILT_IN_TEXTS,
    validatePolicy,
    workingDirectory,
    within,
    readFile: async (path) => {
      files.set(path, '');
      const text = read(path);
      files.set(path, text);
      return text;
    },
  });
  const known = { choice, files: [...files.keys()], within };
  if (loaded.policy === undefined)
    return { ...loaded, ...known, faulty: faultyTexts(loaded.errors, files, workingDirectory) };
  const whole = await withImpliedPrinciple(loaded.policy, rules.get('duplicate-keys'));
  return { ...loaded, ...known, policy: whole };
}

function faultyTexts(
  errors: readonly PolicyError[],
  files: ReadonlyMap<string, string>,
  workingDirectory: string,
): SourceText[] {
  const named = new Set(errors.flatMap(({ location }) => location?.file ?? []));
  return [...named].flatMap((name) => {
    const text = files.get(resolve(workingDirectory, name));
    return text === undefined ? [] : [new SourceText(name, text)];
  });
}

/** The options of built-in rules are compiled when chartlint is built; those of others when a policy names them. */
function addValidators(rules: Rules, compiled: ValidatorLoaders): Registry {
  return new Map(
    [...rules].map(([id, load]) => {
      // A rule of one's own may have the id of a built-in one.
      const loadValidator = load === RULES.get(id) ? compiled.get(id) : undefined;
      return [
        id,
        async () => {
          const { default: rule } = await load();
          const validateOptions =
            loadValidator === undefined
              ? (await import('../../rule/compile-options.ts')).compileOptions(rule.meta.options)
              : (await loadValidator()).default;
          return { rule, validateOptions };
        },
      ];
    }),
  );
}

type ValidatorLoaders = ReadonlyMap<string, () => Promise<{ readonly default: OptionsValidator }>>;

/** A `config` is always a file, even one that is called like a built-in policy. */
function asFile(path: string): string {
  return /[\\/]/.test(path) ? path : `./${path}`;
}

function findForInputs(inputs: readonly string[], workingDirectory: string): string | undefined {
  const folders = new Set(inputs.map((input) => folderOf(input, workingDirectory)));
  const files = new Set<string | undefined>();
  for (const folder of folders) files.add(findPolicyFile(folder));
  if (files.size > 1) {
    const names = [...files].map((file) => file ?? 'none').join(', ');
    throw new UserError(
      `The inputs belong to different policy files (${names}). Lint them one by one, or choose one with --config.`,
    );
  }
  return [...files][0];
}

/** The folder of an input; standard input has that of the run. */
export function folderOf(input: string, workingDirectory: string): string {
  if (input === '-') return workingDirectory;
  const path = resolve(workingDirectory, input);
  return entryKind(path) === 'folder' ? path : dirname(path);
}
