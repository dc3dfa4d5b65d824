import { canonical, derivedId, sortedSet } from '@slipway/canonical';
import type { EnvironmentEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';

/** What is said of an environment, as a whole each time. */
export type StatedEnvironment = Omit<Extract<EnvironmentEvent, { type: 'EnvironmentRegistered' }>['data'], keyof Stamp>;

/** As it is asked: production is only open in windows unless it is said otherwise. */
export type AskedEnvironment = Omit<StatedEnvironment, 'openness'> & Partial<Pick<StatedEnvironment, 'openness'>>;

export type RegisterEnvironment = Message<'RegisterEnvironment', AskedEnvironment>;
/** Its name stays: the id comes from it. */
export type UpdateEnvironment = Message<'UpdateEnvironment', Omit<AskedEnvironment, 'name'>>;
export type EnvironmentCommand = RegisterEnvironment | UpdateEnvironment;

export type EnvironmentCode = 'already-registered' | 'not-found';

export type EnvironmentState =
  Readonly<{ status: 'unregistered' }> | Readonly<{ status: 'registered'; stated: StatedEnvironment }>;

/** Names are unique because ids come from them. */
export const environmentIdOf = (name: string): string => derivedId('environment', name);

const register = (
  command: Stamped<RegisterEnvironment>,
  state: EnvironmentState,
): Decision<EnvironmentEvent, EnvironmentCode> => {
  const stated = completed(command.data);
  if (state.status === 'unregistered')
    return [{ type: 'EnvironmentRegistered', data: { ...stated, ...command.stamp } }];
  return isSame(stated, state.stated)
    ? []
    : reject(
        'already-registered',
        `There is an environment ${stated.name} already: update it, or choose another name.`,
      );
};

const update = (
  command: Stamped<UpdateEnvironment>,
  state: EnvironmentState,
): Decision<EnvironmentEvent, EnvironmentCode> => {
  if (state.status === 'unregistered') return reject('not-found', 'There is no such environment.');
  const stated = completed({ ...command.data, name: state.stated.name });
  return isSame(stated, state.stated) ? [] : [{ type: 'EnvironmentUpdated', data: { ...stated, ...command.stamp } }];
};

const completed = (asked: AskedEnvironment): StatedEnvironment => ({
  ...asked,
  aliases: sortedSet(asked.aliases),
  openness: asked.openness ?? (asked.tier === 'production' ? 'only-in-windows' : 'always-open'),
});

const isSame = (one: StatedEnvironment, other: StatedEnvironment): boolean => canonical(one) === canonical(other);

const decide = (
  command: Stamped<EnvironmentCommand>,
  state: EnvironmentState,
): Decision<EnvironmentEvent, EnvironmentCode> => {
  switch (command.type) {
    case 'RegisterEnvironment':
      return register(command, state);
    case 'UpdateEnvironment':
      return update(command, state);
  }
};

const evolve = (_state: EnvironmentState, { data }: EnvironmentEvent): EnvironmentState => {
  const { name, title, tier, region, timeZone, aliases, openness } = data;
  return { status: 'registered', stated: { name, title, tier, region, timeZone, aliases, openness } };
};

export const environment: Decider<EnvironmentCommand, EnvironmentEvent, EnvironmentState, EnvironmentCode> = {
  initialState: { status: 'unregistered' },
  decide,
  evolve,
};
