import { artifact, type Cast, rollbackPlan, window } from './cast.ts';
import type { Walk } from './walker.ts';

const REL1 = '/v1/releases/REL-1';
const REL2 = '/v1/releases/REL-2';

/** REL-1 brings what REL-2 needs; it goes the standard way, without approvals. */
export const planTheReleaseBefore = async (walk: Walk, { rita }: Cast): Promise<void> => {
  await rita.posts(
    'Rita drafts the release before, a standard one',
    '/v1/releases',
    { title: 'New payment provider', class: 'minor', changeModel: 'standard' },
    { number: 'REL-1', state: 'Draft', held: false },
  );
  await rita.posts('It brings payment 3.0.0', `${REL1}/attach-artifact`, artifact(walk, 'payment', '3.0.0'), {
    artifacts: [{ version: '3.0.0' }],
  });
  await rita.posts('There is a way back', `${REL1}/register-rollback-plan`, rollbackPlan, {
    rollbackPlan: { backoutMinutes: 20 },
  });
  await rita.posts(
    'Rita drafts the release that this is about',
    '/v1/releases',
    { title: 'Autumn checkout', class: 'minor', description: 'Guests pay without an account.' },
    { number: 'REL-2', state: 'Draft', description: 'Guests pay without an account.' },
  );
  await rita.posts(
    'It needs the release before to be live',
    `${REL2}/state-dependency`,
    { release: 'REL-1', state: 'EarlyLifeSupport' },
    { dependencies: [{ state: 'EarlyLifeSupport' }] },
  );
  await rita.isRefused('Two releases do not wait for each other', 'dependency-cycle', `${REL1}/state-dependency`, {
    release: 'REL-2',
    state: 'Authorized',
  });
};

/** What is in it, who does what until when, and where it goes. */
export const planTheRelease = async (walk: Walk, cast: Cast): Promise<void> => {
  await describe(cast);
  await stateScope(cast);
  await planPhases(walk, cast);
  await giveItContent(walk, cast);
  await chooseItsWindow(walk, cast);
};

const describe = async ({ rita }: Cast): Promise<void> => {
  await rita.patches(
    'Rita gives it labels and its tickets elsewhere',
    REL2,
    { labels: ['autumn', 'checkout'], externalRefs: [{ system: 'jira', key: 'SHOP-300' }] },
    { labels: ['autumn', 'checkout'], externalRefs: [{ key: 'SHOP-300' }] },
  );
  await rita.posts(
    'Rita is its manager',
    `${REL2}/name-manager`,
    { manager: 'rita@shop.example' },
    {
      manager: expect.stringMatching(/^person-/),
    },
  );
  await rita.posts(
    'and says who is responsible, accountable, consulted and informed',
    `${REL2}/state-raci`,
    {
      responsible: ['dana@shop.example'],
      accountable: 'rita@shop.example',
      consulted: ['quinn@shop.example'],
      informed: ['ivy@shop.example', 'omar@shop.example'],
    },
    { raci: { informed: [expect.any(String), expect.any(String)] } },
  );
};

const stateScope = async ({ rita }: Cast): Promise<void> => {
  const items = [
    { key: 'SHOP-301', kind: 'feature', title: 'Guests check out', priority: 'high' },
    { key: 'SHOP-302', kind: 'fix', title: 'No second charge', priority: 'critical' },
    { key: 'SHOP-303', kind: 'tech-debt', title: 'Sessions without a cookie', priority: 'low' },
    { kind: 'regulatory', title: 'Consent is kept', externalRef: { system: 'jira', key: 'SHOP-304' } },
  ];
  await rita.posts(
    'Rita states its scope at once',
    `${REL2}/change-scope`,
    { items },
    {
      results: items.map(() => ({ outcome: 'added' })),
    },
  );
  await rita.posts(
    'Said again with one word less, one item changes and one that is not there is refused',
    `${REL2}/change-scope`,
    { items: [items[0], { ...items[1], title: 'One charge' }], remove: ['SHOP-399'] },
    {
      results: [{ outcome: 'unchanged' }, { outcome: 'changed' }, { outcome: 'refused', code: 'scope-item-not-found' }],
    },
  );
  await rita.posts(
    'The sessions have to wait',
    `${REL2}/trade-off-scope`,
    { keys: ['SHOP-303'], reason: 'Guests before sessions.' },
    {
      scope: [{ key: 'SHOP-301' }, { key: 'SHOP-302' }, { key: 'SHOP-304' }],
      tradeOffs: [{ items: [{ key: 'SHOP-303' }] }],
    },
  );
};

