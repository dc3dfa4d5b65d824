import { derivedId, sortedSet } from '@slipway/canonical';
import type { TeamEvent } from '@slipway/contracts';
import { reject, type Rejection, type Stamp } from '@slipway/event-sourcing';
import { registration } from './registration.ts';

/** What is said of a team, as a whole each time. Members are pseudonyms. */
export type StatedTeam = Omit<Extract<TeamEvent, Readonly<{ type: 'TeamRegistered' }>>['data'], keyof Stamp>;

export type TeamCode = 'duplicate-member';

/** Names are unique because ids come from them. */
export const teamIdOf = (name: string): string => derivedId('team', name);

const completed = (stated: StatedTeam): StatedTeam => ({ ...stated, members: sortedSet(stated.members) });

const refusalOf = ({ members }: StatedTeam): Rejection<TeamCode> | undefined =>
  new Set(members.map(({ person }) => person)).size < members.length
    ? reject('duplicate-member', 'Name each member once, with one part.')
    : undefined;

export const team = registration({ name: 'Team', completed, refusalOf });
