import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Result } from '../../src/engine/result.ts';
import { reportGithub } from '../../src/report/github.ts';
import { reportGitlab } from '../../src/report/gitlab.ts';
import { reportJson } from '../../src/report/json.ts';
import { reportJunit } from '../../src/report/junit.ts';
import { reportMarkdown } from '../../src/report/markdown.ts';
import { reportPretty } from '../../src/report/pretty.ts';
import { reportSarif } from '../../src/report/sarif.ts';
import { finding, lint, resultOf } from './sample.ts';

const anyText = fc.string({ unit: 'binary' });

it('no report has a control character, whatever names, messages and files are called', async () => {
  const names = fc.record({
    file: anyText,
    message: anyText,
    name: anyText,
    id: anyText,
    title: anyText,
    text: anyText,
  });
  await fc.assert(
    fc.asyncProperty(names, fc.boolean(), async ({ file, message, name, id, title, text }, color) => {
      const source = lint(file, text);
      const location = { file, line: 1, column: 1, endLine: 2, endColumn: 3 };
      const odd = finding(location, {
        ...{ principle: id, clause: title, rule: id, messageId: id, message, help: message, template: name },
        resource: { apiVersion: name, kind: name, name, namespace: name },
        path: [name],
        environments: [name],
        values: [{ key: name, file, line: 1, column: 1 }],
        related: [{ message, location }],
      });
      const result = resultOf({
        policy: { name, file },
        environments: [name, title],
        sources: [source],
        principles: [{ id, clause: title, title, status: 'failed', findings: 1 }],
        findings: [odd, { ...odd, suppressed: { by: 'policy', reason: message } }],
        errors: [
          { kind: 'syntax', message, location },
          { kind: 'input', message, location: undefined },
        ],
      });
      for (const report of await allReports(result, color)) {
        expect(report).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }
      expect(JSON.parse(reportJson(result, '1')).policy.name).toBe(name);
    }),
  );
});

const SECRET = 'Zx9Swordfish77';
const KEYS = ['DB_PASSWORD', 'password', 'API_TOKEN', 'clientSecret', 'db.password', 'AWS_SECRET_ACCESS_KEY'];

type Planter = (key: string, value: string) => string;

/** The ways in which a value stands in a manifest; a value is text on one line. */
const PLANTERS: Record<string, Planter> = {
  quoted: (key, value) => `kind: ConfigMap\ndata:\n  A: b\n  ${key}: ${JSON.stringify(value)}\n  B: c\n`,
  singleQuoted: (key, value) => `kind: ConfigMap\ndata:\n  ${key}: '${value.replaceAll("'", "''")}'\n`,
  literal: (key, value) => `kind: ConfigMap\ndata:\n  ${key}: |\n    ${value}\n    and ${value}\n  B: c\n`,
  folded: (key, value) => `kind: ConfigMap\ndata:\n  ${key}: >-\n    ${value}\n\n    ${value}\n`,
  flow: (key, value) => `kind: ConfigMap\ndata: {A: b, ${key}: ${JSON.stringify(value)}, B: c}\n`,
  variable: (key, value) => `env:\n  - name: ${key}\n    value: ${JSON.stringify(value)}\n  - name: A\n    value: b\n`,
  variableFirst: (key, value) => `env:\n  - value: ${JSON.stringify(value)}\n    name: ${key}\n`,
  variableInFlow: (key, value) => `env: [{name: A, value: b}, {name: ${key}, value: ${JSON.stringify(value)}}]\n`,
  secret: (_, value) =>
    `kind: Secret\ndata:\n  a: ${JSON.stringify(value)}\nstringData: {b: ${JSON.stringify(value)}}\n`,
  base64: (_, value) => `kind: Secret\ndata:\n  a: ${JSON.stringify(SECRET)} # ${value}\n`,
  annotation: (key, value) =>
    `metadata:\n  annotations:\n    last: |\n      ${JSON.stringify({ a: { [key]: value } })}\n`,
  quotedAnnotation: (key, value) => `a: ${JSON.stringify(JSON.stringify({ env: [{ name: key, value }] }))}\n`,
  secretInAnnotation: (_, value) => `a: ${JSON.stringify(JSON.stringify({ kind: 'Secret', data: { a: value } }))}\n`,
  properties: (key, value) => `kind: ConfigMap\ndata:\n  a.properties: |\n    a=b\n    ${key}=${value}\n`,
  argument: (key, value) => `args: [--level, info, ${JSON.stringify(`--${key}=${value}`)}]\n`,
  argumentPair: (key, value) => `args:\n  - "--${key}"\n  - ${JSON.stringify(`x${value}`)}\n`,
  list: (_, value) => `kind: List\nitems:\n  - kind: Secret\n    data: {a: ${JSON.stringify(value)}}\n`,
  comment: (key, value) => `a: b\n# ${key}: ${value}\nc: d\n`,
};

const BREAKERS = ['', 'z: [1, 2\n', '\tz: 1\n', 'z: "\n'];

it('no report has the value of a secret', async () => {
  const junk = fc.string({ unit: fc.constantFrom(...'ab1 "\'{}[],:#&*!|>-=$()\\/한•'), maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      ...([fc.constantFrom(...Object.keys(PLANTERS)), fc.constantFrom(...KEYS), junk, junk] as const),
      fc.constantFrom(...BREAKERS),
      fc.record({ isKnown: fc.boolean(), isBreakerFirst: fc.boolean(), hasCarriageReturns: fc.boolean() }),
      async (planter, key, before, after, breaker, { isKnown, isBreakerFirst, hasCarriageReturns }) => {
        const manifest = PLANTERS[planter]?.(key, `${before}${SECRET}${after}`) ?? '';
        const text = isBreakerFirst ? breaker + manifest : manifest + breaker;
        const { source, documents } = lint('a.yaml', hasCarriageReturns ? text.replaceAll('\n', '\r\n') : text);
        const places = Array.from({ length: source.lineCount }, (_, index) => {
          return { file: 'a.yaml', line: index + 1, column: 1, endLine: index + 1, endColumn: 99 };
        });
        const result = resultOf({
          sources: [{ source, documents: isKnown ? documents : [], secretKeys: [] }],
          findings: places.map((place) => finding(place, { related: [{ message: 'Here.', location: place }] })),
          errors: places.map((location) => ({ kind: 'syntax', message: 'It does not parse.', location })),
        });
        for (const report of await allReports(result, false)) expect(report).not.toContain(SECRET);
      },
    ),
    { numRuns: 400 },
  );
});

async function allReports(result: Result, color: boolean): Promise<string[]> {
  const pretty = await reportPretty(result, { color, width: 80, quiet: false, verbose: true });
  const others = [reportGithub, reportGitlab, reportJunit, reportMarkdown].map((report) => report(result));
  return [pretty.replace(/\u001b\[\d+m/g, ''), reportJson(result, '1'), reportSarif(result, '1'), ...others];
}
