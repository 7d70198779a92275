import { TomlError as TomlReadError } from '../codec/toml-error.ts';
import { readToml } from '../codec/toml-reader.ts';
import { GoMap } from '../value/value.ts';
import { TomlError, writeToml } from '../codec/toml-writer.ts';
import { deepTaint, mixed } from '../value/tracked.ts';
import { FunctionError, type HelmFunction, plain, traced } from '../value/function.ts';

/** Helm's functions over TOML. */
export const tomlFunctions: Readonly<Record<string, HelmFunction>> = {
  toToml: traced(['any'], (_call, value) => {
    // An untyped nil is the one value that Go's library cannot even look at.
    if (value.value === undefined || value.value === null) {
      throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
    }
    try {
      return writeToml(value);
    } catch (error) {
      if (error instanceof TomlError) return mixed(error.message, deepTaint(value));
      throw error;
    }
  }),
  // Helm's comes back with the message in the map.
  fromToml: plain(['string'], (text) => {
    try {
      return readToml(text);
    } catch (error) {
      if (error instanceof TomlReadError) return GoMap.from([['Error', error.message]]);
      throw error;
    }
  }),
};
