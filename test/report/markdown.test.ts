import { describe, expect, it } from 'vitest';
import { reportMarkdown } from '../../src/report/markdown.ts';
import { HOSTILE, PLACE, SECRET, largeResult, resultCalled, resultTelling, sampleResult } from './hostile.ts';
import { finding, resultOf } from './sample.ts';

describe('reportMarkdown', () => {
  it('has totals, principles, and findings folded by file', () => {
    expect(reportMarkdown(sampleResult())).toBe(`<!-- chartlint -->

### ❌ chartlint: 1 error in 1 file; 1 suppressed

Policy <code>observer</code> · 1 resource · 2 environments: dev, prod

| | Principle | Clause | | Findings |
|---|---|---|---|--:|
| ❌ | <code>secret-delegation</code> | 2.2 | Secret keys are delegated | 1 |
| ✅ | <code>probes</code> |  | Probes are wired |  |
| ➖ | <code>volumes</code> | 4 | Volumes are named |  |

<details>
<summary><code>app.yaml</code>: 1 error</summary>

- ❌ **error**: ConfigMap app-config holds DB_PASSWORD, which belongs in a Secret.<br>
  <code>app.yaml:3:3</code> (ConfigMap/app-config, only in prod) · <code>secret-delegation/configmap-no-secret-keys</code> · clause 2.2<br>
  from <code>values-prod.yaml:3:5</code> <code>config.DB_PASSWORD</code><br>
  help: Move DB_PASSWORD to a Secret.

</details>
`);
  });

  it('says first what kept the run from being complete', () => {
    const errors = [
      { kind: 'render', message: 'It does not render:\nline two', location: undefined },
      { kind: 'syntax', message: 'Not valid YAML.', location: PLACE },
    ] as const;
    expect(reportMarkdown(resultOf({ errors })))
      .toContain(`### ❌ chartlint: No findings in 1 file; run incomplete (2 errors)

Policy <code>observer</code> · 1 resource

**The run is incomplete**: part of the input was not checked.

- **render error**<br>It does not render:<br>line two
- **syntax error** <code>app.yaml:3:3</code><br>Not valid YAML.
`);
  });

  it.each([
    ['a cell | of a table', 'a cell &#124; of a table'],
    ['`code` and *stress*', '&#96;code&#96; and &#42;stress&#42;'],
    ['_stress_, but DB_PASSWORD', '&#95;stress&#95;, but DB_PASSWORD'],
    ['<img src=x> &lt;', '&#60;img src=x&#62; &#38;lt;'],
    ['[link](https://a.b) ![x](y)', '&#91;link&#93;(https&#58;//a.b) !&#91;x&#93;(y)'],
    ['www.example.com', 'www&#46;example.com'],
    ['@team, #12 and GH-12', '@&#8203;team, #&#8203;12 and GH-&#8203;12'],
    ['8080:100:tcp', '8080:&#8203;100:tcp'],
    ['$x$ and a\\b', '&#36;x&#36; and a&#92;b'],
    ['a\u001bb\u202ec', 'a&#92;u001bb&#92;u202ec'],
  ])('shows %j as it is', (message, expected) => {
    expect(reportMarkdown(resultOf({ findings: [finding(PLACE, { message })] }))).toContain(
      `**error**: ${expected}<br>\n`,
    );
  });

  it('keeps hostile names in their places', () => {
    const markdown = reportMarkdown(resultCalled(HOSTILE));
    const lines = markdown.split('\n');
    expect(lines.filter((line) => line.startsWith('|'))).toHaveLength(3);
    expect(lines.filter((line) => line.startsWith('| '))[1]?.match(/\|/g)).toHaveLength(6);
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(3);
    expect([...markdown.matchAll(/<(?!!-- chartlint -->)\/?(\w*)/g)].map(([, name]) => name)).toEqual(
      expect.not.arrayContaining(['', 'h', 'img']),
    );
    // GitHub looks for no mentions in code.
    expect(markdown.replace(/<code>.*?<\/code>/g, '')).not.toMatch(/@(?!&#8203;)|`/);
  });

  it.each([1_000, 20_000])('fits into a comment with %d findings, and says what it leaves out', (total) => {
    const markdown = reportMarkdown(largeResult(total));
    expect(markdown.length).toBeLessThanOrEqual(65_000);
    expect(markdown.length).toBeGreaterThan(60_000);
    const shown = markdown.match(/^- /gm)?.length ?? 0;
    expect(markdown).toContain(`**${total - shown} findings left out**`);
    expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length);
  });

  it.each(['@', '|', '한', '😀'])('fits into a comment when every text is long and made of %s', (character) => {
    const result = resultCalled(character.repeat(5_000));
    const many = resultOf({
      ...result,
      sources: [],
      principles: result.principles.flatMap((principle) => Array.from({ length: 300 }, () => principle)),
      errors: result.errors.flatMap((error) => Array.from({ length: 300 }, () => error)),
    });
    const markdown = reportMarkdown(many);
    expect(markdown.length).toBeLessThanOrEqual(65_000);
    expect(markdown).toMatch(/^… and \d+ principles more$/m);
    expect(markdown).toMatch(/^- … and \d+ errors more$/m);
    expect(markdown).not.toMatch(/\p{Cs}/u);
  });

  it('shows no secrets, and says when there is nothing to say', () => {
    expect(reportMarkdown(resultTelling(SECRET))).not.toContain(SECRET);
    expect(reportMarkdown(resultOf())).toBe(
      '<!-- chartlint -->\n\n### ✅ chartlint: No findings in 1 file\n\nPolicy <code>observer</code> · 1 resource\n',
    );
  });
});
