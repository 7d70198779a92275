import { describe, expect, it } from 'vitest';
import { loadVerdicts } from '../../src/kube/verdict.ts';
import { parseNode } from './validation/parse-node.ts';

async function placesOf(apiVersion: string, kind: string, fields: string): Promise<string[]> {
  const verdicts = await loadVerdicts([{ apiVersion, kind }]);
  const node = parseNode(`{apiVersion: ${apiVersion}, kind: ${kind}, ${fields}}`);
  return verdicts.judge(apiVersion, kind, node, { unknownFields: 'all' }).map(({ path }) => path.join('.'));
}

const ENCRYPTED = '"ENC[AES256_GCM,data:Zm9v,iv:YWJj,tag:ZGVm,type:str]"';
const SOPS = `sops: {mac: ${ENCRYPTED}, version: 3.8.1}`;
const AVP = 'annotations: {avp.kubernetes.io/path: secret/data/app}';

describe('values that are not there yet', () => {
  it.each([
    ['SOPS', 'Secret', `metadata: {name: a}, data: {A: ${ENCRYPTED}}, ${SOPS}`],
    [
      'SOPS, in a field of another type',
      'Pod',
      `metadata: {name: a}, spec: {containers: [{name: a, image: a}], priority: ${ENCRYPTED}}, ${SOPS}`,
    ],
    ['a path of Argo CD Vault Plugin', 'Secret', 'metadata: {name: a}, data: {A: "<path:secret/data/app#token>"}'],
    ['a key of Argo CD Vault Plugin', 'Secret', `metadata: {name: a, ${AVP}}, data: {A: "<password | base64encode>"}`],
    ['vals', 'Secret', 'metadata: {name: a}, data: {A: "ref+vault://secret/app#/token"}'],
    ['Bank-Vaults', 'Secret', 'metadata: {name: a}, data: {A: "vault:secret/data/app#TOKEN"}'],
    ['1Password', 'Secret', 'metadata: {name: a}, data: {A: "op://vault/item/field"}'],
    ['envsubst', 'Secret', 'metadata: {name: a}, data: {A: "${TOKEN}"}'],
  ])('of %s are no mistakes', async (_, kind, fields) => {
    expect(await placesOf('v1', kind, fields)).toEqual([]);
  });

  it('do not excuse the others', async () => {
    const fields = `metadata: {name: a}, data: {A: ${ENCRYPTED}, B: "not base64", "c d": ${ENCRYPTED}}, extra: 1, ${SOPS}`;
    expect(new Set(await placesOf('v1', 'Secret', fields))).toEqual(new Set(['data.B', 'data.c d', 'extra']));
  });

  it('need their tool', async () => {
    expect(await placesOf('v1', 'Secret', `metadata: {name: a}, data: {A: ${ENCRYPTED}}`)).toEqual(['data.A']);
    expect(await placesOf('v1', 'Secret', 'metadata: {name: a}, data: {A: "<password>"}')).toEqual(['data.A']);
    expect(await placesOf('v1', 'ConfigMap', 'metadata: {name: "vault:a"}')).toEqual(['metadata.name']);
    expect(await placesOf('v1', 'ConfigMap', 'metadata: {name: a}, sops: {}')).toEqual(['sops']);
  });
});
