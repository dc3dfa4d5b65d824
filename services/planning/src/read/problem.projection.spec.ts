import type { ProblemEvent } from '@slipway/contracts';
import { type Recorded, stampOf } from '@slipway/event-sourcing';
import { problemRow } from './problem.projection.ts';

const on = (type: ProblemEvent['type'], data: object = {}) =>
  ({ type, stream: 'problem-p1', data: { ...data, ...stampOf('person-1') } }) as unknown as Recorded<ProblemEvent>;
const opened = on('ProblemOpened', { title: 'Carts are empty', serviceIds: ['cart'], incidentIds: [] });
const workaround = on('WorkaroundRecorded', { workaround: 'sealed:v1:x' });
const declared = on('KnownErrorDeclared', { rootCause: 'sealed:v1:x' });
const after = (...events: Recorded<ProblemEvent>[]) =>
  events.reduce<ReturnType<typeof problemRow>>(problemRow, undefined);

test.each<[string, Recorded<ProblemEvent>[], object]>([
  ['is open', [opened], { id: 'p1', title: 'Carts are empty', state: 'open', hasWorkaround: false }],
  ['has a workaround', [opened, workaround], { state: 'open', hasWorkaround: true }],
  ['is a known error', [opened, declared], { state: 'known-error', hasWorkaround: false }],
  ['is resolved', [opened, declared, on('ProblemResolved')], { state: 'resolved' }],
  [
    'is a known error again',
    [opened, declared, on('ProblemResolved'), on('ProblemReopened')],
    { state: 'known-error' },
  ],
  ['is open again', [opened, on('ProblemResolved'), on('ProblemReopened')], { state: 'open' }],
  ['is called otherwise', [opened, on('ProblemDetailsChanged', { title: 'Carts' })], { title: 'Carts' }],
  ['keeps its title', [opened, on('ProblemDetailsChanged', { labels: ['x'] })], { title: 'Carts are empty' }],
])('a problem %s', (_, events, expected) => expect(after(...events)).toMatchObject(expected));

test('of which nothing is known is none', () => expect(after(workaround)).toBeUndefined());
