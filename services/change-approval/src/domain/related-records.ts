import type { ChangeEvent } from '@slipway/contracts';
import { type Decision, type Message, reject, type Stamped } from '@slipway/event-sourcing';

type Linked = Extract<ChangeEvent, { type: 'RelatedRecordLinked' }>['data'];
type RelatedEvent = Extract<ChangeEvent, { type: 'RelatedRecordLinked' | 'RelatedRecordUnlinked' }>;

/** An incident or a problem that a change has to do with. */
export type RelatedRecord = Pick<Linked, 'record' | 'recordId' | 'relation'>;
type Related = Readonly<{ related: readonly RelatedRecord[] }>;

export type LinkRecord = Message<'LinkRecord', RelatedRecord>;
export type UnlinkRecord = Message<'UnlinkRecord', Omit<RelatedRecord, 'relation'> & { reason: string }>;
export type RelatedRefusal = 'not-linked' | 'too-many-links';
type RelatedDecision = Decision<ChangeEvent, RelatedRefusal>;

export const MOST_LINKS = 200;

const isSame = (one: Omit<RelatedRecord, 'relation'>, other: Omit<RelatedRecord, 'relation'>): boolean =>
  one.record === other.record && one.recordId === other.recordId;

/** One relation a record: another takes the place of the one before. */
export const linkRecord = ({ data, stamp }: Stamped<LinkRecord>, { related }: Related): RelatedDecision => {
  const known = related.find(each => isSame(each, data));
  if (known?.relation === data.relation) return [];
  if (!known && related.length >= MOST_LINKS)
    return reject('too-many-links', `A change is linked to at most ${MOST_LINKS} incidents and problems.`);
  return [{ type: 'RelatedRecordLinked', data: { ...data, ...stamp } }];
};

export const unlinkRecord = ({ data, stamp }: Stamped<UnlinkRecord>, { related }: Related): RelatedDecision =>
  related.some(each => isSame(each, data))
    ? [{ type: 'RelatedRecordUnlinked', data: { ...data, ...stamp } }]
    : reject('not-linked', 'The change is not linked to that record.');

export const evolveRelated = (
  related: readonly RelatedRecord[],
  { type, data }: RelatedEvent,
): readonly RelatedRecord[] => {
  const others = related.filter(each => !isSame(each, data));
  if (type === 'RelatedRecordUnlinked') return others;
  const { record, recordId, relation } = data;
  return [...others, { record, recordId, relation }];
};
