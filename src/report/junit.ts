import type { Finding, PrincipleResult, Result, RunError } from '../engine/result.ts';
import {
  ERROR_KINDS,
  errorText,
  SUPPRESSORS,
  type Environments,
  aboutText,
  principleOf,
  placeText,
} from './finding-text.ts';
import { element, type XmlElement } from './junit-xml.ts';
import { redactText } from '../kube/redact.ts';
import { count } from './count.ts';

/**
 * JUnit's XML, as Jenkins and GitLab read it: a suite for each environment, else for each file, and in it a test for
 * each principle. JUnit has no severities, so every finding that counts is a failure, of the type of its severity. A
 * test has no `file`: the schema of Jenkins' xUnit plugin, which skips reports that it does not allow, has none.
 * What belongs to no environment, such as an ignore of the policy, is in a suite of its file.
 */
export function reportJunit(result: Result): string {
  const suites = [
    ...(result.errors.length === 0 ? [] : [errorSuite(result.errors)]),
    ...suitesOf(result)
      .map((suite) => principleSuite(suite, result))
      .filter(({ counts }) => counts.tests > 0),
  ];
  const total = (name: keyof Counts): number => suites.reduce((sum, { counts }) => sum + counts[name], 0);
  const counts = { tests: total('tests'), failures: total('failures'), errors: total('errors') };
  const root = element(
    'testsuites',
    { name: 'chartlint', ...counts, time: 0 },
    suites.map(({ xml }) => xml),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

interface Suite {
  readonly name: string;
  /** Undefined for an environment. */
  readonly file: string | undefined;
  /** Whether principles without findings are listed, too: something was checked here. */
  readonly isWhole: boolean;
  /** By their principles. */
  readonly findings: Map<string, Finding[]>;
}

function suitesOf({ environments, sources, findings, errors, principles }: Result): Suite[] {
  const suites = new Map<string, Suite>();
  const suiteOf = (name: string, file: string | undefined, isWhole: boolean): Suite => {
    const key = `${file === undefined ? 'environment' : 'file'} ${name}`;
    const suite = suites.get(key) ?? { name, file, isWhole, findings: new Map() };
    suites.set(key, suite);
    return suite;
  };
  for (const environment of environments) suiteOf(environment, undefined, true);
  // A file that could not be read completely has not passed.
  const faulty = new Set(errors.map(({ location }) => location?.file));
  if (environments.length === 0) for (const file of sources.keys()) suiteOf(file, file, !faulty.has(file));
  for (const finding of findings) {
    const { file } = finding.location;
    const of =
      finding.environments.length === 0
        ? [suiteOf(file, file, false)]
        : finding.environments.map((environment) => suiteOf(environment, undefined, true));
    for (const suite of of) {
      const named = principleOf(finding, principles);
      const principle = named === undefined ? finding.principle : keyOf(named);
      const others = suite.findings.get(principle);
      if (others === undefined) suite.findings.set(principle, [finding]);
      else others.push(finding);
    }
  }
  return [...suites.values()];
}

interface CountedSuite {
  readonly counts: Counts;
  readonly xml: XmlElement;
}

type Outcome = 'passed' | 'failed' | 'skipped';

function principleSuite(suite: Suite, result: Result): CountedSuite {
  const { principles } = result;
  const named = new Set(principles.map(keyOf));
  const others = [...suite.findings.keys()].filter((key) => !named.has(key));
  const outcomes: Record<Outcome, number> = { passed: 0, failed: 0, skipped: 0 };
  const cases: XmlElement[] = [];
  for (const principle of [...principles, ...others.map(nameless)]) {
    const findings = suite.findings.get(named.has(keyOf(principle)) ? keyOf(principle) : principle.id) ?? [];
    // Whether a principle applies is known of the run, not of each of its files.
    const isListed = suite.file === undefined || principle.status !== 'not-applicable';
    if (findings.length === 0 && !(suite.isWhole && isListed)) continue;
    const { outcome, children } = outcomeOf(principle, findings, result);
    outcomes[outcome]++;
    const { id, clause, title } = principle;
    const name = `${id}${clause === undefined ? '' : ` (clause ${clause})`}${title === '' ? '' : `: ${title}`}`;
    cases.push(element('testcase', { name, classname: suite.name, time: 0 }, children));
  }
  const counts = { tests: cases.length, failures: outcomes.failed, errors: 0, skipped: outcomes.skipped };
  return { counts, xml: element('testsuite', { name: suite.name, ...counts, time: 0 }, cases) };
}

/** Two policies may have principles of one id that are not the same. */
function keyOf({ id, clause, title }: PrincipleResult): string {
  return JSON.stringify([id, clause, title]);
}

function nameless(id: string): PrincipleResult {
  return { id, clause: undefined, title: '', status: 'failed', findings: 0 };
}

/** Viewers expect one outcome of a test, so one failure tells of all findings. */
function outcomeOf(
  { status }: PrincipleResult,
  findings: readonly Finding[],
  environments: Environments,
): { readonly outcome: Outcome; readonly children: readonly XmlElement[] } {
  const counting = findings.filter(({ suppressed }) => suppressed === undefined);
  const suppressed = findings.filter((finding) => finding.suppressed !== undefined);
  const [first] = counting;
  if (first !== undefined) {
    const message = redactText(first.message);
    const type = (['error', 'warning'] as const).find((level) => counting.some(({ severity }) => severity === level));
    const attributes = {
      message: counting.length === 1 ? message : `${count(counting.length, 'finding')}: ${message}`,
      type: type ?? 'info',
    };
    const texts = counting.map((finding) => findingText(finding, environments)).join('\n\n');
    const accepted = suppressed.map(suppressedText).join('\n');
    return {
      outcome: 'failed',
      children: [
        element('failure', attributes, texts),
        ...(accepted === '' ? [] : [element('system-out', {}, accepted)]),
      ],
    };
  }
  if (suppressed.length > 0) {
    const message = suppressed.map(suppressedText).join('\n');
    return { outcome: 'skipped', children: [element('skipped', { message })] };
  }
  if (status !== 'not-applicable') return { outcome: 'passed', children: [] };
  return { outcome: 'skipped', children: [element('skipped', { message: 'Not applicable.' })] };
}

function findingText(finding: Finding, environments: Environments): string {
  const { severity, location, message, help, values } = finding;
  const about = aboutText(finding, environments);
  return [
    `${severity}: ${redactText(message)}`,
    `--> ${placeText(location)}${about === '' ? '' : ` (${about})`}`,
    ...values.map((value) => `from ${placeText(value)} ${value.key}`),
    ...(help === '' ? [] : [`help: ${redactText(help)}`]),
  ].join('\n');
}

function suppressedText({ location, message, suppressed }: Finding): string {
  const how = suppressed === undefined ? '' : ` (by ${SUPPRESSORS[suppressed.by]}: ${redactText(suppressed.reason)})`;
  return `Suppressed: ${placeText(location)}: ${redactText(message)}${how}`;
}

function errorSuite(errors: readonly RunError[]): CountedSuite {
  const counts = { tests: errors.length, failures: 0, errors: errors.length, skipped: 0 };
  const cases = errors.map((error) => {
    const { kind, location } = error;
    const place = location === undefined ? [] : [placeText(location)];
    const message = redactText(errorText(error));
    const [summary = ''] = message.split(/[\r\n]/, 1);
    // Of tests with one name, GitLab and others show one.
    const name = [ERROR_KINDS[kind], ...place, summary].join(': ');
    const body = [message, ...place.map((at) => `--> ${at}`)].join('\n');
    return element('testcase', { name, classname: 'errors', time: 0 }, [
      element('error', { message: summary, type: kind }, body),
    ]);
  });
  return { counts, xml: element('testsuite', { name: 'errors', ...counts, time: 0 }, cases) };
}
