import type { Cursor } from '../../yaml/cursor.ts';

/** A format of another program. */
export interface OtherFormat {
  /** What a file of it is: `a Compose file`. */
  readonly name: string;
  /** What to do instead of linting it, where there is something; `{file}` is the file. */
  readonly help?: string;
}

interface NamedFormat {
  /** Of a path with `/`. */
  readonly path: RegExp;
  readonly format: OtherFormat;
}

interface ContentFormat {
  /** Whether a document is one of this format. */
  readonly isOf: (root: Cursor) => boolean;
  readonly format: OtherFormat;
}

const COMPOSE = { name: 'a Compose file' };
const GITHUB_WORKFLOW = { name: 'a workflow of GitHub Actions' };
const GITHUB_ACTION = { name: 'an action of GitHub Actions' };
const GITLAB_CI = { name: 'a configuration of GitLab CI' };
const CI = { name: 'a configuration of a CI system' };
const PACKAGE = { name: 'a file of a package manager' };
const TOOL = { name: 'a configuration of a development tool' };
const CHART_TOOL = { name: 'a configuration of a tool for charts' };
const HELMFILE = { name: 'a Helmfile', help: 'Lint what it renders: helmfile template | chartlint -' };
const JSON_SCHEMA = {
  name: 'a JSON Schema',
  help: 'To validate custom resources with it, name it in schemas of the policy.',
};
const POLICY = { name: 'a policy of chartlint', help: 'To lint with it: chartlint --config {file} INPUT' };
const KUSTOMIZE_SETTINGS = { name: 'a configuration of kustomize' };
const VALUES = {
  name: 'a values file',
  help: 'Lint the chart with it: chartlint CHART --values {file}',
};

/** The formats that a file's name tells. The first one that fits counts. */
export const FORMATS_BY_NAME: readonly NamedFormat[] = [
  { path: /(?:^|\/)(?:docker-)?compose(?:[-._][^/]*)?\.ya?ml$/i, format: COMPOSE },
  { path: /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/, format: GITHUB_WORKFLOW },
  { path: /(?:^|\/)\.gitlab-ci(?:[-._][^/]*)?\.ya?ml$|(?:^|\/)\.gitlab\/.*\.ya?ml$/, format: GITLAB_CI },
  {
    path: /(?:^|\/)(?:azure-pipelines|bitbucket-pipelines|\.travis|\.?appveyor|cloudbuild|buildspec|\.drone|\.?woodpecker|\.cirrus|\.semaphore)(?:[-._][^/]*)?\.ya?ml$|(?:^|\/)\.(?:circleci|buildkite|azure-pipelines|woodpecker)\/.*\.ya?ml$/,
    format: CI,
  },
  {
    path: /(?:^|\/)(?:package|package-lock|npm-shrinkwrap|composer|bower|deno|jsr|vcpkg)\.json$|(?:^|\/)pnpm-(?:lock|workspace)\.ya?ml$|(?:^|\/)(?:pubspec|conda|environment)\.ya?ml$/,
    format: PACKAGE,
  },
  { path: /(?:^|\/)helmfile(?:[-._][^/]*)?\.ya?ml$|(?:^|\/)helmfile\.d\/[^/]+\.ya?ml$/, format: HELMFILE },
  {
    path: /(?:^|\/)(?:ct|cr|chart_schema|lintconf|artifacthub-repo|\.?kube-linter|\.?kube-score|\.?polaris|\.?helm-docs|\.?checkov|\.?trivy)\.ya?ml$/,
    format: CHART_TOOL,
  },
  {
    path: /(?:^|\/)(?:[jt]sconfig(?:\.[^/]*)?|\.?renovate|lerna|nx|turbo|biome|angular|vercel|firebase|knip|typedoc|release-please-config|\.release-please-manifest|cspell)\.json$|(?:^|\/)(?:mkdocs|_config|\.?codecov|Taskfile|\.?golangci|\.?goreleaser|\.?yamllint|\.?markdownlint|\.?pre-commit-(?:config|hooks)|\.sops|buf(?:\.gen|\.work)?|\.readthedocs|\.?mise|lefthook|\.?dependabot|cspell|sonar-project)(?:\.dist)?\.ya?ml$/,
    format: TOOL,
  },
  { path: /\.schema\.json$/, format: JSON_SCHEMA },
  {
    path: /(?:^|\/)values(?:[-._][^/]*)?\.ya?ml$|[-._]values\.ya?ml$|(?:^|\/)values\/[^/]+\.ya?ml$/,
    format: VALUES,
  },
];

