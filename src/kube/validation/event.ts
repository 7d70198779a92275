import { all, checkFormat } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_SUBDOMAIN, PATH_SEGMENT, QUALIFIED_NAME } from './formats.ts';
import { metadata } from './metadata.ts';

const LONGEST_WORD = 128;
const LONGEST_NOTE = 1024;

/** What the fields of an event are called in its API version. */
interface Names {
  readonly regarding: string;
  readonly controller: string;
  readonly note: string;
  /** As `controller`, in the API server's messages. */
  readonly controllerThere: string;
}

const CORE: Names = {
  regarding: 'involvedObject',
  controller: 'reportingComponent',
  controllerThere: 'reportingComponent',
  note: 'message',
};
const EVENTS: Names = {
  regarding: 'regarding',
  controller: 'reportingController',
  controllerThere: 'reportingController',
  note: 'note',
};

function word(field: Field): void {
  if (field.isEmpty) field.required('where eventTime is set');
  if (field.text.length > LONGEST_WORD) longerThan(LONGEST_WORD, field);
}

function longerThan(most: number, field: Field): void {
  field.invalid(`is longer than ${most} characters`, `Use at most ${most} characters`);
}

/** The namespace of the event, and that of the object that it is about. */
function checkNamespace(event: Field, { regarding }: Names): void {
  const own = event.at('metadata', 'namespace').text;
  const field = event.at(regarding).as('involvedObject').at('namespace');
  // The namespace of the release is not known here.
  if (own === '') return;
  const isNew = event.at('eventTime').isSet;
  const allowed = isNew ? ['default', 'kube-system'] : ['default'];
  const isRight = field.isEmpty ? allowed.includes(own) : isNew || field.text === own;
  if (!isRight) {
    field.invalid(
      'is not the namespace of the event',
      `Write ${own}, or give the event the namespace of what it is about`,
    );
  }
}

function eventOf(names: Names): Check {
  return (event) => {
    checkNamespace(event, names);
    if (!event.at('eventTime').isSet) return;
    const controller = event.at(names.controller).as(names.controllerThere);
    if (controller.isEmpty) controller.required('where eventTime is set');
    else checkFormat(controller, QUALIFIED_NAME);
    word(event.at('reportingInstance'));
    word(event.at('action'));
    word(event.at('reason'));
    const note = event.at(names.note).as('message');
    if (note.text.length > LONGEST_NOTE) longerThan(LONGEST_NOTE, note);
  };
}

/** Of v1: what old clients send is accepted. */
export const coreEvent = all(metadata({ name: PATH_SEGMENT, knownFinalizers: false }), eventOf(CORE));

/** What only old clients set, and what the API server calls it. */
const DEPRECATED = [
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
] as const;

export const event = all(metadata({ name: DNS_SUBDOMAIN }), eventOf(EVENTS), (object) => {
  const time = object.at('eventTime');
  if (!time.isSet) time.required();
  const type = object.at('type');
  if (!['Normal', 'Warning'].includes(type.text)) {
    type.invalid(type.isSet ? 'is not Normal or Warning' : 'is missing', 'Write Normal or Warning');
  }
  for (const [name, there] of DEPRECATED) {
    const field = object.at(name).as(there);
    if (!field.isEmpty) field.invalid('is deprecated and must not be set', `Remove ${name}`);
  }
  const source = object.at('deprecatedSource').as('source');
  if (!source.at('component').isEmpty || !source.at('host').isEmpty) {
    source.invalid('is deprecated and must not be set', 'Remove deprecatedSource');
  }
  const series = object.at('series');
  if (!series.isSet) return;
  const count = series.at('count');
  if ((count.number ?? 0) < 2) count.invalid(count.isSet ? 'is less than 2' : 'is missing', 'Write 2 or more');
  if (!series.at('lastObservedTime').isSet) series.at('lastObservedTime').required();
});
