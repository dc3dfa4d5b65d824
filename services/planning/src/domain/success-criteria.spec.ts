import { specification } from '@slipway/event-sourcing';
import { authorized, command, draft, event, inReview, live, planned, sealed } from './example.ts';
import { release } from './release.ts';

const given = specification(release);

const few = {
  id: 'few-failures',
  title: 'Fewer than one in ten rollouts fails',
  measurement: {
    measure: 'change-fail-rate',
    series: 'change-fail-rate',
    statistic: 'value',
    condition: 'below',
    limit: 0.1,
    days: 30,
  },
} as const;
const happy = { id: 'customers-pay', title: 'Customers pay by invoice', howJudged: sealed };
const both = [few, happy];
const declare = (criteria: readonly object[], reason?: string) =>
  command('DeclareSuccessCriteria', { criteria: criteria as typeof both, ...(reason && { reason }) });
const declared = (criteria: readonly object[] = both, reason?: string) =>
  event('SuccessCriteriaDeclared', { criteria: criteria as typeof both, ...(reason && { reason }) });
const seen = (value: number) => ({
  value,
  definition: 'first/2',
  position: 4_711,
  counted: 20,
  from: '2026-03-03T21:00:00Z',
  to: '2026-04-02T21:00:00Z',
});
type Verdict = 'met' | 'not-met' | 'not-judgeable';
const verdict = (criterionId: string, said: Verdict, value?: number) => ({
  criterionId,
  verdict: said,
  note: sealed,
  ...(value !== undefined && { measured: seen(value) }),
});
const judge = (...of: Parameters<typeof verdict>) =>
  command('JudgeSuccessCriterion', { ...verdict(...of), byServiceAccount: false });
const judged = (...of: Parameters<typeof verdict>) => event('SuccessCriterionJudged', verdict(...of));
const close = command('CloseRelease', {});
const closed = [event('ReleaseClosed', { outcome: 'full' })];

describe('success criteria', () => {
  test('are declared as a whole while it is planned', () => {
    expect(given(...draft).when(declare(both))).toEqual([declared()]);
    expect(given(...planned, declared()).when(declare([few]))).toEqual([declared([few])]);
    expect(given(...planned, declared([])).when(declare([]))).toEqual([]);
    expect(given(...planned, declared([few])).when(declare([few]))).toEqual([]);
  });
  test('are changed with a reason once it has left planning', () => {
    expect(given(...authorized).when(declare(both))).toMatchObject({ rejected: 'reason-required' });
    expect(given(...authorized, declared([few])).when(declare([few]))).toEqual([]);
    expect(given(...inReview).when(declare(both, sealed))).toEqual([declared(both, sealed)]);
  });
  test('are named once each, and say how they are judged', () => {
    expect(given(...draft).when(declare([few, { ...happy, id: few.id }]))).toMatchObject({
      rejected: 'duplicate-success-criterion',
    });
    expect(given(...draft).when(declare([{ id: 'vague', title: 'It is good' }]))).toMatchObject({
      rejected: 'no-way-to-judge',
    });
  });
  test('take no authorization away', () =>
    expect(
      given(...authorized, declared(both, sealed)).when(command('GoRelease', { byServiceAccount: false })),
    ).toEqual([event('ReleaseReady', {})]));
});

describe('a success criterion', () => {
  test('is judged by a person, once the release is live, and again until it is closed', () => {
    expect(given(...live, declared()).when(judge('customers-pay', 'met'))).toEqual([judged('customers-pay', 'met')]);
    expect(
      given(...inReview, declared(), judged('customers-pay', 'met')).when(judge('customers-pay', 'not-met')),
    ).toEqual([judged('customers-pay', 'not-met')]);
    expect(given(...authorized, declared()).when(judge('customers-pay', 'met'))).toMatchObject({
      rejected: 'not-released',
    });
    const byRobot = command('JudgeSuccessCriterion', { ...verdict('customers-pay', 'met'), byServiceAccount: true });
    expect(given(...live, declared()).when(byRobot)).toMatchObject({ rejected: 'judgement-needs-a-person' });
    expect(given(...live, declared()).when(judge('other', 'met'))).toMatchObject({
      rejected: 'success-criterion-not-found',
    });
  });
  test('of a figure is judged on what was measured, by its limit', () => {
    expect(given(...live, declared()).when(judge(few.id, 'met', 0.05))).toEqual([judged(few.id, 'met', 0.05)]);
    expect(given(...live, declared()).when(judge(few.id, 'not-met', 0.1))).toEqual([judged(few.id, 'not-met', 0.1)]);
    expect(given(...live, declared()).when(judge(few.id, 'not-judgeable'))).toEqual([judged(few.id, 'not-judgeable')]);
    expect(given(...live, declared()).when(judge(few.id, 'met'))).toMatchObject({ rejected: 'measured-value-missing' });
    expect(given(...live, declared()).when(judge(few.id, 'met', 0.2))).toMatchObject({
      rejected: 'verdict-contradicts-value',
    });
    expect(given(...live, declared()).when(judge('customers-pay', 'met', 0.2))).toMatchObject({
      rejected: 'not-measurable',
    });
  });
});

describe('a release', () => {
  const all = [judged(few.id, 'met', 0.05), judged('customers-pay', 'not-judgeable')];

  test('without success criteria is closed as before', () => expect(given(...inReview).when(close)).toEqual(closed));
  test('is not closed while one is not judged', () => {
    expect(given(...inReview, declared()).when(close)).toEqual({
      rejected: 'success-criteria-not-judged',
      reason: 'Not judged yet: few-failures, customers-pay.',
    });
    expect(given(...inReview, declared(), ...all.slice(0, 1)).when(close)).toMatchObject({
      reason: 'Not judged yet: customers-pay.',
    });
    expect(given(...inReview, declared(), ...all).when(close)).toEqual(closed);
  });
  test('whose criteria are changed keeps the judgement of those that are the same', () => {
    const stricter = { ...few, measurement: { ...few.measurement, limit: 0.01 } };
    const others = [few, { ...few, id: 'fewer' }];
    expect(given(...inReview, declared([few]), ...all, declared(others)).when(close)).toMatchObject({
      reason: 'Not judged yet: fewer.',
    });
    expect(given(...inReview, declared(), ...all, declared([stricter, happy])).when(close)).toMatchObject({
      reason: 'Not judged yet: few-failures, customers-pay.',
    });
  });
  test('judges what is judged in words again, since nobody can tell whether they are the same', () =>
    expect(given(...inReview, declared(), ...all, declared([happy, few])).when(close)).toMatchObject({
      reason: 'Not judged yet: customers-pay.',
    }));
  test('that is planned anew is judged anew', () => {
    const gone = event('ReleasePlanningReopened', { reason: sealed });
    expect(given(...inReview, declared(), ...all, gone).when(close)).toMatchObject({
      rejected: 'success-criteria-not-judged',
    });
  });
});
