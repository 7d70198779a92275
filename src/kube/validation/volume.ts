import { between, checkFormat, each, fields, fileMode, onlyOne, required } from './checks.ts';
import { claimSpec } from './claim.ts';
import { pullPolicy } from './image.ts';
import { FILE_PATHS, fieldRef, resourceFieldRef } from './environment.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL } from './formats.ts';
import { templateMetadata } from './metadata.ts';
import { fileInVolume } from './path.ts';
import { notNegativeQuantity } from './quantity.ts';
import { keyItems, POD_SOURCES } from './volume-source.ts';

const file = fields(
  {
    path: required(fileInVolume),
    mode: fileMode,
    fieldRef: fieldRef(FILE_PATHS),
    resourceFieldRef: resourceFieldRef({ needsContainer: true }),
  },
  (each) => {
    const given = ['fieldRef', 'resourceFieldRef'].filter((name) => each.at(name).isSet);
    if (given.length === 0) each.required('with fieldRef or resourceFieldRef', 'Add fieldRef or resourceFieldRef');
    if (given.length === 2) each.invalid('has both fieldRef and resourceFieldRef', 'Leave one of the two');
  },
);

const files: Check = (list) => each((item) => file(item.as()))(list.as());

const TEN_MINUTES = 600;

/** What a projected volume can be made of. Sources whose feature is off are dropped, so nothing is said of them. */
const PROJECTIONS: Readonly<Record<string, Check>> = {
  secret: fields({ name: required(), items: keyItems }),
  configMap: fields({ name: required(), items: keyItems }),
  downwardAPI: fields({ items: files }),
  serviceAccountToken: fields({ expirationSeconds: between(TEN_MINUTES, 2 ** 32), path: required(fileInVolume) }),
};

const projections = fields(PROJECTIONS);

const projection: Check = (source) => {
  projections(source);
  const [, ...others] = Object.keys(PROJECTIONS).filter((name) => source.at(name).isSet);
  for (const name of others) source.at(name).forbidden('beside another source', 'Make it an item of its own');
};

const projected = fields({ defaultMode: fileMode, sources: each(projection) }, (volume) => {
  const seen = new Set<string>();
  for (const source of volume.at('sources').items()) {
    for (const path of pathsOf(source)) {
      if (path.text !== '' && seen.has(path.text))
        path.invalid('is the path of another file', 'Give each file its own path');
      seen.add(path.text);
    }
  }
});

/** Where a source puts its files. A token may stand where another file does. */
function pathsOf(source: Field): Field[] {
  return ['secret', 'configMap', 'downwardAPI'].flatMap((name) => {
    return source
      .at(name, 'items')
      .items()
      .map((item) => item.at('path'));
  });
}

const claimTemplate = fields({ spec: claimSpec }, (template) => {
  const metadata = template.at('metadata');
  templateMetadata(metadata);
  for (const [key, value] of metadata.entries()) {
    if (key !== 'labels' && key !== 'annotations' && !value.isEmpty) value.forbidden('in the template of a claim');
  }
  if (!template.at('spec').isSet) claimSpec(template.at('spec'));
});

const image: Check = (source) => {
  // Dropped, it leaves a volume of no type.
  if (!source.api.has('imageVolume')) {
    source.forbidden('before Kubernetes 1.35: image volumes are off by default', 'Use another type of volume');
    return;
  }
  pullPolicy(source.at('pullPolicy'));
  // image → volume → volumes → spec → Pod: a template may leave the reference to who makes Pods of it.
  const isInPod = source.parent?.parent?.parent?.parent?.parent === undefined;
  if (isInPod && source.at('reference').isEmpty) source.at('reference').required();
};

const SOURCES: Readonly<Record<string, Check>> = {
  ...POD_SOURCES,
  emptyDir: fields({ sizeLimit: notNegativeQuantity }),
  downwardAPI: fields({ defaultMode: fileMode, items: files }),
  projected,
  ephemeral: fields({ volumeClaimTemplate: claimTemplate }, (volume) => {
    if (!volume.at('volumeClaimTemplate').isSet) volume.at('volumeClaimTemplate').required();
  }),
  image,
};

const oneSource = onlyOne(Object.keys(SOURCES), 'type of volume', 'none');
const source = fields(SOURCES);

/**
 * `volumes` of a Pod. Without a source, a volume is an emptyDir.
 * @param claimed names of claims, which stand for the volumes of their names
 * @returns the volumes by their names
 */
export function checkVolumes(list: Field, claimed: readonly string[]): Map<string, Field> {
  const volumes = new Map<string, Field>();
  for (const volume of list.items()) {
    const name = volume.at('name');
    if (claimed.includes(name.text)) continue;
    if (name.isEmpty) name.required();
    else checkFormat(name, DNS_LABEL);
    if (volumes.has(name.text)) name.duplicate(`the volume ${name.text}`);
    source(volume);
    oneSource(volume);
    volumes.set(name.text, volume);
  }
  return volumes;
}
