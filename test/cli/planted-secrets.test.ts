import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { RULES } from '../../src/engine/registry.generated.ts';
import { BUILT_IN_POLICIES } from '../../src/policy/built-in.generated.ts';
import { keepFolder, runMain } from './main-in-process.ts';
import { PlantedSecrets, plantedSecret } from './planted.ts';

/** What templates make of a secret; `$s` is it. */
const FORMS = [
  '$s',
  '$s | quote',
  '$s | squote',
  '$s | b64enc',
  'printf "a%s" $s | b64enc',
  'printf "ab%s" $s | b64enc',
  '$s | b64enc | b64enc',
  '$s | b32enc',
  '$s | upper',
  '$s | lower',
  '$s | trunc 7',
  '$s | trunc -7',
  '$s | substr 2 9',
  '$s | sha256sum',
  '$s | sha1sum',
  '$s | toJson',
  '$s | toYaml',
  'dict "k" $s | toJson',
  'dict "k" $s | toYaml',
  'list $s | toToml',
  'list "a" $s | join "-"',
  'splitList "" $s | reverse | join ""',
  'regexReplaceAll "(.)(.)" $s "${2}${1}"',
  'regexFind "[a-zA-Z0-9]+" $s',
  'printf "user:%s@host" $s',
  'printf "%q" $s',
  'printf "%x" $s',
  'urlquery $s',
  'cat "the password is" $s',
  '$s | replace "a" "b"',
  'tpl "x-{{ . }}" $s',
  'include "echo" $s',
  '$s | nospace | swapcase',
  '$s | snakecase',
  'default "none" $s',
  'coalesce "" $s',
  'ternary $s "x" true',
  'get (dict "k" $s) "k"',
  'index (list $s) 0',
  'first (list $s "x")',
  '(merge (dict) (dict "k" $s)).k',
  '(dict "a" (dict "k" $s) | toYaml | fromYaml).a.k',
  'pluck "k" (dict "k" $s) | first',
  'fromJson (printf "[%s]" (toJson $s)) | toString',
  'abbrev 12 $s',
  'wrap 5 $s',
  'initials $s',
  '$s | adler32sum',
  'print $s 1',
  'trimSuffix "x" $s',
  'hasPrefix "x" $s',
  'len $s',
];

/** Where objects say it: `@` is what the template prints. What rules refuse, they say. */
const OBJECTS = [
  'kind: Secret\napiVersion: v1\nmetadata: { name: secret-# }\ndata: { some: @ }\n',
  'kind: ConfigMap\napiVersion: v1\nmetadata: { name: map-# }\ndata:\n  SETTING: @\n  "FILE": |\n    line @ end\n',
  'kind: ConfigMap\napiVersion: v1\nmetadata: { name: key-# }\ndata:\n  @: value\n',
  'kind: ConfigMap\napiVersion: v1\nmetadata: { name: @ }\ndata: { A: 1 }\n',
  'kind: Service\napiVersion: v1\nmetadata: { name: service-#, labels: { l: @ }, annotations: { a: @ } }\nspec:\n  type: @\n  selector: { app: @ }\n  ports: [{ name: @, port: 80, targetPort: @ }]\n',
  'kind: Job\napiVersion: batch/v1\nmetadata: { name: job-#, namespace: @ }\nspec:\n  template:\n    spec:\n      restartPolicy: @\n      volumes: [{ name: v, configMap: { name: @ } }, { name: w, secret: { secretName: @ } }]\n      containers: [{ name: @, image: @, command: [run, @], args: [--password, @], env: [{ name: @, value: @ }, { name: X, valueFrom: { configMapKeyRef: { name: map-#, key: @ } } }], envFrom: [{ secretRef: { name: @ } }] }]\n',
  'kind: Deployment\napiVersion: apps/v1\nmetadata: { name: app-# }\nspec:\n  replicas: @\n  selector: { matchLabels: { app: @ } }\n  template:\n    metadata: { labels: { app: other } }\n    spec:\n      serviceAccountName: @\n      containers:\n        - name: main\n          image: "registry/@:latest"\n          @: x\n          ports: [{ name: http, containerPort: @ }]\n          livenessProbe: { httpGet: { path: @, port: @ } }\n          resources: { limits: { memory: @ } }\n',
  'kind: K@\napiVersion: v1@\nmetadata: { name: unknown-# }\nspec: { a: @ }\n',
];

const COUNT = 200;
const SECRETS = Array.from({ length: COUNT }, (_, index) => plantedSecret(index));
const PLANTED = new PlantedSecrets(SECRETS);

function expression(index: number): string {
  return FORMS[index % FORMS.length] ?? '';
}

