import { canonical, derivedId, sortedSet } from '@slipway/canonical';
import type { RoleGrantEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';

export type Grant = Omit<Extract<RoleGrantEvent, { type: 'RoleGranted' }>['data'], keyof Stamp>;
/** Without `from`: from the moment it is given. */
export type AskedGrant = Omit<Grant, 'from'> & Partial<Pick<Grant, 'from'>>;

export type GrantRole = Message<'GrantRole', AskedGrant>;
/** `reason` is sealed. */
export type RevokeRole = Message<'RevokeRole', Readonly<{ reason?: string }>>;
export type RoleGrantCommand = GrantRole | RevokeRole;

export type RoleGrantCode =
  'invalid-period' | 'empty-scope' | 'already-granted' | 'grant-revoked' | 'not-found' | 'already-revoked';

export type RoleGrantState =
  Readonly<{ status: 'none' }> | Readonly<{ status: 'granted'; grant: Grant }> | Readonly<{ status: 'revoked' }>;

/** The same grant asked for again, by an import, is the same record. */
export const grantIdOf = ({ person, role, scope, from, to }: AskedGrant): string =>
  derivedId('roleGrant', person, role, canonical(inOrder(scope)), from ?? '', to ?? '');

const grantRole = (command: Stamped<GrantRole>, state: RoleGrantState): Decision<RoleGrantEvent, RoleGrantCode> => {
  const { from = command.stamp.recordedAt, ...asked } = command.data;
  const grant: Grant = { ...asked, scope: inOrder(asked.scope), from };
  if (grant.to !== undefined && !isBefore(grant.from, grant.to))
    return reject('invalid-period', 'A grant ends after it begins.');
  if (Object.values(grant.scope).some(list => list.length === 0))
    return reject('empty-scope', 'A scope without an entry covers nothing: leave the list out to mean all.');
  switch (state.status) {
    case 'none':
      return [{ type: 'RoleGranted', data: { ...grant, ...command.stamp } }];
    case 'granted':
      return isSame(command.data.from === undefined ? { ...grant, from: state.grant.from } : grant, state.grant)
        ? []
        : reject('already-granted', 'This grant was given with another content: revoke it and give a new one.');
    case 'revoked':
      return reject('grant-revoked', 'This grant was revoked and stays so: give a new one, with another beginning.');
  }
};

const revoke = (command: Stamped<RevokeRole>, state: RoleGrantState): Decision<RoleGrantEvent, RoleGrantCode> => {
  switch (state.status) {
    case 'none':
      return reject('not-found', 'There is no such grant.');
    case 'granted':
      return [{ type: 'RoleRevoked', data: { ...command.data, ...command.stamp } }];
    case 'revoked':
      return reject('already-revoked', 'This grant was revoked before.');
  }
};

// Without the Z, a fraction of a second sorts behind its second.
const isBefore = (one: string, other: string): boolean => one.slice(0, -1) < other.slice(0, -1);

const inOrder = (scope: Grant['scope']): Grant['scope'] =>
  Object.fromEntries(Object.entries(scope).map(([kind, list]) => [kind, sortedSet(list)]));

const isSame = (one: Grant, other: Grant): boolean => canonical(one) === canonical(other);

const decide = (command: Stamped<RoleGrantCommand>, state: RoleGrantState): Decision<RoleGrantEvent, RoleGrantCode> => {
  switch (command.type) {
    case 'GrantRole':
      return grantRole(command, state);
    case 'RevokeRole':
      return revoke(command, state);
  }
};

const evolve = (_state: RoleGrantState, event: RoleGrantEvent): RoleGrantState => {
  switch (event.type) {
    case 'RoleGranted': {
      const { person, role, scope, from, to } = event.data;
      return { status: 'granted', grant: { person, role, scope, from, ...(to !== undefined && { to }) } };
    }
    case 'RoleRevoked':
      return { status: 'revoked' };
  }
};

export const roleGrant: Decider<RoleGrantCommand, RoleGrantEvent, RoleGrantState, RoleGrantCode> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