/** The formats that only the content tells. */
export const FORMATS_BY_CONTENT: readonly ContentFormat[] = [
  {
    isOf: (root) => {
      const services = root.at('services').entries();
      return services.length > 0 && services.every(([, service]) => hasAny(service, ['image', 'build', 'extends']));
    },
    format: COMPOSE,
  },
  { isOf: (root) => root.at('jobs').isMapping && hasAny(root, ['on', 'true']), format: GITHUB_WORKFLOW },
  { isOf: (root) => root.at('runs', 'using').exists, format: GITHUB_ACTION },
  {
    isOf: (root) =>
      hasAny(root, ['stages', 'include', 'workflow', 'default', 'image']) &&
      root.entries().some(([, job]) => hasAny(job, ['script', 'extends', 'trigger']) && job.isMapping),
    format: GITLAB_CI,
  },
  {
    isOf: (root) =>
      root
        .at('releases')
        .items()
        .some((release) => release.at('chart').exists),
    format: HELMFILE,
  },
  {
    isOf: (root) =>
      root
        .at('repositories')
        .items()
        .some((repository) => repository.at('url').exists),
    format: HELMFILE,
  },
  {
    isOf: (root) =>
      root.at('apiVersion').exists &&
      root.at('entries').isMapping &&
      root
        .at('entries')
        .entries()
        .every(([, versions]) => versions.isSequence),
    format: { name: 'the index of a chart repository' },
  },
  { isOf: (root) => /json-schema\.org/.test(root.at('$schema').string ?? ''), format: JSON_SCHEMA },
  {
    isOf: (root) => /sarif/.test(root.at('$schema').string ?? '') || root.at('tool', 'name').string === 'chartlint',
    format: { name: 'a report of a linter' },
  },
  {
    isOf: (root) =>
      root.at('version').number === 1 &&
      (root.at('principles').isMapping || root.at('extends').isSequence || root.at('environments').isMapping),
    format: POLICY,
  },
  {
    isOf: (root) => hasAny(root, ['openapi', 'swagger']) && root.at('info').isMapping,
    format: { name: 'an OpenAPI description' },
  },
  {
    isOf: (root) =>
      root
        .at('groups')
        .items()
        .some((group) => group.at('rules').isSequence),
    format: { name: 'a file of Prometheus rules' },
  },
  {
    isOf: (root) => root.at('panels').isSequence && hasAny(root, ['schemaVersion', 'title']),
    format: { name: 'a dashboard of Grafana' },
  },
  {
    isOf: (root) => isListOf(root, (item) => item.at('op').exists && item.at('path').exists),
    format: { name: 'a JSON patch' },
  },
  {
    isOf: (root) =>
      isListOf(root, (item) => hasAny(item, ['hosts', 'import_playbook', 'ansible.builtin.import_playbook'])),
    format: { name: 'a playbook of Ansible' },
  },
  {
    isOf: (root) =>
      root.isMapping &&
      ['nameReference', 'namePrefix', 'commonLabels', 'commonAnnotations', 'varReference', 'images', 'replicas'].some(
        (field) =>
          root
            .at(field)
            .items()
            .some((item) => item.at('path').exists || item.at('fieldSpecs').isSequence),
      ),
    format: KUSTOMIZE_SETTINGS,
  },
];

function hasAny(mapping: Cursor, keys: readonly string[]): boolean {
  return keys.some((key) => mapping.at(key).exists);
}

function isListOf(root: Cursor, test: (item: Cursor) => boolean): boolean {
  const items = root.items();
  return items.length > 0 && items.every(test);
}
