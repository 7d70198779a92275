import { describe, expect, it } from 'vitest';
import { reportJunit } from '../../src/report/junit.ts';
import { HOSTILE, PLACE, SECRET, largeResult, resultCalled, resultTelling, sampleResult } from './hostile.ts';
import { finding, lint, resultOf } from './sample.ts';

/** The names of all elements, in order; fails where the text is not well-formed XML 1.0. */
function elementsOf(xml: string): string[] {
  const names: string[] = [];
  const open: string[] = [];
  const tokens =
    /<\?xml[^>]*\?>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|<\/([\w-]+)>|&(?:amp|lt|gt|quot|#10|#35|#58);|[^<>&"\ud800-\udfff\ufffe\uffff]|[^\p{Cc}<>&"]|\n|"/gu;
  let at = 0;
  for (const match of xml.matchAll(tokens)) {
    expect(match.index).toBe(at);
    at += match[0].length;
    const [, name, attributes = '', slash, closed] = match;
    const last = closed === undefined ? undefined : open.pop();
    expect(last).toBe(closed);
    if (name === undefined) continue;
    names.push(name);
    if (slash === '') open.push(name);
    expect(attributes.replace(/&(?:amp|lt|gt|quot|#10|#35|#58);/g, '')).not.toMatch(/[&\n]/);
  }
  expect(at).toBe(xml.length);
  expect(open).toEqual([]);
  return names;
}

describe('reportJunit', () => {
  it('has a suite for each environment and a test for each principle', () => {
    expect(reportJunit(sampleResult())).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chartlint" tests="6" failures="1" errors="0" time="0">
<testsuite name="dev" tests="3" failures="0" errors="0" skipped="2" time="0">
<testcase name="secret-delegation (clause 2.2): Secret keys are delegated" classname="dev" time="0"/>
<testcase name="probes: Probes are wired" classname="dev" time="0">
<skipped message="Suppressed: app.yaml:3:3: The budget is short. (by a comment: Agreed.)"/>
</testcase>
<testcase name="volumes (clause 4): Volumes are named" classname="dev" time="0">
<skipped message="Not applicable."/>
</testcase>
</testsuite>
<testsuite name="prod" tests="3" failures="1" errors="0" skipped="2" time="0">
<testcase name="secret-delegation (clause 2.2): Secret keys are delegated" classname="prod" time="0">
<failure message="ConfigMap app-config holds DB_PASSWORD, which belongs in a Secret." type="error">error: ConfigMap app-config holds DB_PASSWORD, which belongs in a Secret.
--&gt; app.yaml:3:3 (ConfigMap/app-config, only in prod)
from values-prod.yaml:3:5 config.DB_PASSWORD
help: Move DB_PASSWORD to a Secret.</failure>
</testcase>
<testcase name="probes: Probes are wired" classname="prod" time="0">
<skipped message="Suppressed: app.yaml:3:3: The budget is short. (by a comment: Agreed.)"/>
</testcase>
<testcase name="volumes (clause 4): Volumes are named" classname="prod" time="0">
<skipped message="Not applicable."/>
</testcase>
</testsuite>
</testsuites>
`);
  });

  it('has a suite for each file where there are no environments, and tells all findings of a principle at once', () => {
    const result = resultOf({
      sources: [lint('app.yaml', 'a: b\n'), lint('good.yaml', 'a: b\n')],
      principles: [
        { id: 'secret-delegation', clause: '2.2', title: 'Secrets', status: 'failed', findings: 2 },
        { id: 'volumes', clause: '4', title: 'Volumes', status: 'not-applicable', findings: 0 },
      ],
      findings: [
        finding(PLACE, { message: 'One.', severity: 'info' }),
        finding(PLACE, { message: 'Two.', severity: 'warning' }),
        finding(PLACE, { message: 'Three.', suppressed: { by: 'baseline', reason: 'Known.' } }),
        finding({ ...PLACE, file: 'chartlint.yaml' }, { principle: 'ignores', message: 'It matches nothing.' }),
      ],
    });
    const xml = reportJunit(result);
    expect(elementsOf(xml)).toEqual([
      ...['testsuites', 'testsuite', 'testcase', 'failure', 'system-out'],
      ...['testsuite', 'testcase', 'testsuite', 'testcase', 'failure'],
    ]);
    expect(xml).toContain('<testsuites name="chartlint" tests="3" failures="2" errors="0" time="0">');
    expect(xml).toContain('<failure message="2 findings: One." type="warning">info: One.');
    expect(xml).toContain('<testsuite name="good.yaml" tests="1" failures="0" errors="0" skipped="0" time="0">');
    expect(xml).toContain('<testcase name="ignores" classname="chartlint.yaml" time="0">');
  });

  it('lets nothing pass in a file with an error', () => {
    const result = resultOf({
      sources: [lint('app.yaml', 'a: [\n'), lint('good.yaml', 'a: b\n')],
      principles: [{ id: 'probes', clause: undefined, title: 'Probes', status: 'passed', findings: 0 }],
      errors: [{ kind: 'syntax', message: 'Not valid YAML.', location: PLACE }],
    });
    expect(reportJunit(result).match(/(?<=<testsuite name=")[^"]*/g)).toEqual(['errors', 'good.yaml']);
  });

  it('has a suite of the errors of the run', () => {
    const errors = [
      { kind: 'render', message: 'It does not render:\nline two', location: undefined },
      { kind: 'syntax', message: 'Not valid YAML.', location: PLACE },
    ] as const;
    expect(reportJunit(resultOf({ errors }))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chartlint" tests="2" failures="0" errors="2" time="0">
<testsuite name="errors" tests="2" failures="0" errors="2" skipped="0" time="0">
<testcase name="render error: It does not render:" classname="errors" time="0">
<error message="It does not render:" type="render">It does not render:
line two</error>
</testcase>
<testcase name="syntax error: app.yaml:3:3: Not valid YAML." classname="errors" time="0">
<error message="Not valid YAML." type="syntax">Not valid YAML.
--&gt; app.yaml:3:3</error>
</testcase>
</testsuite>
</testsuites>
`);
  });

  it('gives each error of one place a test of its own', () => {
    const errors = ['dev', 'prod'].map((name) => {
      return { kind: 'render', message: `Environment ${name} does not render.`, location: PLACE } as const;
    });
    expect(reportJunit(resultOf({ errors })).match(/(?<=<testcase name=")[^"]*/g)).toEqual([
      'render error: app.yaml:3:3: Environment dev does not render.',
      'render error: app.yaml:3:3: Environment prod does not render.',
    ]);
  });

  it('has no attributes but those that the schema of the Jenkins xUnit plugin allows', () => {
    const xml = [sampleResult(), resultCalled('name')].map(reportJunit).join('');
    const attributes = new Map<string, Set<string>>();
    for (const [, name = '', list = ''] of xml.matchAll(/<([\w-]+)((?: [\w-]+="[^"]*")*)/g)) {
      const known = attributes.get(name) ?? new Set();
      attributes.set(name, known);
      for (const [attribute] of list.matchAll(/[\w-]+(?==")/g)) known.add(attribute);
    }
    // junit-10.xsd of https://github.com/jenkinsci/xunit-plugin
    expect(Object.fromEntries([...attributes].map(([name, known]) => [name, [...known]]))).toEqual({
      testsuites: ['name', 'tests', 'failures', 'errors', 'time'],
      testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'],
      testcase: ['name', 'classname', 'time'],
      failure: ['message', 'type'],
      error: ['message', 'type'],
      skipped: ['message'],
      'system-out': [],
    });
  });

  it.each([HOSTILE, '\ufffe\uffff\ud800\u0000', '<a b="c">', '\r\n\t'])(
    'stays well-formed with names like %j',
    (name) => {
      expect(elementsOf(reportJunit(resultCalled(name)))).toContain('system-out');
    },
  );

  it('shows no secrets, and is well-formed when there is nothing to say', () => {
    expect(reportJunit(resultTelling(SECRET))).not.toContain(SECRET);
    expect(elementsOf(reportJunit(resultOf()))).toEqual(['testsuites']);
  });

  it('takes many findings', () => {
    expect(reportJunit(largeResult(20_000)).match(/^--&gt; /gm)).toHaveLength(20_000);
  });
});

it('prints no line that a CI system takes for a command', () => {
  const message = 'It fails:\n::error::owned\n  ##[error]owned';
  const xml = reportJunit({ ...sampleResult(), errors: [{ kind: 'render', message, location: undefined }] });
  expect(elementsOf(xml)).toContain('error');
  expect(xml).toContain('\n&#58;:error::owned\n  &#35;#[error]owned');
});
