import { basename } from 'node:path';
import { BUILT_IN_POLICIES } from '../../../policy/built-in.generated.ts';
import { loadRules } from '../../../rule/load-rules.ts';
import type { Rules } from '../../../rule/rule.ts';
import { IGNORES_PRINCIPLE } from '../../../policy/ignores-principle.ts';
import { readFile } from '../../../files/read-file.ts';
import { run } from '../../run/run.ts';
import { UserError } from '../../user-error.ts';
import { nearMiss } from '../../../text/near-miss.ts';
import type { Exemption, Left, TakenCheck } from './configuration.ts';
import { findConfiguration } from './find-configuration.ts';
import type { PeerCheck } from './peer-check.ts';
import { PEER_CHECKS } from './peer-checks.generated.ts';
import { PEERS } from './peers.ts';
import { plan, type Plan } from './plan.ts';
import { policyText } from './policy-text.ts';
import { readObjects } from './read-objects.ts';

export interface TakeOverRequest {
  /** `kube-linter`, or `kube-linter=FILE`. */
  readonly from: string;
  /** What the policy is for: a chart, or a folder with charts and manifests; absolute. */
  readonly folder: string;
  /** Where the policy will be; absolute. */
  readonly file: string;
  readonly workingDirectory: string;
  readonly rules: Rules;
  readonly now: Date;
}

export interface TakenPolicy {
  readonly text: string;
  /** What the other linter is called. */
  readonly title: string;
  /** What was read of it. */
  readonly files: readonly string[];
  readonly checks: number;
  readonly exemptions: number;
  /** Exemptions from what is not found. */
  readonly unneeded: number;
  readonly left: readonly Left[];
}

/**
 * Makes a policy of what another linter checks and accepts.
 * @throws UserError when there is no such linter, or its configuration cannot be read
 */
export async function takeOver(request: TakeOverRequest): Promise<TakenPolicy> {
  const { from, folder, workingDirectory, now } = request;
  const [, name = from, named] = /^([^=]*)=(.*)$/s.exec(from) ?? [];
  const peer = PEERS.get(name);
  if (peer === undefined) {
    const meant = nearMiss(name, PEERS.keys());
    const hint = meant === undefined ? `Expected one of: ${[...PEERS.keys()].join(', ')}.` : `Did you mean ${meant}?`;
    throw new UserError(`chartlint cannot take over from ${name}. ${hint}`);
  }
  const files = findConfiguration(peer, folder, named, workingDirectory);
  const table = checksOf(name);
  const configuration = peer.read(files, table);
  const { objects, failed } = await readObjects(folder, workingDirectory, now);
  const own = objects.map((object) => ({
    ...peer.exemptionsOf(object),
    kind: object.kind,
    resource: `${object.kind}/${object.name}`,
    objectName: object.name,
  }));
  const exemptions: Exemption[] = [
    ...configuration.exemptions,
    ...own.flatMap((object) => object.exemptions.map((exemption) => ({ ...exemption, resource: object.resource }))),
  ];
  const enabled = own.flatMap(({ enabled: names = [], kind, objectName }) => {
    return names.map((check): TakenCheck => ({ name: check, match: { kinds: [kind], names: [objectName] } }));
  });
  const checks = [...configuration.checks, ...enabled.filter((check) => !isTaken(check, configuration.checks))];
  const parent = await BUILT_IN_POLICIES.get('recommended')?.load();
  if (parent === undefined) throw new TypeError('There is no policy recommended.');
  const planned = plan(checks, exemptions, {
    title: peer.title,
    table,
    rules: await loadRules(request.rules),
    parent: parent.default,
  });
  const left = [
    ...configuration.left,
    ...planned.left,
    ...failed.map((chart) => ({ what: `exemptions in ${chart}`, why: 'The chart does not render.' })),
  ];
  const read = files.filter(({ root, text }) => root !== undefined || text !== '').map(({ path }) => path);
  const draft = { name: basename(folder), title: peer.title, files: read, kubeVersion: configuration.kubeVersion };
  const ignores = await neededIgnores(planned, (kept) => policyText({ ...draft, ...kept, left }), request);
  return {
    text: policyText({ ...draft, principles: planned.principles, ignores, left }),
    title: peer.title,
    files: read,
    checks: configuration.checks.length,
    exemptions: ignores.length,
    unneeded: planned.ignores.length - ignores.length,
    left,
  };
}

function isTaken({ name }: TakenCheck, checks: readonly TakenCheck[]): boolean {
  return checks.some((check) => check.name === name && check.match === undefined);
}

/** The checks of one linter, by their names there. */
function checksOf(peer: string): ReadonlyMap<string, PeerCheck> {
  const prefix = `${peer}/`;
  const own = [...PEER_CHECKS].filter(([id]) => id.startsWith(prefix));
  return new Map(own.map(([id, check]) => [id.slice(prefix.length), check]));
}

/** The ignores that match something: the others would be findings themselves. */
async function neededIgnores(
  planned: Plan,
  write: (kept: Plan) => string,
  { folder, file, workingDirectory, rules, now }: TakeOverRequest,
): Promise<Plan['ignores']> {
  const text = write(planned);
  const { findings, errors } = await run({
    inputs: [folder],
    config: file,
    readPolicyFile: (path) => (path === file ? text : readFile(path).toString('utf8')),
    workingDirectory,
    stdinFilename: '<stdin>',
    readStdin: async () => new Uint8Array(),
    allowEmpty: true,
    now,
    rules,
  });
  const wrong = errors.find(({ kind }) => kind === 'config');
  if (wrong !== undefined) throw new TypeError(`The policy that was made is wrong: ${wrong.message}`);
  const lines = text.split('\n');
  const unneeded = findings.filter(
    ({ principle, messageId }) => principle === IGNORES_PRINCIPLE && messageId === 'unused',
  );
  const first = lines.findIndex((line) => line.startsWith('ignore:')) + 1;
  const starts = lines.flatMap((line, index) => (index >= first && line.startsWith('  - ') ? [index + 1] : []));
  const unused = new Set(unneeded.map(({ location }) => starts.findLastIndex((line) => line <= location.line)));
  return planned.ignores.filter((_, index) => !unused.has(index));
}
