import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { helmPath } from '../../scripts/unpack-helm.mjs';
import { chartlintJson, folderWith } from './chartlint.ts';

const EVERYTHING = `version: 1
extends: [recommended]
principles:
  values:
    title: Values are declared and read
    checks: [{ rule: values-unused }, { rule: values-overlay-keys }, { rule: values-undeclared }]
`;

const helm = helmPath() ?? 'helm';

it('has nothing to say about the values of the chart that helm create makes', { timeout: 60_000 }, () => {
  const folder = folderWith({ 'p.yaml': EVERYTHING });
  expect(spawnSync(helm, ['create', 'web'], { cwd: folder }).status).toBe(0);
  writeFileSync(
    join(folder, 'web/values-prod.yaml'),
    'replicaCount: 0\nautoscaling: { enabled: true }\ningress: { enabled: true }\nfullnameOverride: null\n',
  );
  const { status, report } = chartlintJson(['web', '--policy', 'p.yaml'], { folder });
  expect(report.findings).toEqual([]);
  expect(report.environments).toEqual(['default', 'prod']);
  expect(status).toBe(0);
});
