import type { ProblemEvent } from '@slipway/contracts';
import { fold, isRejection, specification, stampOf } from '@slipway/event-sourcing';
import { problem, type ProblemCommand, problemMoves, type ProblemStatus } from './problem.ts';

const given = specification(problem);
const stamp = stampOf('person-ines');
const reason = 'sealed:v1:r';
const told = (type: ProblemEvent['type'], data: object = {}): ProblemEvent =>
  ({ type, data: { ...stamp, ...data } }) as unknown as ProblemEvent;
const ask = (type: ProblemCommand['type'], data: object = {}) => ({ type, data, stamp }) as never;

const stated = { title: 'Connections run out', owner: 'person-ann', serviceIds: ['s1'], incidentIds: ['i1'] };
const opened = [told('ProblemOpened', stated), told('ProblemChangeLinked', { changeId: 'c1' })];
const declared = told('KnownErrorDeclared', { rootCause: reason });
const resolved = told('ProblemResolved', { changeId: 'c1' });
const histories: Readonly<Record<ProblemStatus, readonly ProblemEvent[]>> = {
  none: [],
  open: opened,
  'known-error': [...opened, declared],
  resolved: [...opened, declared, resolved],
  closed: [...opened, resolved, told('ProblemClosed')],
};
const commands: Readonly<Record<ProblemCommand['type'], object>> = {
  OpenProblem: stated,
  LinkIncident: { incidentId: 'i2' },
  UnlinkIncident: { incidentId: 'i1' },
  RecordWorkaround: { workaround: reason },
  DeclareKnownError: { rootCause: reason },
  LinkChange: { changeId: 'c2' },
  UnlinkChange: { changeId: 'c1' },
  ResolveProblem: { changeId: 'c1' },
  ReopenProblem: { reason },
  CloseProblem: {},
};
const statuses = Object.keys(problemMoves) as ProblemStatus[];
const types = Object.keys(commands) as ProblemCommand['type'][];
const pairs = statuses.flatMap(status => types.map(type => [status, type] as const));
const isAllowed = ([status, type]: (typeof pairs)[number]): boolean => problemMoves[status][type] !== undefined;

test.each(pairs.filter(isAllowed))('%s: %s leads where the table says', (status, type) => {
  const decision = given(...histories[status]).when(ask(type, commands[type]));
  const events = isRejection(decision) ? [] : decision;
  expect(decision).toEqual(events);
  expect(problemMoves[status][type]).toContain(fold(problem, [...histories[status], ...events]).status);
});

test.each(pairs.filter(pair => !isAllowed(pair)))('%s: %s is refused with a code', (status, type) =>
  expect(given(...histories[status]).when(ask(type, commands[type]))).toMatchObject({
    rejected: expect.stringMatching(/^(not-found|already-open|problem-[a-z-]+)$/),
  }),
);

test.each([
  ['open', 'CloseProblem', 'problem-not-resolved'],
  ['open', 'ReopenProblem', 'problem-not-resolved'],
  ['resolved', 'DeclareKnownError', 'problem-resolved'],
  ['closed', 'LinkIncident', 'problem-closed'],
  ['closed', 'OpenProblem', 'already-open'],
] as const)('%s: %s is refused as %s', (status, type, rejected) =>
  expect(given(...histories[status]).when(ask(type, commands[type]))).toMatchObject({ rejected }),
);

test('incidents and changes are linked once, and unlinked when they are', () => {
  expect(given(...opened).when(ask('LinkIncident', { incidentId: 'i1' }))).toEqual([]);
  expect(given(...opened).when(ask('LinkChange', { changeId: 'c1' }))).toEqual([]);
  expect(given(...opened).when(ask('UnlinkIncident', { incidentId: 'i9' }))).toMatchObject({
    rejected: 'incident-not-linked',
  });
  expect(given(...opened).when(ask('UnlinkChange', { changeId: 'c9' }))).toMatchObject({
    rejected: 'change-not-linked',
  });
  const unlinked = told('ProblemIncidentUnlinked', { incidentId: 'i1' });
  expect(given(...opened, unlinked).when(ask('LinkIncident', { incidentId: 'i1' }))).toMatchObject([
    { type: 'ProblemIncidentLinked' },
  ]);
});

test('the change that resolved it is linked to it', () => {
  const by = told('ProblemResolved', { changeId: 'c7' });
  expect(given(told('ProblemOpened', stated), by).when(ask('UnlinkChange', { changeId: 'c7' }))).toMatchObject([
    { type: 'ProblemChangeUnlinked' },
  ]);
});

test('reopened, a known error is one still', () => {
  const reopened = told('ProblemReopened', { reason });
  const history = [...histories.resolved, reopened];
  expect(fold(problem, history)).toMatchObject({ status: 'known-error' });
  expect(fold(problem, [...opened, resolved, reopened])).toMatchObject({ status: 'open' });
});
