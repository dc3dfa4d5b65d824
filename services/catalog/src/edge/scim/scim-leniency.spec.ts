import { isEmptied, readUser, readUserPatch } from './scim-leniency.ts';

const patch = (...Operations: readonly unknown[]) => ({ schemas: ['patch'], Operations });
const active = { op: 'replace', path: 'active', value: false };

test.each([
  [{ active: 'True' }, { active: true }],
  [{ active: 'perhaps' }, { active: 'perhaps' }],
  [{ name: { givenName: 'Ann', familyName: 'Example' } }, { name: { formatted: 'Ann Example' } }],
  [{ name: { formatted: 'A. Example', givenName: 'Ann' } }, { name: { formatted: 'A. Example' } }],
  [{ name: {} }, { name: {} }],
  [
    { userName: 'ann', title: 'Dr' },
    { userName: 'ann', title: 'Dr' },
  ],
  ['ann', 'ann'],
])('the user %j is read as %j', (sent, read) => {
  expect(readUser(sent)).toEqual(read);
});

test.each([
  [
    { op: 'Replace', path: 'Active', value: 'False' },
    { op: 'Replace', path: 'Active', value: false },
  ],
  [
    { op: 'add', value: { active: 'true', title: 'Dr' } },
    { op: 'add', value: { active: true } },
  ],
  [
    { op: 'remove', path: 'displayName' },
    { op: 'remove', path: 'displayName' },
  ],
  [
    { op: 'add', path: 'shoeSize', value: 43 },
    { op: 'add', path: 'shoeSize', value: 43 },
  ],
  ['none', 'none'],
])('the operation %j is read as %j', (sent, read) => {
  expect(readUserPatch(patch(sent))).toEqual(patch(read));
});

test.each([
  [{ op: 'replace', path: 'name.givenName', value: 'Ann' }],
  [{ op: 'replace', path: 'phoneNumbers[type eq "work"].value', value: '1' }],
  [{ op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:title', value: 'Dr' }],
  [{ op: 'add', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', value: 'D' }],
  [{ op: 'add', value: { title: 'Dr', 'name.familyName': 'Example' } }],
])('of the operation %j nothing is left, and the rest of the PATCH is done', operation => {
  expect(readUserPatch(patch(operation, active))).toEqual(patch(active));
  expect(isEmptied(patch(operation), readUserPatch(patch(operation)))).toBe(true);
});

test('a PATCH that said nothing is not emptied: it is refused', () => {
  expect(isEmptied(patch(), readUserPatch(patch()))).toBe(false);
  expect(isEmptied({}, readUserPatch({}))).toBe(false);
});
