import { commentOn, joinValue, makeYaml, pairOf, printYaml } from '../../policy/write-yaml.ts';
import { BASELINE_FILE_NAME } from '../baseline/baseline.ts';

/** A policy for all charts of a folder, which their own policies extend. */
export function writeRootPolicy(name: string): string {
  const document = makeYaml({ version: 1, name, extends: ['recommended'], baseline: BASELINE_FILE_NAME });
  const root = document.contents;
  commentOn(pairOf(root, 'version'), [
    'What all charts have in common, written by chartlint init: the policies of the charts extend it. Add principles here',
    'that hold for all of them.',
  ]);
  commentOn(pairOf(root, 'extends'), [
    'What breaks a release or leaks a secret, in any chart. chartlint policy prints it in full.',
  ]);
  joinValue(pairOf(root, 'extends'), 0);
  commentOn(pairOf(root, 'baseline'), [
    'What does not hold today: accepted findings. Fix them, and run chartlint baseline --prune.',
  ]);
  return printYaml(document);
}
