/** The part of JSON Schema (draft-07) that policy files are described in, and ajv's `nullable`. */
export interface SchemaNode {
  readonly type?: string;
  /** The bare name of a mapping, for messages and editors. */
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly minItems?: number;
  readonly nullable?: boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: { readonly [name: string]: SchemaNode };
  readonly additionalProperties?: SchemaNode | false;
  readonly propertyNames?: SchemaNode;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
}

/** At least one character that is not white space. `minLength` would need ajv at run time. */
export const NOT_BLANK = '\\S';
/** One word, so that it fits in a comment and after `--only`; not a number, since YAML would keep only its value. */
const PRINCIPLE_ID = {
  description: 'A word of letters, digits, "-", "_" and "." that starts with a letter.',
  pattern: '^[A-Za-z][A-Za-z0-9._-]*$',
};
/** As helm's --kube-version takes it. */
const KUBE_VERSION = '^v?[0-9]+[.][0-9]+';
const CHECK_ID = {
  description:
    'Tells checks of one rule in one principle apart, and is what a child policy merges them by. By default the rule.',
  type: 'string',
  pattern: PRINCIPLE_ID.pattern,
} as const;
const ENVIRONMENT_NAME = {
  description: 'A word of letters, digits, "-", "_" and ".".',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
};

/** Lists of globs: what is looked for in an object. */
const MATCH_LISTS = {
  kinds: {
    description: 'Kinds of objects, as globs.',
    type: 'array',
    minItems: 1,
    items: { description: 'A kind, as a glob.', type: 'string', pattern: NOT_BLANK },
    examples: [['Deployment', 'StatefulSet']],
  },
  names: {
    description: 'Names of objects, as globs.',
    type: 'array',
    minItems: 1,
    items: { description: 'A name, as a glob.', type: 'string', pattern: NOT_BLANK },
    examples: [['observer-*']],
  },
  namespaces: {
    description:
      'Namespaces of objects, as globs. An object that names none has that of the release; one whose namespace is not ' +
      'known matches no glob.',
    type: 'array',
    minItems: 1,
    items: { description: 'A namespace, as a glob.', type: 'string', pattern: NOT_BLANK },
    examples: [['prod-*']],
  },
  labels: {
    title: 'Labels',
    description: 'Labels that an object has, with globs for their values.',
    type: 'object',
    additionalProperties: { description: "A glob for the label's value.", type: 'string' },
    examples: [{ 'app.kubernetes.io/part-of': 'observer' }],
  },
  annotations: {
    title: 'Annotations',
    description: 'Annotations that an object has, with globs for their values.',
    type: 'object',
    additionalProperties: { description: "A glob for the annotation's value.", type: 'string' },
    examples: [{ 'helm.sh/hook': '*' }],
  },
  containers: {
    description: 'Names of containers, as globs; for rules that check containers.',
    type: 'array',
    minItems: 1,
    items: { description: 'The name of a container, as a glob.', type: 'string', pattern: NOT_BLANK },
    examples: [['observer']],
  },
} as const satisfies Readonly<Record<string, SchemaNode>>;

