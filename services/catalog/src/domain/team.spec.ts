import { specification, stampOf } from '@slipway/event-sourcing';
import { type StatedTeam, team } from './team.ts';

const given = specification(team);
const stamp = stampOf('person-admin');
const [ann, bo] = ['person-00000000-0000-4000-8000-000000000001', 'person-00000000-0000-4000-8000-000000000002'];
const payments: StatedTeam = {
  name: 'payments',
  title: 'Payments',
  members: [
    { person: ann, part: 'lead' },
    { person: bo, part: 'member' },
  ],
  onCall: { system: 'pagerduty', key: 'PI7DH85' },
};
const { name: _name, ...unnamed } = payments;
const registered = { type: 'TeamRegistered', data: { ...payments, ...stamp } } as const;

test('a team is registered with its members and who knows who is on call', () => {
  expect(given().when({ type: 'RegisterTeam', data: payments, stamp })).toEqual([registered]);
});

test('members in another order are the same members', () => {
  const data = { ...unnamed, members: payments.members.toReversed() };
  expect(given(registered).when({ type: 'UpdateTeam', data, stamp })).toEqual([]);
});

test('somebody has one part in a team', () => {
  const data = { ...payments, members: [...payments.members, { person: ann, part: 'deputy' as const }] };
  expect(given().when({ type: 'RegisterTeam', data, stamp })).toMatchObject({ rejected: 'duplicate-member' });
  expect(given(registered).when({ type: 'UpdateTeam', data, stamp })).toMatchObject({ rejected: 'duplicate-member' });
});
