import { specification, stampOf } from '@slipway/event-sourcing';
import { type AskedGrant, grantIdOf, roleGrant } from './role-grant.ts';

const given = specification(roleGrant);
const stamp = stampOf('person-admin', '2026-03-02T09:00:00.000Z');
const ann = 'person-00000000-0000-4000-8000-000000000001';
const from = '2026-01-01T00:00:00.000Z';
const asked: AskedGrant = { person: ann, role: 'change-approver', scope: { services: ['b', 'a'] }, from };
const granted = { type: 'RoleGranted', data: { ...asked, scope: { services: ['a', 'b'] }, from, ...stamp } } as const;
const revoked = { type: 'RoleRevoked', data: stamp } as const;

const grant = (changes: Partial<AskedGrant> = {}) =>
  ({ type: 'GrantRole', data: { ...asked, ...changes }, stamp }) as const;
const revoke = (data = {}) => ({ type: 'RevokeRole', data, stamp }) as const;

test('a role is granted for a scope and a period', () => {
  expect(given().when(grant())).toEqual([granted]);
});

test('without a beginning it begins now', () => {
  const { from: _from, ...open } = asked;
  const decision = given().when({ type: 'GrantRole', data: open, stamp });
  expect(decision).toMatchObject([{ data: { from: stamp.recordedAt } }]);
});

test.each([
  ['at its beginning', from],
  ['before its beginning', '2025-12-31T00:00:00.000Z'],
])('it cannot end %s', (_name, to) => {
  expect(given().when(grant({ to }))).toMatchObject({ rejected: 'invalid-period' });
});

test('a fraction of a second is enough of a period', () => {
  const decision = given().when(grant({ from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00.5Z' }));
  expect(decision).toMatchObject([{ type: 'RoleGranted' }]);
});

test.each([{ services: [] }, { environments: [] }])('the scope %j covers nothing: refused', scope => {
  expect(given().when(grant({ scope }))).toMatchObject({ rejected: 'empty-scope' });
});

test('given again the same: nothing happens', () => {
  expect(given(granted).when(grant({ scope: { services: ['a', 'b', 'a'] } }))).toEqual([]);
});

test('given again without a beginning, later: nothing happens', () => {
  const { from: _from, ...open } = asked;
  expect(given(granted).when({ type: 'GrantRole', data: open, stamp })).toEqual([]);
});

test('given again with another content: refused', () => {
  expect(given(granted).when(grant({ role: 'deployer' }))).toMatchObject({ rejected: 'already-granted' });
});

test('revoked once, with a sealed reason', () => {
  expect(given(granted).when(revoke({ reason: 'sealed:v1:x' }))).toEqual([
    { type: 'RoleRevoked', data: { reason: 'sealed:v1:x', ...stamp } },
  ]);
  expect(given(granted, revoked).when(revoke())).toMatchObject({ rejected: 'already-revoked' });
});

test('what was revoked is not given back', () => {
  expect(given(granted, revoked).when(grant())).toMatchObject({ rejected: 'grant-revoked' });
});

test('nothing to revoke: refused', () => {
  expect(given().when(revoke())).toMatchObject({ rejected: 'not-found' });
});

test('the same grant is the same record, however its scope is written', () => {
  expect(grantIdOf(asked)).toBe(grantIdOf({ ...asked, scope: { services: ['a', 'b', 'b'] } }));
  expect(grantIdOf(asked)).not.toBe(grantIdOf({ ...asked, scope: {} }));
});