const planPhases = async (walk: Walk, { rita, dana }: Cast): Promise<void> => {
  for (const [name, hours] of [
    ['Code complete', 1],
    ['Live everywhere', 8],
  ] as const)
    await rita.posts(
      `The milestone: ${name}`,
      `${REL2}/plan-milestone`,
      { name, dueAt: walk.at(hours * 60) },
      {
        milestones: expect.arrayContaining([{ name, dueAt: walk.at(hours * 60) }]),
      },
    );
  await rita.posts(
    'The code is complete, thanks to Dana',
    `${REL2}/reach-milestone`,
    {
      name: 'Code complete',
      by: 'dana@shop.example',
      reachedAt: walk.at(-60),
    },
    { milestones: [{ reached: { at: walk.at(-60) } }, {}] },
  );
  const phase = { name: 'Roll-out', entryCriteria: ['Tested in staging'], exitCriteria: ['Both regions are live'] };
  await rita.posts('Roll-out is a phase with two gates', `${REL2}/plan-phase`, phase, {
    phases: [{ name: 'Roll-out' }],
  });
  await rita.isRefused('Its gate is shut while a criterion is open', 'criteria-open', `${REL2}/pass-gate`, {
    phase: 'Roll-out',
    gate: 'entry',
  });
  await dana.isRefused('Dana cannot say that it was tested', 'not-permitted', `${REL2}/meet-criterion`, {
    phase: 'Roll-out',
    gate: 'entry',
    criterion: 'Tested in staging',
  });
};

const giveItContent = async (walk: Walk, { rita }: Cast): Promise<void> => {
  for (const [service, version] of [
    ['cart', '1.8.0'],
    ['payment', '3.1.0'],
    ['checkout', '2.4.0'],
  ] as const)
    await rita.posts(`It brings ${service} ${version}`, `${REL2}/attach-artifact`, artifact(walk, service, version), {
      artifacts: expect.arrayContaining([expect.objectContaining({ version })]),
    });
  await rita.isRefused(
    'A service has one artifact in a release',
    'artifact-already-attached',
    `${REL2}/attach-artifact`,
    artifact(walk, 'cart', '1.8.1'),
  );
  await rita.posts('It has a way back, too', `${REL2}/register-rollback-plan`, rollbackPlan, {
    artifacts: [{}, {}, {}],
    rollbackPlan: { triggers: rollbackPlan.triggers },
  });
};

export const WAVES = ['production-eu', 'production-us'];

const chooseItsWindow = async (walk: Walk, { rita }: Cast): Promise<void> => {
  const cadence = {
    start: '2026-01-06T20:00',
    timeZone: 'Europe/Berlin',
    rrule: 'FREQ=WEEKLY;BYDAY=TU',
    durationMinutes: 240,
  };
  await rita.posts(
    'A train leaves every Tuesday',
    '/v1/release-trains',
    { title: 'Tuesday train', cadence },
    {
      number: 'TRAIN-1',
      state: 'Running',
    },
  );
  await rita.posts(
    'The release boards the next one',
    `${REL2}/board-train`,
    { train: 'TRAIN-1' },
    {
      aboard: { departure: expect.any(String) },
    },
  );
  await rita.sees('which is seen at its departure', '/v1/release-trains/TRAIN-1/departures?count=2', {
    items: [{ releases: [{ number: 'REL-2' }] }, { releases: [] }],
  });
  await rita.posts(
    'It cannot wait for it',
    `${REL2}/leave-train`,
    { reason: 'The provider ends the old contract.' },
    { state: 'Draft' },
  );
  const targets = WAVES.flatMap((environment, index) =>
    ['cart', 'payment', 'checkout'].map(service => ({ service, environment, wave: index + 1 })),
  );
  await rita.posts(
    'It is scheduled: first Europe, then America',
    `${REL2}/schedule`,
    { window: window(walk), targets },
    {
      state: 'Planned',
      targets: targets.map(({ wave }) => ({ wave })),
    },
  );
  await rita.sees('Its change was raised by itself, and asks for two approvals', '/v1/changes?release=REL-2', {
    items: [{ number: 'CHG-2', state: 'Authorize', model: 'normal', openSlots: [{ missing: 2 }] }],
  });
};
