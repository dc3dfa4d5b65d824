import { at, change, run, told } from '../measures/example.ts';
import { releaseFacts, summarized } from '../pages/release.example.ts';

const names = { service: 'checkout', title: 'Checkout 2.4' };
const summary = summarized();
const figure = (name: string, series: string) =>
  summary.measures.find(({ measure }) => measure === name)!.figures.find(each => each.series === series)!;

describe('the summary of a release', () => {
  test('tells what it is, what it brought and how it ended', () => {
    expect(summary).toMatchObject({
      title: 'Checkout 2.4',
      class: 'minor',
      window: { start: '2026-03-03T08:00:00.000Z' },
      ended: { how: 'partial', at: at('9') },
      scope: [{ key: 'SHOP-300' }, { key: 'SHOP-301' }],
      artifacts: [
        { service: 'checkout', commits: 2 },
        { service: 'payments', commits: 1 },
      ],
    });
  });

  test('tells what was to become of it and what people judged, without the words that are sealed', () => {
    expect(summary.successCriteria).toEqual([
      {
        id: 'calm',
        title: 'It breaks less <b>than</b> before',
        measurement: expect.objectContaining({ condition: 'below', limit: 0.1 }),
        verdict: 'not-met',
        judgedAt: at('30'),
        measured: { value: 0.12, definition: 'first/2', position: 900, counted: 25 },
      },
      { id: 'liked', title: 'Customers like vouchers' },
    ]);
    expect(JSON.stringify(summary)).not.toContain('sealed');
  });

  test('tells what went out where and when, in the order in which it did', () => {
    expect(
      summary.rollouts.map(({ service, state, runs }) => [service, state, runs.map(each => each.deploymentId)]),
    ).toEqual([
      ['checkout', 'finished', ['d1', 'd2']],
      ['payments', 'finished', ['d3']],
    ]);
    expect(summary.rollouts[0]!.runs.map(({ environment, wave, outcome }) => [environment, wave, outcome])).toEqual([
      ['frankfurt', 1, 'rolled-back-for-a-fault'],
      ['boston', 2, 'failed'],
    ]);
    expect(summary.rollbacks.map(({ deploymentId, undoes }) => [deploymentId, undoes])).toEqual([['d4', 'd1']]);
    expect(summary.hotfixes.map(({ deploymentId }) => deploymentId)).toEqual(['d5']);
  });

  test('tells why a rollout counts as failed', () => {
    expect(summary.rollouts.map(({ failures }) => failures)).toEqual([
      [
        { reason: 'rolled-back-for-a-fault', by: 'd1' },
        { reason: 'remediated-by-hotfix', by: 'd5' },
        { reason: 'confirmed-cause', by: 'i1' },
      ],
      [{ reason: 'confirmed-cause', by: 'i2' }],
    ]);
  });

  test('tells how long approvals took, elapsed and in business time', () => {
    // Sunday the 1st 13:00 to Monday the 2nd 10:00, of which nine to ten is business.
    expect(summary.changes).toMatchObject([
      {
        changeId: 'c1',
        approvalSeconds: 21 * 3_600,
        approvalBusinessSeconds: 3_600,
        closeCode: 'successful-with-issues',
      },
    ]);
  });

  test('tells of incidents that it caused, restored ones with their impact, open ones with their age', () => {
    expect(summary.incidents).toMatchObject([
      { incidentId: 'i1', impactSeconds: 95 * 60, causes: ['d1'] },
      { incidentId: 'i2', ageSeconds: 6.541_666_666_666_667 * 86_400, causes: ['d3'] },
    ]);
    expect(summary.incidents[1]).not.toHaveProperty('restoredAt');
  });

  test('has figures of its own rows by the definitions of every report', () => {
    expect(figure('change-fail-rate', 'change-fail-rate')).toMatchObject({ numerator: 2, denominator: 2 });
    expect(figure('rollback-rate', 'rollback-rate')).toMatchObject({ numerator: 1, denominator: 2 });
    // The checkout is finished when its run with traffic ended: x from 09:00, y from 15:00 of the 1st to 08:40 of the 3rd;
    // z from 06:00 of the 2nd to 08:50 of the 3rd.
    const hours = [47 + 40 / 60, 41 + 40 / 60, 26 + 50 / 60];
    expect(new Set(figure('lead-time', 'lead-time').population!.map(({ seconds }) => seconds))).toEqual(
      new Set(hours.map(each => Math.round(each * 3_600))),
    );
    expect(figure('mttr', 'release-related')).toMatchObject({ value: 3_600, open: [{ id: 'i2' }] });
  });

  test('takes in what was deployed under a change of it, and no more', () => {
    const facts = [
      ...releaseFacts(names),
      ...change('c3', { releases: ['r1'] }),
      ...run(
        'd6',
        { change: 'c3', digest: 'sha256:c' },
        ['4 10:00', 'DeploymentStarted'],
        ['4 11:00', 'DeploymentFailed'],
      ),
      ...run('d7', { change: 'c4', digest: 'sha256:d' }, ['4 10:00', 'DeploymentStarted']),
    ];
    const runs = summarized(names, facts).rollouts.flatMap(rollout => rollout.runs);
    expect(runs.map(({ deploymentId }) => deploymentId)).toEqual(['d1', 'd2', 'd3', 'd6']);
  });

  test('of a release that nothing was deployed of has no rollouts, and no value that is 0', () => {
    const facts = told('release-r1', ['1', 'ReleaseDrafted', { title: 'Later', class: 'patch' }]);
    const empty = summarized(names, facts);
    expect([empty.rollouts, empty.incidents, empty.changes]).toEqual([[], [], []]);
    for (const { value, reason } of empty.measures.flatMap(({ figures }) => figures)) {
      expect(value).toBeNull();
      expect(reason).toMatch(/^no-/);
    }
  });
});
