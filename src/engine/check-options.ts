import { nearMiss } from '../text/near-miss.ts';
import { UserError } from './user-error.ts';

/** What the value of an option must be. */
interface OptionType {
  /** In words, after "must be". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

type OptionTypes = Readonly<Record<string, OptionType>>;

const TEXT: OptionType = { expected: 'a string', accepts: (value) => typeof value === 'string' };
const TEXTS: OptionType = { expected: 'an array of strings', accepts: isTexts };
const TEXT_OR_TEXTS: OptionType = {
  expected: 'a string or an array of strings',
  accepts: (value) => TEXT.accepts(value) || (TEXTS.accepts(value) && Array.isArray(value) && value.length > 0),
};
const SWITCH: OptionType = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
const BYTES: OptionType = { expected: 'a Uint8Array', accepts: (value) => value instanceof Uint8Array };
const DATE: OptionType = { expected: 'a valid Date', accepts: isDate };
const RULES: OptionType = {
  expected: 'an object of rules by their ids, each made by defineRule',
  accepts: (value) => isObject(value) && Object.values(value).every((rule) => isObject(rule) && isObject(rule['meta'])),
};

const RELEASE_OPTIONS = {
  values: TEXTS,
  set: TEXTS,
  setString: TEXTS,
  setJson: TEXTS,
  setFile: TEXTS,
  setLiteral: TEXTS,
  namespace: TEXT,
  releaseName: TEXT,
  kubeVersion: TEXT,
  apiVersions: TEXTS,
  includeCrds: SWITCH,
  depsFrom: TEXTS,
  workingDirectory: TEXT,
  now: DATE,
} as const;

/** The options of `lint`. */
export const LINT_OPTIONS: OptionTypes = {
  ...RELEASE_OPTIONS,
  inputs: TEXTS,
  stdin: TEXT,
  stdinFilename: TEXT,
  config: TEXT,
  policy: TEXT_OR_TEXTS,
  rules: RULES,
  only: TEXTS,
  skip: TEXTS,
  env: TEXTS,
  changedSince: TEXT,
  allowEmpty: SWITCH,
};

/** The options of `render`. */
export const RENDER_OPTIONS: OptionTypes = {
  ...RELEASE_OPTIONS,
  showOnly: TEXTS,
  noHooks: SWITCH,
  skipTests: SWITCH,
  isUpgrade: SWITCH,
  skipSchemaValidation: SWITCH,
  stdin: BYTES,
  sourceMap: SWITCH,
};

/**
 * Checks what a program passed; an option that is undefined is one that was not given.
 * @param caller the function that takes the options
 * @throws UserError that names the option and says what is expected
 */
export function checkOptions(caller: string, options: unknown, types: OptionTypes, required: readonly string[]): void {
  if (!isObject(options)) throw new UserError(`${caller} takes an object of options.`);
  for (const [name, value] of Object.entries(options)) {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type === undefined)
      throw new UserError(`${caller} has no option ${name}. ${suggest(name, Object.keys(types))}`);
    if (value !== undefined && !type.accepts(value)) throw wrongOption(caller, name, type);
  }
  for (const name of required) {
    const type = types[name];
    if (options[name] === undefined && type !== undefined) throw wrongOption(caller, name, type);
  }
}

function wrongOption(caller: string, name: string, { expected }: OptionType): UserError {
  return new UserError(`The option ${name} of ${caller} must be ${expected}.`);
}

function suggest(name: string, known: readonly string[]): string {
  const meant = nearMiss(name, known);
  return meant === undefined ? `Expected one of: ${known.toSorted().join(', ')}.` : `Did you mean ${meant}?`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isDate(value: unknown): boolean {
  return value instanceof Date && !Number.isNaN(value.getTime());
}
