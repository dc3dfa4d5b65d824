import { specification } from '@slipway/event-sourcing';
import { authorized, command, draft, event, inReview, rita, sealed } from './example.ts';
import { release } from './release.ts';

const given = specification(release);
const ann = 'person-00000000-0000-4000-8000-000000000002';

describe('a milestone', () => {
  const due = { name: 'Code complete', dueAt: '2026-02-27T17:00:00Z', owner: ann };
  const planned = event('MilestonePlanned', due);
  const reached = event('MilestoneReached', { name: due.name, by: ann });
  const reach = command('ReachMilestone', { name: due.name, by: ann });
  const drop = command('DropMilestone', { name: due.name, reason: sealed });

  test('is planned, and planned again for another day', () => {
    const later = { ...due, dueAt: '2026-03-01T17:00:00Z' };
    expect(given(...draft).when(command('PlanMilestone', due))).toEqual([planned]);
    expect(given(...draft, planned).when(command('PlanMilestone', due))).toEqual([]);
    expect(given(...draft, planned).when(command('PlanMilestone', later))).toEqual([event('MilestonePlanned', later)]);
  });
  test('is reached once, by somebody, and stays so', () => {
    expect(given(...draft, planned).when(reach)).toEqual([reached]);
    expect(given(...draft, planned, reached).when(reach)).toEqual([]);
    expect(given(...draft, planned, reached).when(drop)).toMatchObject({ rejected: 'milestone-reached' });
    expect(given(...draft, planned, reached).when(command('PlanMilestone', due))).toMatchObject({
      rejected: 'milestone-reached',
    });
  });
  test('is dropped with a reason', () => {
    expect(given(...draft, planned).when(drop)).toEqual([event('MilestoneDropped', drop.data as never)]);
    expect(given(...draft).when(drop)).toMatchObject({ rejected: 'milestone-not-found' });
    expect(given(...draft).when(reach)).toMatchObject({ rejected: 'milestone-not-found' });
  });
  test('takes no authorization away', () =>
    expect(given(...authorized).when(command('PlanMilestone', due))).toEqual([planned]));
  test('is one of a bounded number', () => {
    const many = Array.from({ length: 100 }, (_, nth) => event('MilestonePlanned', { ...due, name: `M${nth}` }));
    expect(given(...draft, ...many).when(command('PlanMilestone', due))).toMatchObject({
      rejected: 'too-many-milestones',
    });
  });
});

