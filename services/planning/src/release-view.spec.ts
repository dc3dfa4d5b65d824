import type { ReleaseEvent } from '@slipway/contracts';
import { isRejection, type Recorded } from '@slipway/event-sourcing';
import fc from 'fast-check';
import {
  artifact,
  both,
  command,
  contentDigest,
  eu,
  plan,
  recorded,
  rita,
  sealed,
  us,
  window,
} from './domain/example.ts';
import type { Gate } from './domain/release-phases-state.ts';
import { digestOfContent, type Draft, isOpen, type Release, type Scheduled } from './domain/release-state.ts';
import { release } from './domain/release.ts';
import { releaseView } from './read/release.view.ts';

const place = { serviceId: 'checkout', environmentId: 'eu' };
const departs = { start: '2026-03-10T20:00:00Z', end: '2026-03-10T22:00:00Z' };
const train = { trainId: 'train', departure: departs.start, window: departs };
const other = { key: 'SHOP-2', kind: 'tech-debt', title: 'Old till' } as const;
const item = { key: 'SHOP-1', kind: 'feature', title: 'Pay by invoice' } as const;
const calm = { id: 'calm', title: 'No complaints', howJudged: sealed };
const moved = { targets: [eu], productionEnvironmentIds: ['eu'] };
const authorizes = { changeId: 'change', standing: 'authorized', contentDigest } as const;
const reviewed = { changeId: 'change', standing: 'in-review', triedTargets: [eu] } as const;

// From the draft to the end, with everything that may come between.
const anything = fc.array(
  fc.oneof(
    fc.constantFrom(
      command('AttachArtifact', { artifact: artifact('checkout') }),
      command('AttachArtifact', { artifact: artifact('checkout') }),
      command('DetachArtifact', { serviceId: 'checkout' }),
      command('AddScopeItem', { item }),
      command('RemoveScopeItem', { key: item.key }),
      command('RegisterRollbackPlan', { plan }),
      command('RescheduleRelease', { moved }),
      command('HoldRelease', { reason: sealed }),
      command('CancelRelease', { reason: sealed }),
      command('WithdrawRelease', { reason: sealed }),
      command('EndEarlyLifeSupport', {}),
      command('CloseRelease', {}),
      command('ReopenPlanning', { reason: sealed }),
      command('ChangeScope', { items: [{ ...item, title: 'Invoices' }, other], remove: [] }),
      command('TradeOffScope', { items: [other], reason: sealed }),
      command('BoardTrain', { ...train, isRetired: false }),
      command('LeaveTrain', {}),
      command('PassGate', { phase: 'Build', gate: 'entry', byServiceAccount: false }),
      command('PassGate', { phase: 'Build', gate: 'exit', byServiceAccount: false }),
      command('DeclareSuccessCriteria', { criteria: [calm] }),
      command('JudgeSuccessCriterion', { criterionId: 'calm', verdict: 'met', note: sealed, byServiceAccount: false }),
    ),
    fc.constantFrom(
      command('ScheduleRelease', { window, ...both }),
      command('ResumeRelease', {}),
      command('StateReleaseDependency', { releaseId: 'other', state: 'Ready', path: [] }),
      command('WithdrawReleaseDependency', { releaseId: 'other' }),
      command('PlanMilestone', { name: 'Built', dueAt: window.start }),
      command('ReachMilestone', { name: 'Built', by: rita }),
      command('DropMilestone', { name: 'Built' }),
      command('PlanPhase', { name: 'Build', entryCriteria: [], exitCriteria: ['Done', 'Checked'] }),
      command('MeetCriterion', { phase: 'Build', gate: 'exit', criterion: 'Done' }),
      command('MeetCriterion', { phase: 'Build', gate: 'exit', criterion: 'Checked' }),
      command('ReopenCriterion', { phase: 'Build', gate: 'exit', criterion: 'Done', reason: sealed }),
      command('DropPhase', { name: 'Build' }),
      command('GoRelease', { byServiceAccount: false }),
      command('StartReleaseDeployment', { ...place, deploymentId: 'first', deploymentVersion: 3 }),
      command('StartReleaseDeployment', { ...place, deploymentId: 'third', deploymentVersion: 3 }),
      command('DismissDeployment', { ...place, deploymentId: 'first', deploymentVersion: 11 }),
      command('RecordTarget', recorded('first', eu, 'succeeded')),
      command('RecordTarget', recorded('second', us, 'succeeded')),
      command('RecordTarget', recorded('first', eu, 'rolled-back', { deploymentVersion: 12 })),
    ),
    fc.integer({ min: 1, max: 20 }).map(changeVersion => command('RecordChange', { ...authorizes, changeVersion })),
    fc.integer({ min: 1, max: 20 }).map(changeVersion => command('RecordChange', { ...reviewed, changeVersion })),
  ),
  { minLength: 5, maxLength: 40 },
);

