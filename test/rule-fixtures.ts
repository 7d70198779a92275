import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Bundle, type BundleOptions } from '../src/bundle/bundle.ts';
import { readResources } from '../src/bundle/resource.ts';
import { checkBundle, type CheckedBundle } from '../src/engine/check/check-bundle.ts';
import { checkTexts } from '../src/engine/check/check-texts.ts';
import { lookTest } from '../src/engine/documents/source-reader.ts';
import { readSection } from '../src/engine/documents/read-section.ts';
import { makeResult } from '../src/engine/run/make-result.ts';
import { lintChart } from '../src/engine/run/lint-unit.ts';
import { renderForLint } from '../src/engine/render/render-environments.ts';
import type { Result } from '../src/engine/result.ts';
import { loadVerdicts } from '../src/kube/verdict.ts';
import type { Check, Match, Policy } from '../src/policy/policy.ts';
import { compileOptions } from '../src/rule/compile-options.ts';
import type { Rule } from '../src/rule/rule.ts';
import { SourceText } from '../src/text/source.ts';
import { toValue } from '../src/yaml/node.ts';
import { parseDocuments } from '../src/yaml/parse.ts';
import { splitDocuments } from '../src/yaml/split-documents.ts';
import { fixturesFolderOf } from './rule-files.ts';

/** One file of a rule's fixtures. */
export interface Fixture {
  readonly name: string;
  readonly source: SourceText;
  /** `line messageId`, sorted; what the markers in the file say. */
  readonly expected: readonly string[];
}

/** The files `pass*.yaml` and `fail*.yaml` of a rule. */
export function readFixtures(ruleId: string): Fixture[] {
  const path = fixturesFolderOf(ruleId);
  const folder = new URL(`../${path}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => {
      const source = new SourceText(`${path}/${name}`, readFileSync(new URL(name, folder), 'utf8'));
      return { name, source, expected: readMarkers(source) };
    });
}

/** Markers stand at the end of the offending line: `# expect: messageId, messageId`. */
function readMarkers(source: SourceText): string[] {
  const markers: string[] = [];
  for (let line = 1; line <= source.lineCount; line++) {
    const ids = /# expect: ([\w, -]+)$/.exec(source.lineAt(line))?.[1];
    for (const id of ids?.split(',') ?? []) markers.push(`${line} ${id.trim()}`);
  }
  return markers.toSorted();
}

/**
 * Runs one rule over a fixture. The fixture's leading comments may say `# with: {…}` (the options), `# match: {…}`,
 * `# externals: […]`, `# namespace: name`, `# podKinds: […]` and `# kubeVersion: "1.33"`, each on one line, in YAML's flow
 * style.
 */
export async function runFixture(ruleId: string, rule: Rule, { source }: Fixture): Promise<CheckedBundle> {
  const settings = readSettings(source);
  if (rule.scope === 'document') {
    const parts = [...splitDocuments(source.text)].map((range) => readSection(source, range, () => true));
    const policy = policyOf({ ruleId, rule, match: {}, options: {} });
    return checkTexts(
      parts.flatMap(({ texts }) => texts),
      policy,
      parts.some(({ objects }) => objects > 0),
    );
  }
  const resources = [];
  for (const { document, fault } of parseDocuments(source)) {
    if (document === undefined) throw new Error(`${source.file}: ${fault.message}`);
    const read = readResources(document);
    for (const { message } of read.faults) throw new Error(`${source.file}: ${message}`);
    resources.push(...read.resources);
  }
  const options = (settings['with'] ?? {}) as object;
  const validate = compileOptions(rule.meta.options);
  if (!validate(options)) throw new Error(`${source.file}: ${JSON.stringify(validate.errors)}`);
  const check = { ruleId, rule, match: (settings['match'] ?? {}) as Match, options };
  const bundleOptions = settings as BundleOptions;
  const policy = { ...policyOf(check), podKinds: bundleOptions.podKinds ?? [] };
  // As in a run: what neither the model nor the rule needs is not built.
  const isLookedAt = lookTest(policy);
  const built = resources.filter(({ group, kind }) => isLookedAt(group, kind));
  const bundle = new Bundle(built, bundleOptions);
  const verdicts = rule.needsVerdicts === true ? await loadVerdicts(resources) : undefined;
  return checkBundle(bundle, policy, verdicts);
}

/** A whole chart as a fixture of a rule that looks at charts. Its Chart.yaml may say `# with: {…}` and `# versionBefore: 1.4.2`. */
export interface ChartFixture {
  readonly name: string;
  readonly folder: string;
  /** `file line messageId`, sorted; what the markers in its files say. */
  readonly expected: readonly string[];
}

/** The folders `pass*` and `fail*` of a rule. */
export function readChartFixtures(ruleId: string): ChartFixture[] {
  const root = fileURLToPath(new URL(`../${fixturesFolderOf(ruleId)}/`, import.meta.url));
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = join(root, name);
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file));
      const expected = files.flatMap((file) => {
        const markers = readMarkers(new SourceText(file, readFileSync(join(folder, file), 'utf8')));
        return markers.map((marker) => `${file.replaceAll('\\', '/')} ${marker}`);
      });
      return { name, folder, expected: expected.toSorted() };
    });
}

/** Renders a chart fixture for `default` and for each overlay, and runs one rule over it. */
export async function runChartFixture(ruleId: string, rule: Rule, { folder }: ChartFixture): Promise<Result> {
  const settings = readSettings(new SourceText('Chart.yaml', readFileSync(join(folder, 'Chart.yaml'), 'utf8')));
  const options = (settings['with'] ?? {}) as object;
  const versionBefore = settings['versionBefore'] as string | undefined;
  const validate = compileOptions(rule.meta.options);
  if (!validate(options)) throw new Error(`${folder}: ${JSON.stringify(validate.errors)}`);
  const policy = policyOf({ ruleId, rule, match: {}, options });
  const chart = renderForLint(folder, {
    choice: {},
    policy,
    workingDirectory: folder,
    now: new Date(0),
    versionBefore,
  });
  const request = { policy, isPartial: false, isPolicyWhole: true, allowEmpty: true, today: '2026-01-01' };
  const unit = await lintChart(chart, request);
  return makeResult([unit], { ...request, errors: [] });
}

function policyOf(check: Check): Policy {
  const principle = {
    id: 'fixture',
    clause: undefined,
    title: '',
    rationale: undefined,
    severity: undefined,
    checks: [check],
  };
  return {
    name: 'fixture',
    file: undefined,
    release: {},
    environments: [],
    externals: [],
    schemas: [],
    unknownKinds: 'allow',
    podKinds: [],
    principles: [principle],
    disabled: [],
    ignores: [],
  };
}

function readSettings(source: SourceText): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const match of source.text.matchAll(
    /^# (with|match|externals|namespace|podKinds|kubeVersion|versionBefore): (.+)$/gm,
  )) {
    for (const { document } of parseDocuments(new SourceText('settings', match[2] ?? ''), 'core')) {
      // Through JSON, so that objects have the prototype that ajv expects.
      if (document?.root !== undefined) settings[match[1] ?? ''] = JSON.parse(JSON.stringify(toValue(document.root)));
    }
  }
  return settings;
}
