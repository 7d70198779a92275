import { ChartError } from '../../helm/chart/chart-error.ts';
import { readUserValues } from '../../helm/flags/user-values.ts';

/** The files that `--set-file` flags name; none beyond a flag that cannot be read. */
export function setFilePaths(setFile: readonly string[]): string[] {
  const paths: string[] = [];
  try {
    readUserValues({ setFile }, (path) => {
      paths.push(path);
      return { data: new Uint8Array(), displayName: path };
    });
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
  }
  return paths;
}
