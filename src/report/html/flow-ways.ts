import type { DataFlow, TracedSecretKey, TracedSetting, TracedUse, ValueOrigin } from '../../engine/data-flow.ts';
import { placeText, safeText } from '../finding-text.ts';
import { count } from '../count.ts';

/** One line of the picture, inside of a box. Two are the same when box, label and note are. */
export interface Stop {
  readonly box: string;
  readonly label: string;
  readonly note: string;
}

/** The box of settings that no values key feeds. */
export const WRITTEN = 'Written in the template';

/** What the picture draws as one way from left to right: a setting, or the settings of one parent key. */
export interface Way {
  readonly kind: 'setting' | 'secret';
  readonly from: readonly Stop[];
  /** The key of a ConfigMap or Secret; undefined where there is none on the way. */
  readonly via: Stop | undefined;
  readonly to: readonly (Stop & { readonly isPast: boolean })[];
  /** In words, from its beginning to its end. */
  readonly text: string;
  readonly departures: readonly string[];
}

/** Whether a way leaves the path values → ConfigMap → container. */
export function isOff({ departures }: Way): boolean {
  return departures.length > 0;
}

/** All ways of one environment, each setting and each key of a Secret by itself. */
export function waysOf({ environment, settings, secrets }: DataFlow): Way[] {
  return [...settings.map((setting) => settingWay(setting, environment !== undefined)), ...secrets.map(secretWay)];
}

function settingWay({ values, configMap, containers, departures }: TracedSetting, isRendered: boolean): Way {
  const via = configMap && { box: `ConfigMap ${configMap.name}`, label: configMap.key, note: '' };
  const isWritten = values.length === 0 && configMap !== undefined && isRendered;
  const origin = isWritten ? { key: configMap.key, ...configMap.location } : undefined;
  return {
    kind: 'setting',
    from: origin === undefined ? valuesStops(values) : [{ ...valuesStop(origin), box: WRITTEN }],
    via,
    to: containers.map((use) => useStop(use, via !== undefined)),
    text: wayText([
      ...(origin === undefined ? values.map(valueText) : [`written in the template at ${placeText(origin)}`]),
      ...(via === undefined ? [] : [`${via.box} ${via.label}`]),
      ...containers.map(useText),
    ]),
    departures: reasons(departures),
  };
}

const FORMS: Readonly<Record<TracedSecretKey['form'], string>> = {
  ConfigMap: '',
  Secret: '',
  SealedSecret: ' (sealed)',
  ExternalSecret: ' (external)',
  external: ' (by policy)',
  unknown: ' (not here)',
};

function secretWay({ secret, form, key, values, containers, departures }: TracedSecretKey): Way {
  const via = { box: `Secret ${secret}${FORMS[form]}`, label: key ?? 'all its keys', note: '' };
  return {
    kind: 'secret',
    from: valuesStops(values),
    via,
    to: containers.map((use) => {
      // Keys that are not known are kept apart by Secret.
      return key === undefined ? { ...useStop(use, true), note: secret } : useStop(use, true);
    }),
    text: wayText([...values.map(valueText), `${via.box} ${via.label}`, ...containers.map(useText)]),
    departures: reasons(departures),
  };
}

/** Values keys that the picture draws of one setting; a whole mapping may feed it. */
const MAX_STOPS = 8;
const MAX_REASONS = 8;

function valuesStops(values: readonly ValueOrigin[]): Stop[] {
  const left = values.length - MAX_STOPS;
  if (left <= 0) return values.map(valuesStop);
  return [...values.slice(0, MAX_STOPS).map(valuesStop), { box: 'More values', label: count(left, 'key'), note: '' }];
}

function reasons(departures: readonly string[]): string[] {
  const shown = departures.slice(0, MAX_REASONS).map(safeText);
  const left = departures.length - shown.length;
  return left === 0 ? shown : [...shown, `${count(left, 'more reason')}.`];
}

function valuesStop({ key, file, line }: Pick<ValueOrigin, 'key' | 'file' | 'line'>): Stop {
  const dot = key.search(/\.(?:[^.\\]|\\.)*$/);
  const base = file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:ya?ml|json)$/, '');
  return { box: dot === -1 ? 'values' : key.slice(0, dot), label: key.slice(dot + 1), note: `${base}:${line}` };
}

function useStop({ workload, container, variable, via }: TracedUse, hasProvider: boolean): Way['to'][number] {
  const isPast = via === undefined;
  return { box: `${workload} ${container}`, label: variable, note: isPast && hasProvider ? 'direct' : '', isPast };
}

function valueText(value: ValueOrigin): string {
  return `${value.key} ${placeText(value)}`;
}

function useText({ workload, container, variable, via }: TracedUse): string {
  return `${workload} ${container} ${variable}${via === undefined ? '' : ` (${via})`}`;
}

/** Steps that a way names; a ConfigMap may feed a hundred containers. */
const MAX_STEPS = 12;

function wayText(steps: readonly string[]): string {
  const shown =
    steps.length <= MAX_STEPS ? steps : [...steps.slice(0, MAX_STEPS), count(steps.length - MAX_STEPS, 'more place')];
  return safeText(shown.join(' → '));
}
