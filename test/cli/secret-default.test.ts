import { expect, it } from 'vitest';
import { chartlint, folderWith } from './chartlint.ts';

it('does not print the secret that a default puts in the place of false', () => {
  const folder = folderWith({
    'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'web/values.yaml': 'plain: false\ndb: { password: hunter2hunter2 }\n',
    'web/templates/c.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: { name: web }\n' +
      'stringData: { A: {{ coalesce .Values.plain .Values.db.password | quote }} }\n',
  });
  for (const format of ['pretty', 'json', 'html', 'sarif']) {
    const { stdout } = chartlint(['web', '--policy', 'recommended', '--format', format], { folder });
    expect(stdout).toContain('plain is set to false, but the result is another value');
    expect(stdout).not.toContain('hunter2');
  }
});
