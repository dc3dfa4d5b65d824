import { accessRights, type AccessRightRow, type Held, type HeldKey } from './access-rights.ts';
import type { Grant } from './role-grants.query.ts';

const at = '2026-03-31T00:00:00.000Z';
const grant = (changes: Partial<Grant> = {}): Grant => ({
  id: 'g',
  version: 1,
  person: 'ann',
  role: 'deployer',
  scope: {},
  from: '2026-01-01T00:00:00.000Z',
  to: '2027-01-01T00:00:00.000Z',
  grantedBy: 'admin',
  grantedAt: '2026-01-01T00:00:00.000Z',
  ...changes,
});
const key = (changes: Partial<HeldKey> = {}): HeldKey => ({
  kid: 'k',
  person: 'ann',
  label: 'l',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-12-31T00:00:00.000Z',
  addedBy: 'admin',
  addedAt: '2026-01-01T00:00:00.000Z',
  isLast: true,
  ...changes,
});
const rows = (held: Partial<Held>): readonly AccessRightRow[] =>
  accessRights({
    at,
    grants: [],
    keys: [],
    people: [],
    known: new Map([['ann', { kind: 'person', name: 'Ann' }]]),
    lastUses: new Map(),
    ...held,
  });
const known = (leavesOn: string) => new Map([['ann', { kind: 'person', name: 'Ann', leavesOn }]]);

test('who holds what, since when, by whom, until when, and when it was last used', () => {
  expect(rows({ grants: [grant()], lastUses: new Map([['g', '2026-03-01T00:00:00.000Z']]) })).toEqual([
    {
      right: 'role-grant',
      rightId: 'g',
      person: 'ann',
      personKind: 'person',
      personName: 'Ann',
      role: 'deployer',
      scope: {},
      from: '2026-01-01T00:00:00.000Z',
      to: '2027-01-01T00:00:00.000Z',
      givenBy: 'admin',
      givenAt: '2026-01-01T00:00:00.000Z',
      lastUsedAt: '2026-03-01T00:00:00.000Z',
      findings: [],
    },
  ]);
});

test.each<[string, Partial<Held>, readonly string[]]>([
  ['somebody who left the day before', { grants: [grant()], known: known('2026-03-30') }, ['leaver']],
  ['somebody on the last day', { grants: [grant()], known: known('2026-03-31') }, []],
  ['somebody whom the directory does not know', { grants: [grant({ person: 'bo' })] }, ['not-in-directory']],
  ['a grant without an end', { grants: [{ ...grant(), to: undefined } as unknown as Grant] }, ['without-end']],
  ['a grant that ends soon', { grants: [grant({ to: '2026-04-14T00:00:00.000Z' })] }, ['ends-soon']],
  ['a grant that ends later', { grants: [grant({ to: '2026-04-14T00:00:00.001Z' })] }, []],
  ['a grant of somebody to himself', { grants: [grant({ grantedBy: 'ann' })] }, ['given-to-oneself']],
  ['a key that ends soon', { keys: [key({ to: '2026-04-01T00:00:00.000Z' })] }, ['ends-soon']],
  ['a key that ends soon before another', { keys: [key({ to: '2026-04-01T00:00:00.000Z', isLast: false })] }, []],
  ['a key of an account that left', { keys: [key()], known: known('2026-01-31') }, ['leaver']],
])('%s', (_, held, findings) => {
  expect(rows(held)).toMatchObject([{ findings }]);
});

test('people without a grant are told, as long as they are here', () => {
  expect(rows({ people: ['ann'] })).toMatchObject([{ right: 'none', person: 'ann', findings: ['no-grant'] }]);
  expect(rows({ people: ['ann'], grants: [grant()] })).toMatchObject([{ right: 'role-grant' }]);
  expect(rows({ people: ['ann'], known: known('2026-01-31') })).toEqual([]);
  expect(rows({ people: ['bo'] })).toEqual([]);
});