/** The structure of a policy file; what depends on the rules that exist is checked by `validate.ts`. */
export const POLICY_SCHEMA = {
  title: 'Policy',
  description: "A team's chart design: its principles, and the environments in which they hold.",
  type: 'object',
  additionalProperties: false,
  required: ['version'],
  properties: {
    version: { description: 'The version of this file format.', type: 'integer', enum: [1] },
    name: {
      description: 'The name of the policy in reports. By default the path of the file.',
      type: 'string',
      pattern: NOT_BLANK,
      examples: ['observer'],
    },
    extends: {
      description:
        'Policies to build on: names of built-in policies, or files relative to this one. Later ones win over ' +
        'earlier ones, and this file wins over all.',
      type: 'array',
      nullable: true,
      items: { description: 'A built-in policy or a relative file.', type: 'string', pattern: NOT_BLANK },
      examples: [['recommended'], ['observer', '../team-policy.yaml']],
    },
    release: {
      title: 'Release',
      description: 'How the chart is installed, unless the command line says otherwise.',
      type: 'object',
      nullable: true,
      additionalProperties: false,
      properties: {
        name: {
          description: "The release's name, `.Release.Name`.",
          type: 'string',
          pattern: NOT_BLANK,
          examples: ['observer'],
        },
        namespace: {
          description: "The release's namespace, `.Release.Namespace`.",
          type: 'string',
          pattern: NOT_BLANK,
          examples: ['observer'],
        },
        kubeVersion: {
          description: 'The version of Kubernetes, `.Capabilities.KubeVersion`, whose API objects are checked against.',
          type: 'string',
          pattern: KUBE_VERSION,
          examples: ['1.33.0'],
        },
      },
    },
    baseline: {
      description:
        'The file of accepted findings, relative to this one. `chartlint baseline` writes it, and lint reads it.',
      type: 'string',
      pattern: NOT_BLANK,
      examples: ['chartlint-baseline.json'],
    },
    environments: {
      title: 'Environments',
      description: 'The environments. The chart is rendered once for each of them.',
      type: 'object',
      nullable: true,
      propertyNames: ENVIRONMENT_NAME,
      examples: [{ dev: { values: ['values-dev.yaml'] }, prod: { values: ['values-prod.yaml'] } }],
      additionalProperties: {
        title: 'Environment',
        description: 'One rendering of the chart. If it is empty, the chart is rendered with its values.yaml only.',
        type: 'object',
        nullable: true,
        additionalProperties: false,
        properties: {
          values: {
            description: 'Values files, relative to the chart. Later ones win over earlier ones.',
            type: 'array',
            items: { description: 'A values file, relative to the chart.', type: 'string', pattern: NOT_BLANK },
            examples: [['values.yaml', 'values-prod.yaml']],
          },
          set: {
            description: "Single values, after the values files, as helm's --set takes them.",
            type: 'array',
            items: {
              description: 'One key and its value.',
              type: 'string',
              pattern: '^[^=]+=',
              examples: ['image.tag=1.4.2'],
            },
            examples: [['image.tag=1.4.2']],
          },
          namespace: {
            description: 'The namespace of this environment, if it differs from the namespace of the release.',
            type: 'string',
            pattern: NOT_BLANK,
            examples: ['observer-prod'],
          },
          kubeVersion: {
            description: 'The version of Kubernetes of this environment, if it differs from that of the release.',
            type: 'string',
            pattern: KUBE_VERSION,
            examples: ['1.33.0'],
          },
          optional: {
            description: 'Whether charts that lack one of the values files do without this environment.',
            type: 'boolean',
          },
        },
      },
    },
    externals: {
      description: 'ConfigMaps and Secrets that exist in the cluster but are not in the input.',
      type: 'array',
      nullable: true,
      examples: [[{ kind: 'Secret', name: 'obs-db-secret', keys: ['DB_USER', 'DB_PASSWORD'] }]],
      items: {
        title: 'External',
        description: 'An object that exists outside the input.',
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'name'],
        properties: {
          kind: { description: 'What it is.', type: 'string', enum: ['ConfigMap', 'Secret'] },
          name: { description: 'Its name, as a glob.', type: 'string', pattern: NOT_BLANK, examples: ['obs-*-secret'] },
          namespace: {
            description: 'Its namespace. By default it can be used from every namespace.',
            type: 'string',
            pattern: NOT_BLANK,
          },
          keys: {
            description: 'All of its keys. Leave them out when they are not known.',
            type: 'array',
            items: { description: 'A key.', type: 'string', pattern: NOT_BLANK },
            examples: [['DB_USER', 'DB_PASSWORD']],
          },
        },
      },
    },
    schemas: {
      description:
        'Schemas of custom resources: files, folders or globs, relative to this file, with CustomResourceDefinitions or ' +
        'JSON Schemas. Nothing is downloaded.',
      type: 'array',
      nullable: true,
      items: { description: 'A file, a folder or a glob, relative to this file.', type: 'string', pattern: NOT_BLANK },
      examples: [['crds/*.yaml', '../schemas']],
    },
    unknownKinds: {
      description: 'What a resource counts as whose kind has no schema; by default nothing is said about it.',
      type: 'string',
      enum: ['allow', 'error'],
    },
    workloads: {
      description: 'Kinds of custom resources that contain a Pod template. Built-in kinds are already known.',
      type: 'array',
      nullable: true,
      examples: [[{ group: 'argoproj.io', kind: 'Rollout', template: ['spec', 'template'] }]],
      items: {
        title: 'Workload',
        description: 'A kind of custom resource that contains a Pod template.',
        type: 'object',
        additionalProperties: false,
        required: ['group', 'kind', 'template'],
        properties: {
          group: {
            description: 'The API group, without the version.',
            type: 'string',
            pattern: '^[^/]*$',
            examples: ['argoproj.io'],
          },
          kind: { description: 'The kind.', type: 'string', pattern: NOT_BLANK, examples: ['Rollout'] },
          template: {
            description: 'The keys that lead from the object to its Pod template, which has metadata and spec.',
            type: 'array',
            items: { description: 'A key.', type: 'string', pattern: NOT_BLANK },
            examples: [['spec', 'template']],
          },
        },
      },
    },
    principles: {
      title: 'Principles',
      description:
        "The statements of the design, by id. A statement that a parent policy also has is merged over the parent's.",
      type: 'object',
      nullable: true,
      propertyNames: PRINCIPLE_ID,
      additionalProperties: {
        title: 'Principle',
        description: 'One statement of the design, and the checks that enforce it.',
        type: 'object',
        additionalProperties: false,
        properties: {
          clause: {
            description: 'The clause of the design document that it comes from.',
            anyOf: [{ type: 'string' }, { type: 'number' }],
            examples: ['2.2'],
          },
          title: {
            description: 'The statement, in one line.',
            type: 'string',
            pattern: NOT_BLANK,
            examples: ['Secret keys are delegated to Secrets'],
          },
          rationale: { description: 'Why the team decided this.', type: 'string' },
          severity: {
            description:
              "The severity of its findings; `off` switches the principle off. By default each rule's own severity.",
            type: 'string',
            enum: ['error', 'warning', 'info', 'off'],
          },
          checks: {
            description:
              "The checks that enforce the principle. A check is merged over the parent policy's check of the same `id`, which is by default its rule.",
            type: 'array',
            minItems: 1,
            items: {
              title: 'Check',
              description: 'One use of a rule.',
              type: 'object',
              additionalProperties: false,
              required: ['rule'],
              properties: {
                rule: {
                  title: 'Rule',
                  description: 'The rule. `chartlint rules` lists them all.',
                  type: 'string',
                  pattern: NOT_BLANK,
                },
                id: {
                  ...CHECK_ID,
                  examples: ['web'],
                },
                severity: {
                  description:
                    "The severity of this check's findings, in place of the principle's; `off` removes a check of a parent policy.",
                  type: 'string',
                  enum: ['error', 'warning', 'info', 'off'],
                },
                match: {
                  title: 'Match',
                  description: 'Which objects to check: those that match every list given. By default all.',
                  type: 'object',
                  additionalProperties: false,
                  properties: {
                    ...MATCH_LISTS,
                    not: {
                      title: 'Exclusion',
                      description:
                        'Which objects to leave out: those that match every list given here, such as tests and hooks.',
                      type: 'object',
                      additionalProperties: false,
                      properties: MATCH_LISTS,
                      examples: [{ annotations: { 'helm.sh/hook': '*' } }, { names: ['*-test'] }],
                    },
                  },
                },
                with: {
                  description:
                    "The rule's options. Options that a parent policy sets are kept unless they are set here.",
                  type: 'object',
                },
              },
            },
          },
        },
      },
    },
    ignore: {
      description: 'Findings that the team accepts. One that has expired, or matches nothing, is itself a finding.',
      type: 'array',
      nullable: true,
      examples: [
        [{ principle: 'host-path', resource: 'Deployment/observer', reason: 'Moves to a PVC with release 2.' }],
      ],
      items: {
        title: 'Ignore',
        description: 'Findings that the team accepts: those that match every key given.',
        type: 'object',
        additionalProperties: false,
        required: ['reason'],
        properties: {
          principle: { description: 'The id of a principle.', type: 'string', examples: ['host-path'] },
          rule: { description: 'The id of a rule.', type: 'string', examples: ['host-path-allowed'] },
          resource: {
            description: 'The object, as Kind/name; both may be globs.',
            type: 'string',
            pattern: '^[^/]+/[^/]+$',
            examples: ['Deployment/observer', '*/observer-*'],
          },
          path: {
            description: 'The place in the object, or one around it; keys may be globs.',
            type: 'array',
            minItems: 1,
            items: {
              description: 'A key, as a glob, or the index of a list element.',
              anyOf: [{ type: 'string' }, { type: 'integer' }],
            },
            examples: [['spec', 'template', 'spec', 'volumes']],
          },
          reason: {
            description: 'Why the team accepts it.',
            type: 'string',
            pattern: NOT_BLANK,
            examples: ['Moves to a PVC with release 2.'],
          },
          until: {
            description: 'The last day on which it applies.',
            type: 'string',
            pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
            examples: ['2027-03-01'],
          },
        },
      },
    },
  },
} as const satisfies SchemaNode;
