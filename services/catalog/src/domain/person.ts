import { sortedSet } from '@slipway/canonical';
import type { PersonEvent, PersonStated } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import { decideKey, evolveKeys, type Key, type KeyCode, type KeyCommand } from './service-account-key.ts';

/** `alsoKnownAs`: further pseudonyms under which this person was seen before. Names and accounts stand in the directory. */
export type StatedPerson = Omit<PersonStated['data'], keyof Stamp>;

/** `agrees`: the directory holds nothing else of this person than what is said now. */
export type RegisterPerson = Message<'RegisterPerson', StatedPerson & Readonly<{ agrees: boolean }>>;
export type UpdatePerson = Message<'UpdatePerson', StatedPerson>;
export type PersonCommand = RegisterPerson | UpdatePerson | KeyCommand;

export type PersonCode = 'already-registered' | 'not-found' | 'kind-is-fixed' | KeyCode;

export type PersonState =
  Readonly<{ status: 'unregistered' }> | Readonly<{ status: 'registered'; stated: StatedPerson; keys: readonly Key[] }>;

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

const changeKeys = (command: Stamped<KeyCommand>, state: PersonState): Decision<PersonEvent, PersonCode> => {
  if (state.status === 'unregistered') return reject('not-found', 'There is no such person.');
  return state.stated.kind === 'service-account'
    ? decideKey(command, state.keys)
    : reject('not-a-service-account', 'People sign in; keys are for service accounts.');
};

const decide = (command: Stamped<PersonCommand>, state: PersonState): Decision<PersonEvent, PersonCode> => {
  switch (command.type) {
    case 'RegisterPerson':
      return register(command, state);
    case 'UpdatePerson':
      return update(command, state);
    case 'AddServiceAccountKey':
    case 'RevokeServiceAccountKey':
      return changeKeys(command, state);
  }
};

const evolve = (state: PersonState, event: PersonEvent): PersonState => {
  const keys = state.status === 'registered' ? state.keys : [];
  if (event.type === 'PersonRegistered' || event.type === 'PersonUpdated') {
    const { kind, alsoKnownAs } = event.data;
    return { status: 'registered', stated: { kind, alsoKnownAs }, keys };
  }
  return state.status === 'registered' ? { ...state, keys: evolveKeys(keys, event) } : state;
};

export const person: Decider<PersonCommand, PersonEvent, PersonState, PersonCode> = {
  initialState: { status: 'unregistered' },
  decide,
  evolve,
};
