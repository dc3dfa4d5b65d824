import { ask, at, detected, given, reason, resolved, told } from './incident.example.ts';

const alert = { fingerprint: 'f', groupKey: 'g', status: 'firing', serviceIds: ['checkout'] };
const attached = (alertId: string) => told('AlertAttached', { alertId, ...alert }, 10);
const target = { status: 'detected', chain: [] as readonly string[] };
const merge = (data: object = {}) =>
  ask('MergeIncident', { incidentId: 'i1', intoIncidentId: 'i2', reason, into: target, ...data });
const cause = { kind: 'deployment', deploymentId: 'd1', changeId: 'c1', primary: true };
const carried = { serviceIds: ['checkout'], impactStartedAt: at(5), causes: [cause] };
const merged = told('IncidentMerged', { intoIncidentId: 'i2', ...carried, reason });
const canceled = told('IncidentCanceled', { cause: 'duplicate', duplicateOf: 'i2' });
const forwarded = (alertId: string, into: string, status = 'firing', minute = 40) =>
  told('AlertForwarded', { intoIncidentId: into, alertId, ...alert, status }, minute);

describe('merged into another', () => {
  test('its services, impact, causes and alerts go with it, and it is canceled as a duplicate', () =>
    expect(given(detected, attached('a1'), told('CauseConfirmed', cause)).when(merge())).toEqual([
      merged,
      forwarded('a1', 'i2'),
      canceled,
    ]));

  test('it is so already', () => expect(given(detected, merged, canceled).when(merge())).toEqual([]));

  test.each([
    ['merged-into-itself', { intoIncidentId: 'i1' }],
    ['merge-loop', { into: { status: 'canceled', chain: ['i3', 'i1'] } }],
    ['merge-target-missing', { into: undefined }],
    ['merge-target-missing', { into: { status: 'none', chain: [] } }],
    ['merge-target-closed', { into: { status: 'closed', chain: [] } }],
    ['merge-target-canceled', { into: { status: 'canceled', chain: ['i3'] } }],
  ])('%s', (rejected, data) => expect(given(detected).when(merge(data))).toMatchObject({ rejected }));

  test('one that was canceled goes nowhere else', () =>
    expect(given(detected, merged, canceled).when(merge({ intoIncidentId: 'i9' }))).toMatchObject({
      rejected: 'incident-canceled',
    }));

  test('what becomes of its alerts, and what came too late for it, goes on', () => {
    const late = (alertId: string, status: string) =>
      ask('AttachAlert', {
        alertId,
        ...alert,
        status,
        title: 't',
        severity: 'low',
        startsAt: at(9),
        occurredAt: at(30),
      });
    const history = [detected, attached('a1'), merged, forwarded('a1', 'i2'), canceled];
    expect(given(...history).when(late('a1', 'resolved'))).toEqual([forwarded('a1', 'i2', 'resolved', 30)]);
    expect(given(...history).when(late('a1', 'firing'))).toEqual([]);
    expect(given(...history).when(late('a2', 'firing'))).toEqual([forwarded('a2', 'i2', 'firing', 30)]);
  });
});

describe('the one that goes on', () => {
  const absorb = (data: object = {}) => ask('AbsorbIncident', { fromIncidentId: 'i1', ...carried, reason, ...data });

  test('affects what that one affected; its cause is the primary one where there was none', () =>
    expect(given(detected).when(absorb({ serviceIds: ['cart'] }))).toEqual([
      told('IncidentAbsorbed', { fromIncidentId: 'i1', ...carried, serviceIds: ['cart'] }),
      told('CauseConfirmed', cause),
    ]));

  test('began when the earlier one did', () =>
    expect(given(detected).when(absorb({ impactStartedAt: at(2), causes: [] }))).toEqual([
      told('IncidentAbsorbed', { fromIncidentId: 'i1', serviceIds: ['checkout'], impactStartedAt: at(2), causes: [] }),
      told('ImpactStartCorrected', { impactStartedAt: at(2), reason }),
    ]));

  test('keeps its own primary cause, and hears no cause twice', () => {
    const own = told('CauseConfirmed', { kind: 'change', changeId: 'c9', primary: true });
    expect(given(detected, own).when(absorb())).toMatchObject([
      { type: 'IncidentAbsorbed' },
      { type: 'CauseConfirmed', data: { deploymentId: 'd1', primary: false } },
    ]);
    expect(given(detected, told('CauseConfirmed', cause)).when(absorb())).toMatchObject([{ type: 'IncidentAbsorbed' }]);
    expect(given(detected, own).when(absorb({ causes: [{ kind: 'unknown', primary: true }] }))).toMatchObject([
      { type: 'IncidentAbsorbed' },
    ]);
  });

  test('hands on what it hears once it was merged itself', () => {
    const away = told('IncidentMerged', { intoIncidentId: 'i3', ...carried, causes: [] });
    expect(given(detected, away, canceled).when(absorb())).toEqual([
      told('IncidentMerged', { intoIncidentId: 'i3', ...carried }),
    ]);
  });

  test('takes alerts over, each status once', () => {
    const take = ask('TakeOverAlert', { alertId: 'a1', ...alert, occurredAt: at(9) });
    expect(given(detected).when(take)).toEqual([told('AlertAttached', { alertId: 'a1', ...alert }, 9)]);
    expect(given(detected, attached('a1')).when(take)).toEqual([]);
    const closed = [detected, resolved, told('IncidentClosed')];
    expect(given(...closed).when(take)).toMatchObject({ rejected: 'incident-closed' });
  });
});

describe('split', () => {
  const split = (...alertIds: string[]) => ask('SplitIncident', { intoIncidentId: 'i3', alertIds, reason });
  const both = [detected, attached('a1'), attached('a2')];

  test('some alerts become an incident of their own, and stay with it', () => {
    const away = told('AlertsSplitOff', { intoIncidentId: 'i3', alertIds: ['a2'], reason });
    expect(given(...both).when(split('a2'))).toEqual([away, forwarded('a2', 'i3')]);
    const late = ask('TakeOverAlert', { alertId: 'a2', ...alert, status: 'resolved', occurredAt: at(31) });
    expect(given(...both, away, forwarded('a2', 'i3')).when(late)).toEqual([forwarded('a2', 'i3', 'resolved', 31)]);
    expect(given(...both, away, forwarded('a2', 'i3')).when(split('a2'))).toMatchObject({ rejected: 'no-such-alert' });
  });

  test.each([
    ['no-such-alert', []],
    ['no-such-alert', ['a1', 'a9']],
    ['split-takes-all', ['a1', 'a2']],
  ])('%s %j', (rejected, alertIds) => expect(given(...both).when(split(...alertIds))).toMatchObject({ rejected }));
});
