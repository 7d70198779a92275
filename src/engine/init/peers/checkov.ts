import { matchesGlob } from '../../../text/glob.ts';
import { annotationsOf, listOf, NAME_INPUTS, type Configuration, type Peer } from './configuration.ts';

const ANNOTATION = /^(?:checkov|bridgecrew|cortex)\.io\/skip/;
const COMMENT = /#.*?(?:checkov|bridgecrew|cortex):skip=\s*([\w,-]+)(?::([^\n]*))?/g;

/** https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html */
export const CHECKOV: Peer = {
  title: 'Checkov',
  files: ['.checkov.yaml', '.checkov.yml'],
  read([file], all): Configuration {
    const chosen = listOf(file?.root?.at('check'));
    const skipped = listOf(file?.root?.at('skip-check'));
    const isIn = (name: string, list: readonly string[]): boolean => list.some((glob) => matchesGlob(name, glob));
    const names = [...all.keys()].filter((name) => {
      return (chosen.length === 0 || isIn(name, chosen)) && !isIn(name, skipped);
    });
    const others = [...chosen, ...skipped].filter((glob) => ![...all.keys()].some((name) => matchesGlob(name, glob)));
    return {
      checks: names.map((name) => ({ name, severity: 'error' })),
      exemptions: [],
      left: [
        ...others.map((what) => ({ what, why: 'It is not a check of Kubernetes objects.' })),
        ...listOf(file?.root?.at('skip-path')).map((path) => ({ what: `skip-path ${path}`, why: NAME_INPUTS })),
      ],
    };
  },
  exemptionsOf({ root, text }) {
    const annotated = annotationsOf(root).flatMap(([key, value]) => {
      if (!ANNOTATION.test(key)) return [];
      const [, check = '', reason] = /^\s*([^=]*?)\s*(?:=(.*))?$/s.exec(value) ?? [];
      return [{ check, reason: reason?.trim() }];
    });
    const commented = [...text.matchAll(COMMENT)].flatMap(([, checks = '', reason]) => {
      return checks.split(',').map((check) => ({ check, reason: reason?.trim() }));
    });
    return { exemptions: [...annotated, ...commented] };
  },
};