/** Half of the secrets under keys of their own, half in maps and lists below one. */
function readSecret(index: number): string {
  return index % 2 === 0 ? `.Values.app${index}.password` : `(index .Values.credentials.list ${(index - 1) / 2})`;
}

function valuesText(): string {
  const own = SECRETS.flatMap((secret, index) =>
    index % 2 === 0 ? [`app${index}: { password: ${JSON.stringify(secret)} }\n`] : [],
  );
  const others = SECRETS.filter((_, index) => index % 2 === 1).map((secret) => `    - ${JSON.stringify(secret)}\n`);
  return `user: admin\n${own.join('')}credentials:\n  list:\n${others.join('')}`;
}

const CHART = 'apiVersion: v2\nname: app\nversion: 1.0.0\n';
const HELPERS = '{{ define "echo" }}[{{ . }}]{{ end }}\n';

/** A template that sets `$s` and prints one object in which it stands in one form. */
function objectText(index: number): string {
  const object = OBJECTS[index % OBJECTS.length] ?? '';
  const name = String(index);
  // The forms and the objects meet in every pair: their numbers have no common divisor.
  return `{{- $s := ${readSecret(index)} }}\n${object.replaceAll('#', name).replaceAll('@', `{{ ${expression(index)} }}`)}`;
}

function chartOf(templates: Readonly<Record<string, string>>): Record<string, string> {
  return {
    'app/Chart.yaml': CHART,
    'app/values.yaml': valuesText(),
    'app/values-dev.yaml': 'user: root\n',
    'app/values-prod.yaml': 'user: root\n',
    'app/templates/_helpers.tpl': HELPERS,
    ...templates,
  };
}

const ROOT = keepFolder();
let folders = 0;

/** A folder with these files, by default a new one, gone after all tests. */
function keptFolder(files: Readonly<Record<string, string>>, folder = join(ROOT, String(folders++))): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The objects that can be rendered, in one chart; the others fail each in a chart of its own. */
async function sortTemplates(): Promise<{ whole: Record<string, string>; failures: readonly string[] }> {
  const whole: Record<string, string> = {};
  const failures: string[] = [];
  const folder = keptFolder(chartOf({}));
  for (let index = 0; index < COUNT; index++) {
    const text = objectText(index);
    keptFolder({ 'app/templates/t.yaml': text }, folder);
    const { status, stderr } = await runMain(['render', 'app'], folder);
    if (status === 0) whole[`app/templates/t${index}.yaml`] = text;
    else failures.push(stderr);
  }
  return { whole, failures };
}

/** Everything that a run writes. */
async function outputsOf(argv: readonly string[], folder: string): Promise<string> {
  const { stdout, stderr } = await runMain(argv, folder);
  return `${stdout}\n${stderr}`;
}

/** What rules cannot do without. */
const OPTIONS: Readonly<Record<string, string>> = {
  'config-paths-mounted': 'keys: ["*"]',
  'configmap-required-keys': 'keys: [A]',
  'image-pull-secrets': 'names: [a]',
  'probe-endpoint': 'probe: liveness, path: /health',
  'pvc-names': 'claims: [a]',
  'secret-no-config-keys': 'keys: ["*"]',
  'secret-required-keys': 'secrets: [{ name: a, keys: [b] }]',
};

/** A policy with every rule that can do without options, or has some above. */
async function everyRule(): Promise<string> {
  const principles: string[] = [];
  for (const [id, load] of RULES) {
    const { default: rule } = await load();
    const needed = rule.meta.options?.required ?? [];
    if (needed.length > 0 && OPTIONS[id] === undefined) continue;
    principles.push(`  p-${id}: { title: T, checks: [{ rule: ${id}, with: { ${OPTIONS[id] ?? ''} } }] }\n`);
  }
  return `version: 1\nprinciples:\n${principles.join('')}`;
}

