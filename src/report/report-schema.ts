import { CAUSES } from '../kube/validation/issue.ts';
const POSITION = { type: 'integer', minimum: 1 } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

/** The JSON Schema of the report for programs; `schema/report.schema.json` is generated from it. */
export const REPORT_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'chartlint report',
  description:
    'What `chartlint --format json` prints. Lines and columns are 1-based and columns count UTF-16 units; ends are ' +
    'exclusive. Files are relative to the working directory, with `/`. The value of a secret never appears.',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'tool', 'policy', 'policies', 'environments', 'summary', 'principles', 'findings', 'errors'],
  properties: {
    version: { const: 1, description: 'The version of this format. It changes only with breaking changes.' },
    tool: {
      description: 'The program that wrote the report.',
      type: 'object',
      additionalProperties: false,
      required: ['name', 'version'],
      properties: {
        name: { const: 'chartlint' },
        version: { type: 'string', description: "The program's version, such as `1.2.0`." },
      },
    },
    policy: {
      description: 'The policy that was checked; with several, their names joined.',
      allOf: [{ $ref: '#/definitions/policy' }],
    },
    policies: {
      description: 'All policies that were checked: inputs may have policies of their own.',
      type: 'array',
      items: { $ref: '#/definitions/policy' },
    },
    environments: {
      description: 'The environments that the chart was rendered for; empty when manifests were linted.',
      type: 'array',
      items: { type: 'string' },
    },
    summary: {
      description: 'Totals. A suppressed finding counts only as suppressed.',
      type: 'object',
      additionalProperties: false,
      required: ['errors', 'warnings', 'infos', 'suppressed', 'resources', 'files'],
      properties: {
        errors: { ...COUNT, description: 'Findings of severity `error`.' },
        warnings: { ...COUNT, description: 'Findings of severity `warning`.' },
        infos: { ...COUNT, description: 'Findings of severity `info`.' },
        suppressed: { ...COUNT, description: 'Findings that were accepted and do not count.' },
        resources: { ...COUNT, description: 'Kubernetes objects that were checked.' },
        files: { ...COUNT, description: 'Files that were read.' },
      },
    },
    principles: {
      description: "The policy's principles, in its order.",
      type: 'array',
      items: { $ref: '#/definitions/principle' },
    },
    findings: {
      description: 'The places where a principle does not hold, sorted by place. They include the suppressed ones.',
      type: 'array',
      items: { $ref: '#/definitions/finding' },
    },
    errors: {
      description: 'Why the run is incomplete. With any of these, the exit status is 2.',
      type: 'array',
      items: { $ref: '#/definitions/error' },
    },
    skipped: {
      description:
        'Files of folders and globs that were left out since they hold no manifests; absent when there are none.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['file', 'reason'],
        properties: {
          file: { type: 'string', description: 'Relative to the working directory.' },
          reason: { type: 'string', description: 'What it is, such as `a Compose file`.' },
        },
      },
    },
  },
  definitions: {
    policy: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'file'],
      properties: {
        name: { type: 'string', description: 'The name of the policy, such as `recommended`.' },
        file: {
          type: ['string', 'null'],
          description: 'The policy file; null for a built-in policy, and for several.',
        },
      },
    },
    principle: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'title', 'status', 'findings'],
      properties: {
        id: { type: 'string', description: 'The id of the principle in the policy.' },
        clause: {
          type: 'string',
          description: 'The clause of the design document; absent when the policy gives none.',
        },
        title: { type: 'string', description: 'The principle in one line.' },
        status: {
          enum: ['passed', 'failed', 'not-applicable'],
          description: '`not-applicable`: nothing in the input is what its checks look at.',
        },
        findings: { ...COUNT, description: 'Findings of the principle that count.' },
      },
    },
    finding: {
      type: 'object',
      additionalProperties: false,
      required: [
        ...['principle', 'rule', 'messageId', 'message', 'help', 'severity', 'environments', 'path', 'location'],
        ...['rendered', 'values', 'related', 'fingerprint'],
      ],
      properties: {
        principle: { type: 'string', description: 'The id of the principle that does not hold.' },
        clause: {
          type: 'string',
          description: 'The clause of the design document; absent when the policy gives none.',
        },
        rule: { type: 'string', description: 'The id of the rule that found it.' },
        messageId: { type: 'string', description: "The rule's name for this kind of finding." },
        cause: {
          enum: CAUSES,
          description: 'What the API server calls it when it refuses the object for this; absent for all else.',
        },
        message: { type: 'string', description: 'What is wrong, in a full sentence.' },
        help: { type: 'string', description: 'What to do about it; may be empty.' },
        severity: { enum: ['error', 'warning', 'info'] },
        environments: {
          description: 'The environments in which it was found; empty when manifests were linted.',
          type: 'array',
          items: { type: 'string' },
        },
        chart: { type: 'string', description: "The chart's folder; absent when manifests were linted." },
        resource: { $ref: '#/definitions/resource' },
        path: {
          description:
            'The keys and list indexes that lead to the place in the object; of a field that the API server names otherwise, ' +
            'as it names it.',
          type: 'array',
          items: { type: ['string', 'integer'] },
        },
        location: {
          description: 'The best place known: in the template, else in the manifest.',
          allOf: [{ $ref: '#/definitions/location' }],
        },
        rendered: { description: 'The place in the manifest.', allOf: [{ $ref: '#/definitions/location' }] },
        values: {
          description: 'The values keys that feed the place.',
          type: 'array',
          items: { $ref: '#/definitions/value' },
        },
        related: {
          description: 'Other places that explain the finding.',
          type: 'array',
          items: { $ref: '#/definitions/related' },
        },
        fingerprint: {
          type: 'string',
          minLength: 1,
          description: 'Stays the same for the same finding, even when lines move.',
        },
        suppressed: { $ref: '#/definitions/suppression' },
      },
    },
    resource: {
      description: 'The Kubernetes object; absent when the finding belongs to none.',
      type: 'object',
      additionalProperties: false,
      required: ['apiVersion', 'kind', 'name'],
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        name: { type: 'string', description: 'Empty when the object has no name.' },
        namespace: { type: 'string', description: 'Absent when the object has none.' },
      },
    },
    location: {
      description: 'A range of a file, end-exclusive.',
      type: 'object',
      additionalProperties: false,
      required: ['file', 'line', 'column', 'endLine', 'endColumn'],
      properties: {
        file: { type: 'string', description: 'Relative to the working directory; `<stdin>` for standard input.' },
        line: POSITION,
        column: POSITION,
        endLine: POSITION,
        endColumn: POSITION,
      },
    },
    value: {
      description: 'A values key, and where it is set.',
      type: 'object',
      additionalProperties: false,
      required: ['key', 'file', 'line', 'column'],
      properties: {
        key: { type: 'string', description: 'As in `--set`, such as `config.database.host`.' },
        file: { type: 'string' },
        line: POSITION,
        column: POSITION,
      },
    },
    related: {
      type: 'object',
      additionalProperties: false,
      required: ['message', 'location'],
      properties: {
        message: { type: 'string', description: 'What is there, in a full sentence.' },
        location: { $ref: '#/definitions/location' },
      },
    },
    suppression: {
      description: 'Why the finding does not count; absent when it counts.',
      type: 'object',
      additionalProperties: false,
      required: ['by', 'reason'],
      properties: {
        by: {
          enum: ['comment', 'annotation', 'policy', 'baseline'],
          description: 'What accepts it: a comment or an annotation in the manifest, the policy, or the baseline file.',
        },
        reason: { type: 'string' },
      },
    },
    error: {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'message'],
      properties: {
        kind: {
          enum: ['syntax', 'render', 'config', 'input', 'rule'],
          description:
            '`syntax`: YAML that does not parse. `render`: a chart that does not render. `config`: a policy that cannot ' +
            'be used. `input`: a file that cannot be read, or holds nothing to lint. `rule`: a rule that crashed.',
        },
        message: { type: 'string', description: 'What is wrong and how to fix it, in full sentences.' },
        help: { type: 'string', description: 'Why, and what to write, where the message is that of Helm.' },
        location: {
          description: 'Absent when there is no location to show.',
          allOf: [{ $ref: '#/definitions/location' }],
        },
      },
    },
  },
} as const;
