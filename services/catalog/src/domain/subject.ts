import type { Dropped, SubjectEvent } from '@slipway/contracts';
import type { Decider, Decision, Message, Stamped } from '@slipway/event-sourcing';

/** `dropped`: what the directory has dropped of this person by now. */
export type EraseSubject = Message<
  'EraseSubject',
  Readonly<{ person: string; linkUntil?: string; dropped: readonly Dropped[] }>
>;

export type SubjectStatus = 'Known' | 'Linked' | 'Erased';
export type SubjectState = Readonly<{ status: 'Known' | 'Erased' }> | Readonly<{ status: 'Linked'; linkUntil: string }>;

/** Nobody comes back: what the directory dropped is gone. */
export const subjectMoves: Readonly<Record<SubjectStatus, Readonly<Record<string, readonly SubjectStatus[]>>>> = {
  Known: { EraseSubject: ['Linked', 'Erased'] },
  Linked: { EraseSubject: ['Linked', 'Erased'] },
  Erased: { EraseSubject: ['Erased'] },
};

const decide = ({ data, stamp }: Stamped<EraseSubject>, state: SubjectState): Decision<SubjectEvent, never> => {
  if (state.status === 'Erased') return [];
  if (state.status === 'Linked' && state.linkUntil === data.linkUntil) return [];
  return [{ type: 'SubjectErased', data: { ...data, ...stamp } }];
};

const evolve = (_state: SubjectState, { data: { linkUntil } }: SubjectEvent): SubjectState =>
  linkUntil === undefined ? { status: 'Erased' } : { status: 'Linked', linkUntil };

export const subject: Decider<EraseSubject, SubjectEvent, SubjectState, never> = {
  initialState: { status: 'Known' },
  decide,
  evolve,
};
