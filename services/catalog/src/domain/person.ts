import { sortedSet } from '@slipway/canonical';
import type { PersonEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';

/** `alsoKnownAs`: further pseudonyms under which this person was seen before. Names and accounts stand in the directory. */
export type StatedPerson = Omit<Extract<PersonEvent, { type: 'PersonRegistered' }>['data'], keyof Stamp>;

/** `agrees`: the directory holds nothing else of this person than what is said now. */
export type RegisterPerson = Message<'RegisterPerson', StatedPerson & Readonly<{ agrees: boolean }>>;
export type UpdatePerson = Message<'UpdatePerson', StatedPerson>;
export type PersonCommand = RegisterPerson | UpdatePerson;

export type PersonCode = 'already-registered' | 'not-found' | 'kind-is-fixed';

export type PersonState =
  Readonly<{ status: 'unregistered' }> | Readonly<{ status: 'registered'; stated: StatedPerson }>;

const register = (command: Stamped<RegisterPerson>, state: PersonState): Decision<PersonEvent, PersonCode> => {
  const { kind, alsoKnownAs, agrees } = command.data;
  if (state.status === 'unregistered')
    return [{ type: 'PersonRegistered', data: { kind, alsoKnownAs: sortedSet(alsoKnownAs), ...command.stamp } }];
  return agrees && kind === state.stated.kind
    ? []
    : reject('already-registered', 'This person is registered already: update the record.');
};

const update = (command: Stamped<UpdatePerson>, state: PersonState): Decision<PersonEvent, PersonCode> => {
  if (state.status === 'unregistered') return reject('not-found', 'There is no such person.');
  const { kind, alsoKnownAs } = state.stated;
  // A service account may act for an author, a person may not: who could switch could approve his own work.
  if (command.data.kind !== kind) return reject('kind-is-fixed', `This is a ${kind} and stays one.`);
  // Nobody gets rid of what was done under a former pseudonym.
  const known = sortedSet([...alsoKnownAs, ...command.data.alsoKnownAs]);
  return known.length === alsoKnownAs.length
    ? []
    : [{ type: 'PersonUpdated', data: { kind, alsoKnownAs: known, ...command.stamp } }];
};

const decide = (command: Stamped<PersonCommand>, state: PersonState): Decision<PersonEvent, PersonCode> => {
  switch (command.type) {
    case 'RegisterPerson':
      return register(command, state);
    case 'UpdatePerson':
      return update(command, state);
  }
};

const evolve = (_state: PersonState, { data: { kind, alsoKnownAs } }: PersonEvent): PersonState => ({
  status: 'registered',
  stated: { kind, alsoKnownAs },
});

export const person: Decider<PersonCommand, PersonEvent, PersonState, PersonCode> = {
  initialState: { status: 'unregistered' },
  decide,
  evolve,
};
