import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorsOf, load } from './policy-fixture.ts';

/** A policy whose only principle is this. */
const principle = (body: string): string => `version: 1\nprinciples:\n  keys:\n    title: Keys\n${body}`;

describe('the structure of a policy file', () => {
  it('knows its keys', async () => {
    expect(await errorsOf('version: 1\nprinciple: {}\nfoo: 1\n')).toEqual([
      'policy.yaml:2:1 Unknown key "principle" in a policy. Did you mean "principles"? Allowed: version, name, extends, release, baseline, environments, externals, schemas, unknownKinds, workloads, principles, ignore.',
      'policy.yaml:3:1 Unknown key "foo" in a policy. Allowed: version, name, extends, release, baseline, environments, externals, schemas, unknownKinds, workloads, principles, ignore.',
    ]);
    expect(await errorsOf(principle('    severty: off\n    checks: [{ rule: no-options }]\n'))).toEqual([
      'policy.yaml:5:5 Unknown key "severty" in a principle. Did you mean "severity"? Allowed: clause, title, rationale, severity, checks.',
    ]);
  });

  it('says nothing of what a file holds that is no policy', async () => {
    expect(await errorsOf('DB_PASSWORD: x\nroot:*:1: y\n')).toEqual([
      'policy.yaml:1:1 This is not a policy: it has none of the keys of one. A policy begins with "version: 1".',
    ]);
  });

  it('demands a version that it knows', async () => {
    expect(await errorsOf('name: x\n')).toEqual([
      'policy.yaml:1:1 Missing key "version" in a policy. Add "version: 1".',
    ]);
    expect(await errorsOf('version: 2\n')).toEqual(['policy.yaml:1:10 "version" cannot be "2". Allowed: 1.']);
    expect(await errorsOf('version: "1"\n')).toEqual([
      'policy.yaml:1:10 Expected a whole number in "version", found a string. Allowed: 1.',
    ]);
  });

  it('names the type that it expects, and how to write it', async () => {
    const text = `version: 1
name: 5
extends: observer
environments:
  dev: values.yaml
  prod: { values: values.yaml }
externals: {}
principles: []
`;
    expect(await errorsOf(text)).toEqual([
      'policy.yaml:2:7 Expected a string in "name", found a number. Quote it: "5".',
      'policy.yaml:3:10 Expected a list in "extends", found a string. Write [observer].',
      'policy.yaml:5:8 Expected a mapping in "dev", found a string.',
      'policy.yaml:6:19 Expected a list in "values", found a string. Write [values.yaml].',
      'policy.yaml:7:1 Expected a list in "externals", found a mapping.',
      'policy.yaml:8:1 Expected a mapping in "principles", found a list.',
    ]);
    expect(await errorsOf('- version: 1\n')).toEqual(['policy.yaml:1:1 Expected a mapping, found a list.']);
    expect(await errorsOf('observer\n')).toEqual(['policy.yaml:1:1 Expected a mapping, found a string.']);
  });

  it('takes nothing for an empty section, and for nothing else', async () => {
    const empty =
      'version: 1\nextends:\nrelease:\nenvironments:\n  dev:\nexternals:\nworkloads:\nprinciples:\nignore:\n';
    expect(await errorsOf(empty)).toEqual([]);
    expect(
      await errorsOf(principle('    checks:\n      - rule: no-options\n        match:\n          names:\n')),
    ).toEqual(['policy.yaml:8:11 Expected a list in "names", found nothing.']);
    expect(await errorsOf(principle('    checks:\n'))).toEqual([
      'policy.yaml:5:5 Expected a list in "checks", found nothing.',
    ]);
  });

  it('names missing keys', async () => {
    const text = `version: 1
externals:
  - name: obs-db-secret
workloads:
  - { kind: Rollout }
ignore:
  - { rule: no-options }
`;
    expect(await errorsOf(text)).toEqual([
      'policy.yaml:3:11 Missing key "kind" in an external. Add "kind".',
      'policy.yaml:5:7 Missing key "group" in a workload. Add "group".',
      'policy.yaml:5:7 Missing key "template" in a workload. Add "template".',
      'policy.yaml:7:7 An ignore needs a reason: add "reason" and say why the team accepts the finding.',
    ]);
  });

  it('lists what is allowed', async () => {
    expect(await errorsOf('version: 1\nexternals: [{ kind: Secrets, name: a }]\n')).toEqual([
      'policy.yaml:2:21 "kind" cannot be "Secrets". Did you mean "Secret"? Allowed: ConfigMap, Secret.',
    ]);
    expect(await errorsOf(principle('    severity: fatal\n    checks: [{ rule: no-options }]\n'))).toEqual([
      'policy.yaml:5:15 "severity" cannot be "fatal". Allowed: error, warning, info, off.',
    ]);
    expect(await errorsOf(principle('    severity: false\n    checks: [{ rule: no-options }]\n'))).toEqual([
      'policy.yaml:5:15 Expected a string in "severity", found false. Allowed: error, warning, info, off.',
    ]);
  });

  it('refuses empty texts and lists, and names of several words', async () => {
    const text = `version: 1
name: " "
principles:
  my keys: { title: "", checks: [] }
environments:
  "dev, prod": {}
`;
    expect(await errorsOf(text)).toEqual([
      'policy.yaml:2:7 "name" must not be empty.',
      'policy.yaml:4:3 "my keys" cannot be a name here. Expected: A word of letters, digits, "-", "_" and "." that starts with a letter.',
      'policy.yaml:4:21 "title" must not be empty.',
      'policy.yaml:4:25 "checks" needs at least one element.',
      'policy.yaml:6:3 "dev, prod" cannot be a name here. Expected: A word of letters, digits, "-", "_" and ".".',
    ]);
  });

  it('shows how a value is written', async () => {
    const text = `version: 1
environments: { dev: { set: [image.tag] } }
ignore:
  - { resource: Deployment, path: [spec, [0]], reason: Later., until: March }
`;
    expect(await errorsOf(text)).toEqual([
      'policy.yaml:2:30 "set[0]" cannot be "image.tag". Write it like image.tag=1.4.2.',
      'policy.yaml:4:17 "resource" cannot be "Deployment". Write it like Deployment/observer.',
      'policy.yaml:4:29 Expected a string or a whole number in "path[1]", found a list.',
      'policy.yaml:4:71 "until" cannot be "March". Write it like 2027-03-01.',
    ]);
  });

  it('never throws, and never says what ajv says', async () => {
    const scalar = fc.constantFrom(
      '1',
      'off',
      '""',
      '~',
      '[]',
      '{}',
      '[1, [a]]',
      '{ a: { b: 1 } }',
      '2027-02-31',
      '^a.*$',
      '"a/b"',
    );
    const key = fc.constantFrom(
      'version',
      'name',
      'extends',
      'release',
      'environments',
      'externals',
      'workloads',
      'principles',
      'ignore',
      'keys',
      'title',
      'checks',
      'rule',
      'match',
      'with',
      'kinds',
      'reason',
      'until',
      'path',
      'values',
      '__proto__',
      'constructor',
    );
    const { value: tree } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
        fc.uniqueArray(fc.tuple(key, tie('value')), { maxLength: 4, selector: ([name]) => name }).map((entries) => {
          return `{ ${entries.map(([name, value]) => `"${name}": ${value}`).join(', ')} }`;
        }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (value) => {
        const { policy, errors } = await load(`version: 1\n"principles": ${value}\n"ignore": ${value}\n`);
        expect(policy === undefined).toBe(errors.length > 0);
        for (const { message, location } of errors) {
          expect(message).toMatch(/^[A-Z"].*[.?]$/s);
          expect(message).not.toMatch(/must NOT|must be (?:object|array|string)|must match|is not valid|undefined/);
          expect(location?.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('checks', () => {
  it('name rules that exist', async () => {
    expect(
      await errorsOf(principle('    checks: [{ rule: required-key, with: { keys: [A] } }, { rule: nonsense }]\n')),
    ).toEqual([
      'policy.yaml:5:22 Unknown rule "required-key". Did you mean "required-keys"?',
      'policy.yaml:5:67 Unknown rule "nonsense". "chartlint rules" lists the rules.',
    ]);
  });

  it('use a rule once in a principle', async () => {
    expect(await errorsOf(principle('    checks:\n      - rule: no-options\n      - rule: no-options\n'))).toEqual([
      'policy.yaml:7:15 Principle "keys" already has a check with rule "no-options". Merge the two, or give each an "id".',
    ]);
  });

  it('select with globs', async () => {
    const text = principle(`    checks:
      - rule: probe-budget
        match:
          kinds: [(Deployment|StatefulSet)]
          names: [^observer-.*$, 'observer-\\d+', observer-*]
          labels: { app: "^web$", version: 1.2.* }
          containers: [.*]
`);
    expect(await errorsOf(text)).toEqual([
      'policy.yaml:8:19 "(Deployment|StatefulSet)" is not a glob: names take globs such as observer-*, not regular expressions. List the alternatives one by one.',
      'policy.yaml:9:19 "^observer-.*$" is not a glob: names take globs such as observer-*, not regular expressions. Write "observer-*".',
      'policy.yaml:9:34 "observer-\\d+" is not a glob: names take globs such as observer-*, not regular expressions. Write "observer-*".',
      'policy.yaml:10:26 "^web$" is not a glob: write a glob such as DB_*, not a regular expression. Write "web".',
      'policy.yaml:11:24 ".*" is not a glob: names take globs such as observer-*, not regular expressions. Write "*".',
    ]);
  });

  it('select containers only for rules that look at containers', async () => {
    expect(await errorsOf(principle('    checks: [{ rule: no-options, match: { containers: [a] } }]\n'))).toEqual([
      'policy.yaml:5:43 "containers" would have no effect: rule "no-options" checks a workload as a whole. Remove it.',
    ]);
  });
});

describe('options', () => {
  const check = (rule: string, options: string): string =>
    principle(`    checks:\n      - rule: ${rule}\n        with: ${options}\n`);

  it('are those of the rule', async () => {
    expect(await errorsOf(check('required-keys', '{ keys: [A], alow: [B] }'))).toEqual([
      'policy.yaml:7:28 Unknown option "alow" of rule "required-keys". Did you mean "allow"? Allowed: keys, allow, mode.',
    ]);
    expect(await errorsOf(check('no-options', '{ keys: [A] }'))).toEqual([
      'policy.yaml:7:9 Rule "no-options" has no options. Remove "with".',
    ]);
  });

  it('are a mapping', async () => {
    expect(await errorsOf(check('required-keys', '[A]'))).toEqual([
      'policy.yaml:7:9 Expected a mapping in "with", found a list.',
    ]);
    expect(await errorsOf(check('required-keys', ''))).toEqual([
      'policy.yaml:7:9 Expected a mapping in "with", found nothing.',
    ]);
  });

  it('are there when the rule needs them', async () => {
    expect(await errorsOf(check('required-keys', '{ mode: any }'))).toEqual([
      'policy.yaml:7:9 Missing option "keys" of rule "required-keys". Add "keys".',
    ]);
    expect(await errorsOf(principle('    checks: [{ rule: required-keys }]\n'))).toEqual([
      'policy.yaml:5:22 Missing option "keys" of rule "required-keys". Add "keys".',
    ]);
  });

  it('have the type that the rule says', async () => {
    expect(await errorsOf(check('required-keys', '{ keys: DB_USER, allow: [8080, A], mode: some }'))).toEqual([
      'policy.yaml:7:23 Expected a list in "keys", found a string. Write [DB_USER].',
      'policy.yaml:7:40 Expected a string in "allow[0]", found a number. Quote it: "8080".',
      'policy.yaml:7:56 "mode" cannot be "some". Allowed: all, any.',
    ]);
    expect(await errorsOf(check('probe-budget', '{ seconds: 0, exact: yes }'))).toEqual([
      'policy.yaml:7:26 "seconds" must be 1 or more, not 0.',
      'policy.yaml:7:36 Expected true or false in "exact", found a string. Write true.',
    ]);
    expect(await errorsOf(check('probe-budget', '{ seconds: "90" }'))).toEqual([
      'policy.yaml:7:26 Expected a whole number in "seconds", found a string. Write 90 without quotes.',
    ]);
    expect(await errorsOf(check('probe-budget', '{ seconds: 601 }'))).toEqual([
      'policy.yaml:7:26 "seconds" must be 600 or less, not 601.',
    ]);
    expect(await errorsOf(check('required-keys', '{ keys: [] }'))).toEqual([
      'policy.yaml:7:17 "keys" needs at least one element.',
    ]);
  });

  it('are pointed at however deep they lie', async () => {
    const options = '{ paths: { "a/b": { prt: 1, path: health } } }';
    expect(await errorsOf(check('probe-budget', options))).toEqual([
      'policy.yaml:7:35 Unknown option "prt" of rule "probe-budget". Did you mean "port"? Allowed: port, path.',
      'policy.yaml:7:49 "path" cannot be "health". Expected text that matches ^/.',
    ]);
  });

  it('are no regular expressions', async () => {
    expect(await errorsOf(check('required-keys', '{ keys: [^DB_.*$, "(A|B)", OBSERVER_*_DIR, config.*] }'))).toEqual([
      'policy.yaml:7:24 "^DB_.*$" is not a glob: write a glob such as DB_*, not a regular expression. Write "DB_*".',
      'policy.yaml:7:33 "(A|B)" is not a glob: write a glob such as DB_*, not a regular expression. List the alternatives one by one.',
    ]);
  });

  it('are blamed on the file that wrote them', async () => {
    const files = { 'team/parent.yaml': check('required-keys', '{ keys: [A], mode: sme }') };
    const text = `version: 1
extends: [team/parent.yaml]
principles:
  keys:
    checks: [{ rule: required-keys, with: { keys: A } }]
`;
    expect(await errorsOf(text, files)).toEqual([
      'policy.yaml:5:51 Expected a list in "keys", found a string. Write [A].',
      'team/parent.yaml:7:34 "mode" cannot be "sme". Allowed: all, any.',
    ]);
  });
});

describe('ignores', () => {
  const ignore = (body: string): string => `version: 1\nextends: [base]\nignore:\n  - ${body}\n`;

  it('have a reason', async () => {
    expect(await errorsOf(ignore('{ principle: startup }'))).toEqual([
      'policy.yaml:4:7 An ignore needs a reason: add "reason" and say why the team accepts the finding.',
    ]);
    expect(await errorsOf(ignore('{ principle: startup, reason: " " }'))).toEqual([
      'policy.yaml:4:35 "reason" must not be empty.',
    ]);
  });

  it('name principles and rules that exist', async () => {
    expect(await errorsOf(ignore('{ principle: startups, rule: no-option, reason: Later. }'))).toEqual([
      'policy.yaml:4:18 Unknown principle "startups". Did you mean "startup"?',
      'policy.yaml:4:34 Unknown rule "no-option". Did you mean "no-options"?',
    ]);
    expect(await errorsOf(ignore('{ principle: nonsense, reason: Later. }'))).toEqual([
      'policy.yaml:4:18 Unknown principle "nonsense". "chartlint policy" lists the principles.',
    ]);
  });

  it('do not ignore everything', async () => {
    expect(await errorsOf(ignore('{ reason: Later. }'))).toEqual([
      'policy.yaml:4:7 This would ignore every finding. Name a "principle", a "rule" or a "resource".',
    ]);
  });

  it('end on a day of the calendar', async () => {
    expect(await errorsOf(ignore('{ rule: no-options, reason: Later., until: 2027-02-29 }'))).toEqual([
      'policy.yaml:4:48 The date 2027-02-29 does not exist.',
    ]);
    expect(await errorsOf(ignore('{ rule: no-options, reason: Later., until: 2028-02-29 }'))).toEqual([]);
  });

  it('take globs', async () => {
    expect(await errorsOf(ignore('{ resource: Deployment/.*, path: [spec, ^a$], reason: Later. }'))).toEqual([
      'policy.yaml:4:17 "Deployment/.*" is not a glob: names take globs such as observer-*, not regular expressions. Write "Deployment/*".',
      'policy.yaml:4:45 "^a$" is not a glob: write a glob such as DB_*, not a regular expression. Write "a".',
    ]);
  });
});

describe('externals', () => {
  it('have names that are globs, and keys that are none', async () => {
    expect(
      await errorsOf('version: 1\nexternals: [{ kind: Secret, name: "obs-.*", keys: [A, POSTGRES_*] }]\n'),
    ).toEqual([
      'policy.yaml:2:35 "obs-.*" is not a glob: names take globs such as observer-*, not regular expressions. Write "obs-*".',
      'policy.yaml:2:55 "POSTGRES_*" is a glob. List the keys one by one, or leave "keys" out if they are not known.',
    ]);
  });
});

describe('principles', () => {
  it('are complete once they are merged', async () => {
    expect(
      await errorsOf('version: 1\nextends: [base]\nprinciples:\n  startupp: { severity: off }\n  new: { clause: 1 }\n'),
    ).toEqual([
      'policy.yaml:4:3 Principle "startupp" has no title and no checks. Did you mean "startup"?',
      'policy.yaml:5:3 Principle "new" has no title and no checks. Add "title" and "checks".',
    ]);
    expect(
      await errorsOf('version: 1\nprinciples:\n  a: { checks: [{ rule: no-options }] }\n  b: { title: B }\n'),
    ).toEqual([
      'policy.yaml:3:3 Principle "a" has no title. Add "title".',
      'policy.yaml:4:3 Principle "b" has no checks. Add "checks".',
    ]);
  });

  it('leave the id of findings about ignores alone', async () => {
    expect(
      await errorsOf('version: 1\nprinciples:\n  ignores: { title: I, checks: [{ rule: no-options }] }\n'),
    ).toEqual(['policy.yaml:3:3 The id "ignores" is reserved for findings about ignores. Choose another id.']);
  });
});

describe('all errors', () => {
  it('are reported at once, in the order of the text', async () => {
    const text = `version: 1
principles:
  keys:
    title: Keys
    severity: eror
    checks:
      - rule: required-keys
        with: { keys: A, foo: 1 }
      - rule: no-option
ignore:
  - { principle: kys, reason: Later. }
`;
    expect(await errorsOf(text)).toEqual([
      'policy.yaml:5:15 "severity" cannot be "eror". Did you mean "error"? Allowed: error, warning, info, off.',
      'policy.yaml:8:23 Expected a list in "keys", found a string. Write [A].',
      'policy.yaml:8:26 Unknown option "foo" of rule "required-keys". Allowed: keys, allow, mode.',
      'policy.yaml:9:15 Unknown rule "no-option". Did you mean "no-options"?',
      'policy.yaml:11:18 Unknown principle "kys". Did you mean "keys"?',
    ]);
  });
});
