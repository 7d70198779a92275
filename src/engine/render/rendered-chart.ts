import type { Chart } from '../../bundle/chart.ts';
import type { RenderedText } from '../../helm/provenance/rendered-text.ts';
import type { SourceText } from '../../text/source.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import type { RunError } from '../result.ts';

/** A chart of the input, rendered for every environment. */
export interface RenderedChart {
  /** The folder or archive, as reports name it. */
  readonly name: string;
  /** Those that rendered; the others are among the errors. */
  readonly environments: readonly RenderedEnvironment[];
  /** Names of all environments that it has, chosen or not; undefined when it could not be loaded, or is a library. */
  readonly environmentNames: readonly string[] | undefined;
  /** The texts that people wrote: templates, values files, Chart.yaml. */
  readonly files: readonly ChartText[];
  /** The files of `crds/`, its subcharts' too: Helm installs them as they are. */
  readonly crds: readonly SourceText[];
  /** A chart that renders nothing by itself: it is linted with the charts that use it. */
  readonly isLibrary: boolean;
  /** Undefined when there is no chart to check: it could not be loaded, or is a library. */
  readonly model: Omit<Chart, 'environments'> | undefined;
  readonly errors: readonly RunError[];
  /** What the user should know, in full sentences. */
  readonly notes: readonly string[];
}

interface RenderedEnvironment {
  readonly name: string;
  readonly namespace: string;
  /** Undefined: the newest known one. */
  readonly kubeVersion: string | undefined;
  /** Whether it is for the tests of the chart itself. */
  readonly isForCi: boolean;
  readonly rendered: RenderedText;
  /** On the roots of the values files besides values.yaml. */
  readonly overlays: readonly Cursor[];
}

export interface ChartText {
  readonly source: SourceText;
  /** The environments that are made with it. */
  readonly environments: readonly string[];
  /** Whether Helm reads it as YAML: values, a schema, Chart.yaml; not a template. */
  readonly isData: boolean;
}
