import { servicesIn, stretchesOf, type Touch } from './corrections.ts';

const touch = (position: number, id: string, serviceId = 'checkout'): Touch => ({
  position,
  serviceId,
  stream: 'incident-i',
  version: position,
  type: 'CauseConfirmed',
  correction: { kind: 'request', id },
});

test('what one correction did without another in between is one stretch, from just before its first event through its last', () =>
  expect(
    stretchesOf([touch(3, 'a'), touch(3, 'a', 'payments'), touch(5, 'a'), touch(8, 'b'), touch(9, 'a')]).map(
      ({ correction, from, through, touches }) => [correction.id, from, through, touches.length],
    ),
  ).toEqual([
    ['a', 2, 5, 3],
    ['b', 7, 8, 1],
    ['a', 8, 9, 1],
  ]));

test('a stretch touches each of its services once', () =>
  expect(servicesIn(stretchesOf([touch(1, 'a'), touch(2, 'a'), touch(2, 'a', 'payments')])[0]!)).toEqual([
    'checkout',
    'payments',
  ]));
