import { type Lines, listed, optionsOf } from './line.ts';

/** `slipway <record> <action> <id> <word> …`: what a field of the request says is a word of the line. */
const withWord =
  (action: string, field: string): Lines[string] =>
  (record, id, { [field]: word, ...said }) => ({ words: [record, action, id, String(word), ...optionsOf(said)] });

/** A change prints its tasks alone. */
const onTask =
  (action: string): Lines[string] =>
  (record, id, { task, ...said }) => ({
    words: [record, action, id, task, ...optionsOf(said)],
    read: listed('tasks'),
  });

const judged =
  (action: string): Lines[string] =>
  (record, id, { contentDigest: digest, ...said }) => ({
    words: [record, action, id, ...optionsOf({ digest, ...said })],
  });

const linked =
  (action: string): Lines[string] =>
  (record, id, { url: href, ...said }) => ({ words: [record, action, id, ...optionsOf({ ...said, href })] });

/** Of changes, deployments, incidents, problems and reviews, as far as they differ from the request. */
export const recordLines: Lines = {
  comment: withWord('comment', 'text'),
  'link-file': linked('link-file'),
  'link-log': linked('link-log'),
  'change approve': judged('approve'),
  'change reject': judged('reject'),
  'change review': (record, id, { closeCode: code, ...said }) => ({
    words: [record, 'review', id, ...optionsOf({ code, ...said })],
  }),
  'change add-task': (record, id, said) => ({
    words: [record, 'add-task', id, ...optionsOf(said)],
    read: listed('tasks'),
  }),
  'change finish-task': onTask('finish-task'),
  'change drop-task': onTask('drop-task'),
  'deployment verify': (record, id, { checks: check, occurredAt: at, ...said }) => ({
    words: [record, 'verify', id, ...optionsOf({ ...said, check, at })],
  }),
  'incident correct-impact-start': (record, id, { impactStartedAt: since, ...said }) => ({
    words: [record, 'correct-impact-start', id, ...optionsOf({ since, ...said })],
  }),
  'incident confirm-cause': (record, id, { primary, ...said }) => ({
    words: [record, 'confirm-cause', id, ...optionsOf({ ...said, secondary: primary === false })],
  }),
  'incident complete-task': withWord('complete-task', 'task'),
  'problem record-workaround': withWord('record-workaround', 'workaround'),
  'problem link-change': withWord('link-change', 'change'),
  'review give-feedback': withWord('give-feedback', 'text'),
  'review hold': (record, id, { attendees: attendee, occurredAt: at, ...said }) => ({
    words: [record, 'hold', id, ...optionsOf({ ...said, attendee, at })],
  }),
  'review record-finding': withWord('record-finding', 'text'),
  'review complete-action': withWord('complete-action', 'task'),
};
