import { quoteGo } from '../go/quote.ts';
import { fitsUint64 } from '../go/semver-version.ts';
import { ChartError } from '../chart/chart-error.ts';

/** A version of Kubernetes as charts see it. */
export interface KubeVersion {
  /** As it was given, with a `v` in front: `v1.33.4-gke.1245000`. */
  readonly version: string;
  /** Without suffix: what constraints are checked against, and what an action prints. */
  readonly normalized: string;
  readonly major: string;
  readonly minor: string;
}

/** What `helm template` 4.1.4 takes when nothing is asked for. */
export const DEFAULT_KUBE_VERSION: KubeVersion = {
  version: 'v1.35.0',
  normalized: 'v1.35.0',
  major: '1',
  minor: '35',
};

/**
 * Reads a version as `--kube-version` takes it: two numbers or more, and any suffix (`k8s.io/apimachinery`, `ParseGeneric`).
 * @throws ChartError
 */
export function parseKubeVersion(text: string): KubeVersion {
  const fail = (reason: string): never => {
    throw new ChartError(`invalid kube version '${text}': ${reason}`);
  };
  const match = /^[\t\n\f\r ]*v?([0-9]+(?:\.[0-9]+)*)[^\n]*$/.exec(text);
  if (match === null) return fail(`could not parse ${quoteGo(text)} as version`);
  const components = (match[1] ?? '').split('.');
  const [first = ''] = components;
  if (components.length < 2) fail(`illegal version string ${quoteGo(text)}`);
  if (first.startsWith('0') && first !== '0') {
    fail(`illegal zero-prefixed version component ${quoteGo(first)} in ${quoteGo(text)}`);
  }
  const numbers = components.map((component) => {
    if (!fitsUint64(component)) {
      const place = `${quoteGo(component)} in ${quoteGo(text)}`;
      const reason = `strconv.ParseUint: parsing ${quoteGo(component)}: value out of range`;
      fail(`illegal non-numeric version component ${place}: ${reason}`);
    }
    return String(BigInt(component));
  });
  return {
    version: text.startsWith('v') ? text : `v${text}`,
    normalized: `v${numbers.join('.')}`,
    major: numbers[0] ?? '',
    minor: numbers[1] ?? '',
  };
}
