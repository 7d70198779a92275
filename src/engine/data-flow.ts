import type { KeyProvider } from '../bundle/provider.ts';
import type { Location } from '../text/source.ts';

/** A values key that fed a place. */
export interface ValueOrigin {
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Everything that reaches the containers of one environment, and what was meant to. */
export interface DataFlow {
  /** The chart's folder or archive; undefined for manifests. */
  readonly chart: string | undefined;
  /** Undefined for manifests, whose way begins at the ConfigMaps. */
  readonly environment: string | undefined;
  readonly settings: readonly TracedSetting[];
  readonly secrets: readonly TracedSecretKey[];
}

/** One setting: a key of a ConfigMap, or a values key that reaches a container without going through a ConfigMap. */
export interface TracedSetting {
  /** The values keys that feed it; none for a text of the template. */
  readonly values: readonly ValueOrigin[];
  readonly configMap: TracedKey | undefined;
  readonly containers: readonly TracedUse[];
  /** Where it leaves the path, as full sentences; none when it is on it. */
  readonly departures: readonly string[];
}

interface TracedKey {
  readonly name: string;
  readonly key: string;
  /** The template line. */
  readonly location: Location;
}

/** How a container gets a setting. */
export interface TracedUse {
  /** `Deployment/observer`. */
  readonly workload: string;
  readonly container: string;
  /** The environment variable, the path of a file, or the field (`args[0]`, `env[2].value`) when it is neither. */
  readonly variable: string;
  /** `envFrom[0]`, `env[3]`, `volumeMounts[1]`, or undefined for a field. */
  readonly via: string | undefined;
  /** The template line of that. */
  readonly location: Location;
}

/** A key of a Secret that containers read into their environment: its name, never its value. */
export interface TracedSecretKey {
  readonly secret: string;
  /** What provides it; unknown when that is neither in the input nor among the policy's externals. */
  readonly form: KeyProvider['form'] | 'unknown';
  /** Undefined for keys that are not known, such as those of a Secret outside the input. */
  readonly key: string | undefined;
  /** The values keys that feed it, which only a Secret in the chart has. */
  readonly values: readonly ValueOrigin[];
  readonly containers: readonly TracedUse[];
  /** Why nothing can come this way, as full sentences. */
  readonly departures: readonly string[];
}
