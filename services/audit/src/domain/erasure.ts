import type { Dropped, ErasureEvent, RetentionClass } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import { erasureMoves } from './erasure-moves.ts';

type FactsOf<Type extends ErasureEvent['type']> = Omit<Extract<ErasureEvent, { type: Type }>['data'], keyof Stamp>;

/** What he did that has to be accounted for, and until when: of each class the last, also of what is over. */
export type Retained = Readonly<{ class: RetentionClass; until: string }>;

export type RequestErasure = Message<'RequestErasure', FactsOf<'ErasureRequested'> & { retained: readonly Retained[] }>;
/** Again, when what had to be kept need not be any more. */
export type JudgeErasure = Message<'JudgeErasure', FactsOf<'ErasureGranted'> & { retained: readonly Retained[] }>;
export type RecordErasure = Message<'RecordErasure', { dropped: readonly Dropped[] }>;
export type LookUpSubject = Message<'LookUpSubject', { reason: string }>;
export type ErasureCommand = RequestErasure | JudgeErasure | RecordErasure | LookUpSubject;

export type ErasureCode = 'not-found' | 'erased' | 'retention-over';

export type ErasureState =
  | Readonly<{ status: 'None' }>
  | Readonly<{ status: 'Refused'; person: string; until: string; dropped: readonly Dropped[] }>
  | Readonly<{ status: 'Granted'; dropped: readonly Dropped[] }>;

type Decided = Decision<ErasureEvent, ErasureCode>;

const request = ({ data, stamp }: Stamped<RequestErasure>, state: ErasureState): Decided => {
  if (state.status !== 'None') return [];
  const { retained, ...asked } = data;
  return [{ type: 'ErasureRequested', data: { ...asked, ...stamp } }, judgement(data, retained, stamp)];
};

const judge = ({ data, stamp }: Stamped<JudgeErasure>, state: ErasureState): Decided =>
  state.status === 'Refused' ? [judgement(data, data.retained, stamp)] : [];

const judgement = (
  { person, alsoKnownAs }: FactsOf<'ErasureGranted'>,
  retained: readonly Retained[],
  stamp: Stamp,
): ErasureEvent => {
  const kept = retained.filter(({ until }) => until > stamp.recordedAt);
  const [last] = kept
    .map(({ until }) => until)
    .sort()
    .toReversed();
  if (last === undefined) return { type: 'ErasureGranted', data: { person, alsoKnownAs, ...stamp } };
  const refusal = { person, alsoKnownAs, ground: 'gdpr-17-3-b', until: last, retained: kept } as const;
  return { type: 'ErasureRefused', data: { ...refusal, ...stamp } };
};

const record = ({ data: { dropped }, stamp }: Stamped<RecordErasure>, state: ErasureState): Decided => {
  const before = state.status === 'None' ? [] : state.dropped;
  return dropped.every(each => before.includes(each))
    ? []
    : [{ type: 'ErasureCarriedOut', data: { dropped, ...stamp } }];
};

const lookUp = ({ data: { reason }, stamp }: Stamped<LookUpSubject>, state: ErasureState): Decided => {
  if (state.status !== 'Refused') return [];
  if (state.until <= stamp.recordedAt)
    return reject('retention-over', 'Who this was had to be known until then, and no longer.');
  return [{ type: 'SubjectLookedUp', data: { person: state.person, reason, ...stamp } }];
};

const decide = (command: Stamped<ErasureCommand>, state: ErasureState): Decided => {
  if (!erasureMoves[state.status][command.type]) return refused(state);
  switch (command.type) {
    case 'RequestErasure':
      return request(command, state);
    case 'JudgeErasure':
      return judge(command, state);
    case 'RecordErasure':
      return record(command, state);
    case 'LookUpSubject':
      return lookUp(command, state);
  }
};

const refused = ({ status }: ErasureState): Decided =>
  status === 'None'
    ? reject('not-found', 'There is no such erasure.')
    : reject('erased', 'Nobody can know any more who this was.');

const evolve = (state: ErasureState, event: ErasureEvent): ErasureState => {
  const dropped = state.status === 'None' ? [] : state.dropped;
  switch (event.type) {
    case 'ErasureGranted':
      return { status: 'Granted', dropped };
    case 'ErasureRefused':
      return { status: 'Refused', person: event.data.person, until: event.data.until, dropped };
    case 'ErasureCarriedOut':
      return state.status === 'None' ? state : { ...state, dropped: event.data.dropped };
    case 'ErasureRequested':
    case 'SubjectLookedUp':
      return state;
  }
};

export const erasure: Decider<ErasureCommand, ErasureEvent, ErasureState, ErasureCode> = {
  initialState: { status: 'None' },
  decide,
  evolve,
};
