import type { OptionSchema, OptionsSchema } from '../rule/options.ts';
import type { Rule } from '../rule/rule.ts';

/** An example of a rule's page: one of the rule's fixtures, which the tests run. */
export interface RuleExample {
  /** `pass….yaml` or `fail….yaml`. */
  readonly name: string;
  readonly text: string;
}

/** The documentation of a rule as Markdown. */
export function rulePage(id: string, { meta, scope, selects }: Rule, examples: readonly RuleExample[]): string {
  const { summary, why, help, references, severity, recommended, messages, options } = meta;
  const helps = typeof help === 'string' ? undefined : help;
  return [
    `# ${id}`,
    `${summary}.`,
    `Applies to: ${SCOPES[selects ?? scope]}. Severity: ${severity}.${recommended ? ' Part of the `recommended` policy.' : ''}`,
    `## Why\n\n${why}`,
    `## Messages\n\n${Object.entries(messages)
      .map(
        ([name, text]) =>
          `- \`${name}\`: ${readable(text)}${helps === undefined ? '' : ` ${readable(helps[name] ?? '')}`}`,
      )
      .join('\n')}${helps === undefined ? `\n\n${readable(String(help))}` : ''}`,
    ...(options?.properties === undefined ? [] : [`## Options\n\n${describeOptions(options, '').join('\n')}`]),
    ...describeExamples(examples),
    `## References\n\n${references.map((reference) => `- <${reference}>`).join('\n')}\n`,
  ].join('\n\n');
}

const SCOPES: Readonly<Record<Rule['scope'], string>> = {
  resource: 'every resource',
  configMap: 'ConfigMaps',
  secret: 'every provider of a Secret: Secrets, SealedSecrets and ExternalSecrets',
  workload: 'every kind that contains a Pod template',
  container: 'containers',
  bundle: 'all resources of an environment',
  document: 'documents, and the YAML files of charts',
  chart: 'charts',
  environments: 'all environments of a chart, side by side',
};

/** `{{key}}` as a person writes it: `<key>`. Holes side by side stand in one span of code. */
function readable(text: string): string {
  return text.replace(/(?:\{\{\w+\}\})+/g, (holes) => `\`${holes.replaceAll('{{', '<').replaceAll('}}', '>')}\``);
}

function describeOptions({ properties = {}, required = [] }: OptionsSchema, indent: string): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const inner = schema.type === 'array' ? schema.items : schema;
    const sentences = [
      ...(schema.description === undefined ? [] : [schema.description]),
      ...('enum' in inner && inner.enum !== undefined
        ? [
            `${schema.type === 'array' ? 'Each is one' : 'One'} of ${inner.enum.map((value) => `\`${value}\``).join(', ')}.`,
          ]
        : []),
      ...(required.includes(name) ? ['Required.'] : []),
      ...('default' in schema && schema.default !== undefined
        ? [`Default: \`${JSON.stringify(schema.default)}\`.`]
        : []),
    ];
    const line = `${indent}- \`${name}\` (${typeOf(schema)}): ${sentences.join(' ')}`;
    return [line, ...(inner.type === 'object' ? describeOptions(inner, `${indent}  `) : [])];
  });
}

function typeOf(schema: OptionSchema): string {
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}s`;
  return schema.type === 'object' ? 'mapping' : schema.type;
}

/** The shortest of each kind: a page is for reading; the other fixtures are for the tests. */
function describeExamples(examples: readonly RuleExample[]): string[] {
  return (['fail', 'pass'] as const).flatMap((kind) => {
    const [example] = examples
      .filter(({ name }) => name.startsWith(kind))
      .toSorted((a, b) => a.text.length - b.text.length);
    if (example === undefined) return [];
    const title = kind === 'fail' ? 'Findings, at the lines marked `# expect`' : 'No findings';
    return [`## ${title}\n\n\`\`\`yaml\n${example.text.trim()}\n\`\`\``];
  });
}