/** What fails in a template, and quotes what it was given. */
const FAILURES = [
  'fail $s',
  'fail (printf "no %s here" $s)',
  'fail ($s | b64enc)',
  'fail ($s | upper)',
  'fail (printf "%q" $s)',
  'fail (include "echo" $s)',
  'fail (tpl "x-{{ . }}" $s)',
  'fail (toJson .Values)',
  'fail (toYaml .Values.credentials)',
  'required $s ""',
  'required (printf "set %s" $s) nil',
  'atoi $s | fail',
  'mustToDate "2006-01-02" $s',
  'mustRegexMatch (printf "[%s" $s) "a"',
  'regexMatch (printf "(%s" $s) "a" | toString | regexFind (printf "(%s" $s)',
  'semver $s',
  'semverCompare $s "1.0.0"',
  'include $s .',
  'tpl (printf "{{ %s" $s) .',
  'tpl (printf "{{ fail %q }}" $s) .',
  'tpl (printf "{{ %s }}" (list $s | join "")) .',
  'index (dict "a" 1) $s 1',
  'index (list 1) $s',
  'fromYaml $s | required ""',
  'mustFromJson $s',
  'mustFromJson (printf "{%s" $s)',
  'mustToRawJson $s | fail',
  'urlParse (printf "http://[%s" $s)',
  'dig "a" "b" $s',
  'set $s "a" 1',
  'merge $s (dict)',
  'first $s',
  'join $s $s $s',
  'divf $s 0',
  'div 1 0 $s',
  'seq $s | int | until | first | toString | fail',
  'genSignedCert $s nil nil 1 $s',
  'buildCustomCert $s $s',
  'decryptAES $s $s',
  'duration $s | fail',
  'durationRound $s | fail',
  'toToml $s',
  'printf (printf "%%d %s" $s) "x" | fail',
  '$s.a.b',
  '(index .Values $s).a',
  'call $s',
  'slice $s 5 1',
  'trunc $s "a"',
  'repeat $s "a"',
  'eq $s 1',
  'lt $s 1',
  'len 1 $s',
  'html $s | fail',
  'toDate $s $s | fail',
  'getHostByName $s | required $s',
  'splitList $s $s | last | fail',
  'lookup $s $s $s $s | required $s | fail',
  '.Files.Get $s | required $s',
  'range $s',
  'reverse $s | fail',
  'regexSplit $s "a" 1 | fail',
  'regexReplaceAll "(.)(.)" $s "${2}${1}" | fail',
];

/** Policies with much to say of the objects. */
const SPEAKING = ['observer', 'recommended', 'chartlint.yaml'];
const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html'];

describe('no secret of the values, no part of one and no encoding is in', () => {
  let sorted: Awaited<ReturnType<typeof sortTemplates>>;
  beforeAll(async () => {
    sorted = await sortTemplates();
  }, 120_000);

  it('what render says of templates that print no YAML', () => {
    expect(sorted.failures.length).toBeGreaterThan(10);
    expect(sorted.failures.flatMap((text) => PLANTED.findIn(text))).toEqual([]);
  });

  it.each([...BUILT_IN_POLICIES.keys(), 'chartlint.yaml'])(
    'any report of the policy %s',
    async (policy) => {
      const folder = keptFolder({ ...chartOf(sorted.whole), 'chartlint.yaml': await everyRule() });
      const formats = FORMATS.flatMap((format) => ['--format', `${format}=report.${format}`]);
      const said = await outputsOf(['app', '--policy', policy, '--verbose', '--format', 'pretty', ...formats], folder);
      expect(PLANTED.findIn(said)).toEqual([]);
      for (const format of FORMATS) {
        const text = readFileSync(join(folder, `report.${format}`), 'utf8');
        expect(text.length, format).toBeGreaterThan(SPEAKING.includes(policy) ? 10_000 : -1);
        expect(PLANTED.findIn(text), format).toEqual([]);
      }
    },
    120_000,
  );

  it('a baseline, a trace or what init writes', async () => {
    const folder = keptFolder(chartOf(sorted.whole));
    const texts = [
      await outputsOf(['baseline', 'app'], folder),
      readFileSync(join(folder, 'chartlint-baseline.json'), 'utf8'),
      await outputsOf(['trace', 'app'], folder),
      await outputsOf(['trace', 'app', '--format', 'json'], folder),
      await outputsOf(['init', 'app'], folder),
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /chartlint.*\.(?:ya?ml|json)$/.test(name))
        .map((name) => readFileSync(join(folder, name), 'utf8')),
    ];
    for (const [index, text] of texts.entries()) expect(text.length, String(index)).toBeGreaterThan(40);
    expect(texts.flatMap((text) => PLANTED.findIn(text))).toEqual([]);
  }, 120_000);

  it('the errors of templates', async () => {
    const failed: string[] = [];
    const folder = keptFolder(chartOf({}));
    for (const [index, failure] of FAILURES.entries()) {
      const action = failure.startsWith('range') ? `{{ ${failure} }}{{ end }}` : `{{ ${failure} }}`;
      keptFolder({ 'app/templates/t.yaml': `a: |\n  {{- $s := ${readSecret(index)} }}\n  ${action}\n` }, folder);
      const { status, stderr } = await runMain(['render', 'app'], folder);
      if (status !== 0) failed.push(failure);
      expect(PLANTED.findIn(stderr), failure).toEqual([]);
      const text = await outputsOf(['app', '--verbose'], folder);
      expect(PLANTED.findIn(text), failure).toEqual([]);
      expect(text, failure).not.toMatch(/\n\s+at /);
    }
    expect(failed.length).toBeGreaterThan(FAILURES.length / 2);
  }, 120_000);
});
