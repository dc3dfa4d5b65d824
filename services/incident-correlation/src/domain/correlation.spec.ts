import { incidentFor, type OpenIncident, type Symptom } from './correlation.ts';

const symptom: Symptom = {
  tool: 'alertmanager',
  groupKey: 'g1',
  serviceIds: ['checkout'],
  environmentId: 'production',
  startsAt: '2026-11-21T07:09:11.817Z',
};
const incident: OpenIncident = {
  incidentId: 'i1',
  groupKeys: ['g2'],
  serviceIds: ['checkout', 'cart'],
  environmentId: 'production',
  firstAt: '2026-11-21T07:00:00Z',
  lastAt: '2026-11-21T07:00:00Z',
};
const chosen = (change: Partial<OpenIncident>, of: Partial<Symptom> = {}) =>
  incidentFor({ ...symptom, ...of }, { open: [{ ...incident, ...change }], over: 0 });

test('the same group key, whatever the service and the time', () =>
  expect(chosen({ groupKeys: ['g1'], serviceIds: ['cart'], lastAt: '2026-11-01T00:00:00Z' })).toBe('i1'));

test('the group key goes before the service', () =>
  expect(
    incidentFor(symptom, {
      open: [incident, { ...incident, incidentId: 'i0', groupKeys: ['g1'], serviceIds: [] }],
      over: 0,
    }),
  ).toBe('i0'));

test.each([
  ['29 minutes after its last alert', { startsAt: '2026-11-21T07:29:00Z' }],
  ['29 minutes before it was detected', { startsAt: '2026-11-21T06:31:00Z' }],
])('the same service, %s', (_, of) => expect(chosen({}, of)).toBe('i1'));

test.each([
  ['31 minutes after its last alert', {}, { startsAt: '2026-11-21T07:31:00Z' }],
  ['31 minutes before it was detected', {}, { startsAt: '2026-11-21T06:29:00Z' }],
  ['in another environment', { environmentId: 'staging' }, {}],
  ['of another service', { serviceIds: ['cart'] }, {}],
])('not one %s', (_, change, of) => expect(chosen(change, of)).not.toBe('i1'));

test('of several the one that was heard of last', () => {
  const later = { ...incident, incidentId: 'i2', lastAt: '2026-11-21T07:05:00Z' };
  expect(incidentFor(symptom, { open: [later, incident], over: 0 })).toBe('i2');
  expect(incidentFor(symptom, { open: [incident, later], over: 0 })).toBe('i2');
});

test('two alerts of one group open one incident; once that is over, another', () => {
  const first = incidentFor(symptom, { open: [], over: 0 });
  expect(incidentFor({ ...symptom, serviceIds: ['cart'] }, { open: [], over: 0 })).toBe(first);
  expect(incidentFor(symptom, { open: [], over: 1 })).not.toBe(first);
  expect(incidentFor({ ...symptom, groupKey: 'g9' }, { open: [], over: 0 })).not.toBe(first);
});
