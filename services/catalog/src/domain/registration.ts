import { canonical } from '@slipway/canonical';
import type { RecordFact } from '@slipway/contracts';
import {
  type Decider,
  type Decision,
  factsOf,
  type Message,
  reject,
  type Rejection,
  type Stamp,
  type Stamped,
} from '@slipway/event-sourcing';

type Named = Readonly<{ name: string; title: string }>;

export type Status = 'unregistered' | 'registered' | 'retired';
export type Verb = 'Register' | 'Update' | 'Retire';

/** What may be asked in which state, and where it leads. Everything else is refused. */
export const MOVES: Readonly<Record<Status, Readonly<Partial<Record<Verb, Status>>>>> = {
  unregistered: { Register: 'registered' },
  registered: { Register: 'registered', Update: 'registered', Retire: 'retired' },
  retired: { Register: 'registered' },
};

export type RegistrationCommand<Name extends string, Asked extends Named> =
  | Message<`Register${Name}`, Asked>
  /** Its name stays: the id comes from it. */
  | Message<`Update${Name}`, Omit<Asked, 'name'>>
  /** `reason` is sealed. */
  | Message<`Retire${Name}`, Readonly<{ reason: string }>>;

export type RegistrationEvent<Name extends string, Stated extends Named> =
  | Message<`${Name}Registered`, Stated & Stamp>
  | Message<`${Name}Updated`, Stated & Stamp>
  | Message<`${Name}Retired`, Readonly<{ reason: string }> & Stamp>;

export type RegistrationCode = 'already-registered' | 'not-found' | 'retired';

export type RegistrationState<Stated> =
  Readonly<{ status: 'unregistered' }> | Readonly<{ status: 'registered' | 'retired'; stated: Stated }>;

type Kind<Name extends string, Asked extends Named, Stated extends Named, Code extends string> = Readonly<{
  /** `Service`: commands and events are called after it. */
  name: Name;
  /** As it is kept: sets without duplicates and in one order, so that the same statement is the same bytes. */
  completed: (asked: Asked) => Stated;
  refusalOf?: (stated: Stated) => Rejection<Code> | undefined;
}>;

/** What the catalog holds is registered under a name, stated anew as a whole, and retired; never deleted. */
export const registration = <
  const Name extends string,
  Asked extends Named,
  Stated extends Named,
  Code extends string = never,
>(
  kind: Kind<Name, Asked, Stated, Code>,
): Decider<
  RegistrationCommand<Name, Asked>,
  RegistrationEvent<Name, Stated>,
  RegistrationState<Stated>,
  RegistrationCode | Code
> => ({
  initialState: { status: 'unregistered' },
  decide: (command, state) => decide(kind, command, state),
  evolve: (state, { type, data }) => {
    if (type === `${kind.name}Registered` || type === `${kind.name}Updated`)
      return { status: 'registered', stated: factsOf(data as Stated & Stamp) as unknown as Stated };
    return type === `${kind.name}Retired` && state.status !== 'unregistered' ? { ...state, status: 'retired' } : state;
  },
});

const decide = <Name extends string, Asked extends Named, Stated extends Named, Code extends string>(
  kind: Kind<Name, Asked, Stated, Code>,
  command: Stamped<RegistrationCommand<Name, Asked>>,
  state: RegistrationState<Stated>,
): Decision<RegistrationEvent<Name, Stated>, RegistrationCode | Code> => {
  const verb = command.type.slice(0, -kind.name.length) as Verb;
  if (!MOVES[state.status][verb]) return refusedIn(state.status, kind.name.toLowerCase());
  const eventOf = (past: 'Registered' | 'Updated' | 'Retired', facts: object) =>
    [
      { type: kind.name + past, data: { ...facts, ...command.stamp } },
    ] as readonly unknown[] as readonly RegistrationEvent<Name, Stated>[];
  if (verb === 'Retire') return eventOf('Retired', command.data);
  const name = state.status === 'unregistered' ? {} : { name: state.stated.name };
  const stated = kind.completed({ ...command.data, ...name } as Asked);
  const refusal = kind.refusalOf?.(stated);
  if (refusal) return refusal;
  if (state.status !== 'registered') return eventOf('Registered', stated);
  if (canonical(stated) === canonical(state.stated)) return [];
  return verb === 'Update' ? eventOf('Updated', stated) : alreadyRegistered(kind.name.toLowerCase(), stated.name);
};

const refusedIn = (status: Status, noun: string): Rejection<RegistrationCode> =>
  status === 'retired'
    ? reject('retired', `This ${noun} was retired: register it again to go on with it.`)
    : reject('not-found', `There is no such ${noun}.`);

const alreadyRegistered = (noun: string, name: string): Rejection<RegistrationCode> =>
  reject('already-registered', `There is already ${noun} ${name}: update it, or choose another name.`);

/** For `withDetails`: a title that is changed by itself is the title that was stated. */
export const restated = <Stated extends Named>(name: string) => ({
  restatedBy: [`${name}Registered`, `${name}Updated`],
  told: (state: RegistrationState<Stated>, { type, data }: RecordFact): RegistrationState<Stated> =>
    state.status === 'unregistered' || type !== 'DetailsChanged' || data.title === undefined
      ? state
      : { ...state, stated: { ...state.stated, title: data.title } },
});