describe('a phase', () => {
  const name = 'Build and test';
  const criteria = { name, entryCriteria: ['Scope is agreed'], exitCriteria: ['Development complete', 'Tests green'] };
  const planned = event('PhasePlanned', criteria);
  const at = (gate: 'entry' | 'exit', criterion: string) => ({ phase: name, gate, criterion });
  const met = (...of: Parameters<typeof at>) => event('PhaseCriterionMet', at(...of));
  const passed = (gate: 'entry' | 'exit', phase = name) => event('PhaseGatePassed', { phase, gate });
  const pass = (gate: 'entry' | 'exit', { byServiceAccount = false, phase = name } = {}) =>
    command('PassGate', { phase, gate, byServiceAccount });
  const entered = [...draft, planned, met('entry', 'Scope is agreed'), passed('entry')];
  const done = [...entered, met('exit', 'Development complete'), met('exit', 'Tests green')];

  test('has a gate at each end, with criteria', () => {
    expect(given(...draft).when(command('PlanPhase', criteria))).toEqual([planned]);
    expect(given(...draft, planned).when(command('PlanPhase', criteria))).toEqual([]);
    expect(given(...draft).when(command('PlanPhase', { ...criteria, exitCriteria: ['a', 'a'] }))).toMatchObject({
      rejected: 'duplicate-criterion',
    });
  });
  test('is entered and left by a person, when no criterion is open', () => {
    expect(given(...draft, planned).when(pass('entry'))).toEqual({
      rejected: 'criteria-open',
      reason: 'Open: Scope is agreed.',
    });
    expect(given(...draft, planned, met('entry', 'Scope is agreed')).when(pass('entry'))).toEqual([passed('entry')]);
    expect(given(...entered, met('exit', 'Tests green')).when(pass('exit'))).toMatchObject({
      rejected: 'criteria-open',
    });
    expect(given(...done).when(pass('exit'))).toEqual([passed('exit')]);
    expect(given(...done, passed('exit')).when(pass('exit'))).toEqual([]);
    expect(given(...done).when(pass('exit', { byServiceAccount: true }))).toMatchObject({
      rejected: 'gate-needs-a-person',
    });
  });
  test('is not left before it was entered, nor entered before the one before it was left', () => {
    expect(given(...draft, planned, ...done.slice(-2)).when(pass('exit'))).toMatchObject({
      rejected: 'phase-not-entered',
    });
    const rollout = event('PhasePlanned', { name: 'Rollout', entryCriteria: [], exitCriteria: [] });
    expect(given(...done, rollout).when(pass('entry', { phase: 'Rollout' }))).toMatchObject({
      rejected: 'earlier-phase-open',
    });
    expect(given(...done, passed('exit'), rollout).when(pass('entry', { phase: 'Rollout' }))).toEqual([
      passed('entry', 'Rollout'),
    ]);
  });
  test('a criterion is met once, by whoever checked it, and reopened until the gate is passed', () => {
    const meet = command('MeetCriterion', at('exit', 'Tests green'));
    const reopen = command('ReopenCriterion', { ...at('exit', 'Tests green'), reason: sealed });
    expect(given(...entered).when(meet)).toEqual([met('exit', 'Tests green')]);
    expect(given(...done).when(meet)).toEqual([]);
    expect(given(...done).when(reopen)).toEqual([
      event('PhaseCriterionReopened', { ...at('exit', 'Tests green'), reason: sealed }),
    ]);
    expect(given(...entered).when(reopen)).toEqual([]);
    expect(given(...done, passed('exit')).when(reopen)).toMatchObject({ rejected: 'gate-passed' });
    expect(given(...entered).when(command('MeetCriterion', at('entry', 'Tests green')))).toMatchObject({
      rejected: 'criterion-not-found',
    });
  });
  test('planned again keeps what was met, and what a gate was passed on', () => {
    const more = { ...criteria, exitCriteria: [...criteria.exitCriteria, 'Signed off'] };
    const again = event('PhasePlanned', more);
    expect(given(...done).when(command('PlanPhase', more))).toEqual([again]);
    expect(given(...done, again).when(pass('exit'))).toEqual({
      rejected: 'criteria-open',
      reason: 'Open: Signed off.',
    });
    expect(given(...done, passed('exit')).when(command('PlanPhase', more))).toMatchObject({ rejected: 'gate-passed' });
  });
  test('is dropped before a gate of it is passed', () => {
    const drop = command('DropPhase', { name });
    expect(given(...draft, planned).when(drop)).toEqual([event('PhaseDropped', { name })]);
    expect(given(...entered).when(drop)).toMatchObject({ rejected: 'gate-passed' });
    expect(given(...draft).when(drop)).toMatchObject({ rejected: 'phase-not-found' });
    expect(given(...draft).when(pass('exit'))).toMatchObject({ rejected: 'phase-not-found' });
  });
  test('is one of a bounded number', () => {
    const many = Array.from({ length: 20 }, (_, nth) => event('PhasePlanned', { ...criteria, name: `P${nth}` }));
    expect(given(...draft, ...many).when(command('PlanPhase', criteria))).toMatchObject({
      rejected: 'too-many-phases',
    });
  });
});

test('the release manager and who answers for what are said, once', () => {
  const manager = command('NameReleaseManager', { manager: rita });
  const raci = { responsible: [ann], accountable: rita, consulted: [], informed: [ann] };
  const stated = event('ReleaseRaciStated', raci);
  expect(given(...inReview).when(manager)).toEqual([event('ReleaseManagerNamed', { manager: rita })]);
  expect(given(...draft, event('ReleaseManagerNamed', { manager: rita })).when(manager)).toEqual([]);
  expect(given(...draft).when(command('StateRaci', raci))).toEqual([stated]);
  expect(given(...draft, stated).when(command('StateRaci', raci))).toEqual([]);
  const { accountable: _, ...others } = raci;
  expect(given(...draft, stated).when(command('StateRaci', others))).toEqual([event('ReleaseRaciStated', others)]);
});
