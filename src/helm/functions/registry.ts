import { builtinFunctions } from './builtins.ts';
import { certificateFunctions } from './certificates.ts';
import { conversionFunctions } from './conversion.ts';
import { cryptoFunctions } from './crypto.ts';
import { dateFunctions } from './dates.ts';
import { defaultFunctions } from './defaults.ts';
import { dictFunctions } from './dicts.ts';
import { yamlAndJsonFunctions } from './yaml-and-json.ts';
import { baseEncodingFunctions } from './base-encodings.ts';
import { type HelmFunction, plain } from '../value/function.ts';
import { listFunctions } from './lists.ts';
import { mergeFunctions } from './merge.ts';
import { numberFunctions } from './numbers.ts';
import { passwordFunctions } from './passwords.ts';
import { pathFunctions } from './paths.ts';
import { printingFunctions } from './printing.ts';
import { randomFunctions } from './random.ts';
import { regexpFunctions } from './regexp.ts';
import { semverFunctions } from './semver.ts';
import { caseFunctions } from './string-case.ts';
import { cutFunctions } from './string-cut.ts';
import { layoutFunctions } from './string-layout.ts';
import { searchFunctions } from './string-search.ts';
import { splitFunctions } from './string-split.ts';
import { trimFunctions } from './string-trim.ts';
import { tomlFunctions } from './toml.ts';
import { urlFunctions } from './urls.ts';

/** All functions that Helm gives its templates, by name. `and` and `or` are the evaluator's own. */
export const functions: ReadonlyMap<string, HelmFunction> = new Map(
  [
    { hello: plain([], () => 'Hello!') },
    builtinFunctions,
    baseEncodingFunctions,
    caseFunctions,
    certificateFunctions,
    conversionFunctions,
    cryptoFunctions,
    cutFunctions,
    dateFunctions,
    defaultFunctions,
    dictFunctions,
    layoutFunctions,
    listFunctions,
    mergeFunctions,
    numberFunctions,
    passwordFunctions,
    pathFunctions,
    printingFunctions,
    randomFunctions,
    regexpFunctions,
    searchFunctions,
    semverFunctions,
    splitFunctions,
    tomlFunctions,
    trimFunctions,
    urlFunctions,
    yamlAndJsonFunctions,
  ].flatMap((family) => Object.entries<HelmFunction>(family)),
);