const historyOf = (commands: readonly Parameters<typeof release.decide>[0][]) => {
  let state: Release = release.initialState;
  const history: ReleaseEvent[] = [];
  for (const each of commands) {
    const decision = release.decide(each, state);
    if (isRejection(decision)) continue;
    history.push(...decision);
    state = decision.reduce(release.evolve, state);
  }
  return { history, state };
};

/** What the rules go by, as the view says it. */
const saidOf = (state: Draft | Scheduled) => {
  const { aboard, criteria, held, needs, plan: planned, parts } = state;
  return {
    held,
    contentDigest: digestOfContent(state),
    scope: parts.scope,
    successCriteria: criteria,
    window: state.status === 'Draft' ? aboard?.window : state.window,
    aboard: aboard && { trainId: aboard.trainId, departure: aboard.departure },
    dependencies: Object.entries(needs).map(([releaseId, needed]) => ({ releaseId, state: needed })),
    milestones: [...planned.milestones].map(([name, { dueAt, reached }]) =>
      expect.objectContaining({ name, dueAt, ...(reached && { reached: expect.anything() }) }),
    ),
    phases: planned.phases.map(({ name, entry, exit }) => ({ name, entry: gateOf(entry), exit: gateOf(exit) })),
  };
};

const gateOf = ({ criteria, passed }: Gate) =>
  expect.objectContaining({
    criteria: [...criteria].map(([name, isMet]) => (isMet ? { name, met: expect.anything() } : { name })),
    ...(passed && { passed: expect.anything() }),
  });

const recordedAt = (event: ReleaseEvent, index: number): Recorded<ReleaseEvent> =>
  ({ ...event, id: `event-${index}`, stream: 'release-1', version: index + 1, correlationId: 'c' }) as never;

const draft = command('DraftRelease', { title: 'Checkout', class: 'minor', owner: rita, changeModel: 'normal' });
const planned = [
  draft,
  command('AttachArtifact', { artifact: artifact('checkout') }),
  command('ScheduleRelease', { window, ...both }),
  command('RecordChange', { ...authorizes, changeVersion: 1 }),
];

test('whatever happens, the view says the state, the hold and the content that the rules go by', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.constantFrom([draft], planned), anything, (begin, then) => {
      const { history, state } = historyOf([...begin, ...then]);
      const view = history.map(recordedAt).reduce(releaseView, undefined);
      seen.add(state.status);
      const shown = { window: undefined, aboard: undefined, ...view };
      expect(shown).toMatchObject({ state: state.status, ...(isOpen(state) && saidOf(state)) });
    }),
    { numRuns: 1_500, seed: 7 },
  );
  expect([...seen].sort()).toEqual([
    'Authorized',
    'Canceled',
    'Closed',
    'Deploying',
    'Draft',
    'EarlyLifeSupport',
    'Planned',
    'Ready',
    'Review',
    'Withdrawn',
  ]);
});
