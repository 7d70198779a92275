import { CHECKOV } from './checkov.ts';
import type { Peer } from './configuration.ts';
import { KUBE_LINTER } from './kube-linter.ts';
import { KUBE_SCORE } from './kube-score.ts';
import { PLUTO } from './pluto.ts';
import { POLARIS } from './polaris.ts';
import { TRIVY } from './trivy.ts';

/** The linters whose configuration can be taken over, by the names that `init --from` takes. */
export const PEERS: ReadonlyMap<string, Peer> = new Map([
  ['kube-linter', KUBE_LINTER],
  ['kube-score', KUBE_SCORE],
  ['polaris', POLARIS],
  ['checkov', CHECKOV],
  ['trivy', TRIVY],
  ['pluto', PLUTO],
]);
