import { explainUnread } from '../../files/file-error.ts';
import { trimSpace } from '../go/trim-space.ts';
import { SourceText } from '../../text/source.ts';
import { ChartError } from '../chart/chart-error.ts';
import { ChartFile } from '../chart/chart-file.ts';
import { GoMap } from '../value/value.ts';
import { ChartValues, ValuesError } from '../values/chart-values.ts';
import { originateJson, readJson } from '../values/json-value.ts';
import { mergeMaps } from '../values/merge-maps.ts';
import { setInto } from './set-parser.ts';
import { SetError } from './set-reader.ts';
import { SET, SET_JSON, SET_LITERAL, SET_STRING, setFileSyntax, type SetSyntax } from './set-syntax.ts';

/** What the user sets, each kind in the order given. */
export interface UserValues {
  /** `-f`: paths as given. */
  readonly files?: readonly string[];
  readonly setJson?: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly setFile?: readonly string[];
  readonly setLiteral?: readonly string[];
}

/** Reads a file that a flag names; `displayName` is what reports call it. Throws when it cannot. */
export type ReadUserFile = (path: string) => { readonly data: Uint8Array; readonly displayName: string };

/**
 * Merges values files and `--set` flags as Helm does: by kind, whatever the order on the command line.
 * @throws ChartError with Helm's text
 */
export function readUserValues(user: UserValues, readFile: ReadUserFile): GoMap {
  let values = new GoMap();
  for (const path of user.files ?? []) values = mergeMaps(values, readValuesFile(path, readFile));
  for (const flag of user.setJson ?? []) values = applyJson(values, flag);
  const apply = (flags: readonly string[] | undefined, name: string, syntax: SetSyntax): void => {
    for (const flag of flags ?? []) applyFlag(values, flag, name, syntax);
  };
  apply(user.set, '--set', SET);
  apply(user.setString, '--set-string', SET_STRING);
  const readContent = (path: string): Uint8Array => openFile(path, readFile, 'failed parsing --set-file data: ').data;
  apply(user.setFile, '--set-file', setFileSyntax(readContent));
  apply(user.setLiteral, '--set-literal', SET_LITERAL);
  return values;
}

function readValuesFile(path: string, readFile: ReadUserFile): GoMap {
  const { data, displayName } = openFile(path, readFile, '');
  try {
    return ChartValues.read(new ChartFile(path, data, displayName).source).at([]);
  } catch (error) {
    if (!(error instanceof ValuesError)) throw error;
    throw new ChartError(`failed to parse ${path}: ${error.message}`, error.source.locate(error.range), false, {
      help: error.help,
    });
  }
}

function openFile(path: string, readFile: ReadUserFile, prefix: string): ReturnType<ReadUserFile> {
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\//.test(path)) {
    throw new ChartError(`${prefix}${path} is not a file, and nothing is fetched over the network`);
  }
  try {
    return readFile(path);
  } catch (error) {
    const fault = explainUnread(error);
    if (fault === undefined || !(error instanceof Error)) throw error;
    const reason = 'code' in error ? REASONS.get(String(error.code)) : undefined;
    throw new ChartError(`${prefix}open ${path}: ${reason ?? `${fault.reason}. ${fault.help}`}`);
  }
}

const REASONS = new Map([
  ['ENOENT', 'no such file or directory'],
  ['ENOTDIR', 'not a directory'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'is a directory'],
]);

function applyFlag(values: GoMap, flag: string, name: string, syntax: SetSyntax): void {
  try {
    setInto(values, new SourceText(name, flag), syntax);
  } catch (error) {
    if (!(error instanceof SetError)) throw error;
    throw new ChartError(`failed parsing ${name} data: ${error.message}`);
  }
}

/** `--set-json` takes one JSON object, or keys with JSON values. */
function applyJson(values: GoMap, flag: string): GoMap {
  const range = trimSpace(flag);
  const source = new SourceText('--set-json', flag);
  if (flag[range.start] !== '{') {
    try {
      setInto(values, source, SET_JSON);
      return values;
    } catch (error) {
      if (error instanceof SetError) throw new ChartError(`failed parsing --set-json data ${flag}`);
      throw error;
    }
  }
  const found = readJson(flag, range.start);
  const map = found?.end === range.end ? originateJson(found.value, [], source, range) : undefined;
  if (!(map instanceof GoMap)) throw new ChartError(`failed parsing --set-json data JSON: ${flag}`);
  return mergeMaps(values, map);
}
