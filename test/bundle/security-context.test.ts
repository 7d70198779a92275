import { describe, expect, it } from 'vitest';
import { Bundle } from '../../src/bundle/bundle.ts';
import { readResources } from '../../src/bundle/resource.ts';
import {
  effectiveField,
  hasUserNamespace,
  isMeantForWindows,
  podSecurityContexts,
  runsWindows,
  type InheritedField,
} from '../../src/bundle/security-context.ts';
import type { Workload } from '../../src/bundle/workload.ts';
import { SourceText } from '../../src/text/source.ts';
import { parseDocuments } from '../../src/yaml/parse.ts';

function workloadOf(text: string): Workload {
  const resources = [...parseDocuments(new SourceText('f.yaml', text))].flatMap(({ document }) =>
    document === undefined ? [] : readResources(document).resources,
  );
  const [workload] = new Bundle(resources).workloads;
  if (workload === undefined) throw new Error('no workload');
  return workload;
}

function pod(spec: string): Workload {
  return workloadOf(`{apiVersion: v1, kind: Pod, metadata: {name: observer}, spec: ${spec}}`);
}

function effective(workload: Workload, field: InheritedField): (string | undefined)[] {
  return workload.containers.map((container) => effectiveField(container, field)?.text);
}

describe('the field that counts for a container', () => {
  it("is its own, else its Pod's, whatever list the container is in", () => {
    const workload = pod(`{
      securityContext: {runAsUser: 1000},
      initContainers: [{name: init, securityContext: {runAsUser: 0}}],
      containers: [{name: main}, {name: empty, securityContext: {}}, {name: null, securityContext: {runAsUser: null}}],
      ephemeralContainers: [{name: debug, securityContext: {runAsUser: 7}}]}`);
    expect(effective(workload, 'runAsUser')).toEqual(['0', '1000', '1000', '1000', '7']);
  });

  it('is undefined where neither sets it', () => {
    const workload = pod('{securityContext: {runAsNonRoot: null}, containers: [{name: main}, null]}');
    expect(effective(workload, 'runAsNonRoot')).toEqual([undefined, undefined]);
  });

  it('is an empty profile where there is one', () => {
    const workload = pod('{containers: [{name: main, securityContext: {seccompProfile: {}}}]}');
    expect(workload.containers.map((container) => effectiveField(container, 'seccompProfile')?.isMapping)).toEqual([
      true,
    ]);
  });

  it("is that of the template of an Argo workflow, before the workflow's", () => {
    const workload = workloadOf(`
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: report}
spec:
  securityContext: {runAsUser: 1}
  templates:
    - {name: a, container: {image: a}}
    - {name: b, securityContext: {runAsUser: 2}, container: {image: b}, sidecars: [{name: c, securityContext: {runAsUser: 3}}]}
`);
    expect(effective(workload, 'runAsUser')).toEqual(['1', '2', '3']);
    expect(podSecurityContexts(workload).map((context) => context.at('runAsUser').number)).toEqual([1, 2]);
  });
});

it('a Pod runs on Windows when it says so', () => {
  expect(runsWindows(pod('{os: {name: windows}}'))).toBe(true);
  expect(runsWindows(pod('{os: {name: linux}}'))).toBe(false);
  expect(runsWindows(pod('{containers: []}'))).toBe(false);
});

it('a Pod is meant for Windows when it says so, or asks for such nodes', () => {
  expect(isMeantForWindows(pod('{os: {name: windows}}'))).toBe(true);
  expect(isMeantForWindows(pod('{nodeSelector: {kubernetes.io/os: windows}}'))).toBe(true);
  expect(isMeantForWindows(pod('{nodeSelector: {beta.kubernetes.io/os: windows}}'))).toBe(true);
  expect(isMeantForWindows(pod('{nodeSelector: {kubernetes.io/os: linux}}'))).toBe(false);
  expect(isMeantForWindows(pod('{containers: []}'))).toBe(false);
});

it('a Pod has users of its own when it does not share those of the node', () => {
  expect(hasUserNamespace(pod('{hostUsers: false}'))).toBe(true);
  expect(hasUserNamespace(pod('{hostUsers: null}'))).toBe(false);
  expect(hasUserNamespace(pod('{hostUsers: true}'))).toBe(false);
});

it('a bundle knows for which minor version of Kubernetes its objects are', () => {
  const minorOf = (kubeVersion: string | undefined): number => new Bundle([], { kubeVersion }).kubeMinor;
  expect(['1.27', 'v1.31.2', '1.99'].map(minorOf)).toEqual([27, 31, 99]);
  const newest = minorOf(undefined);
  expect(newest).toBeGreaterThanOrEqual(35);
  expect(minorOf('latest')).toBe(newest);
});
