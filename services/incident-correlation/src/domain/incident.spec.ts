import type { IncidentEvent } from '@slipway/contracts';
import { specification, stampOf } from '@slipway/event-sourcing';
import type { AttachAlert, IncidentCommand, OpenIncident } from './incident-commands.ts';
import { incident } from './incident.ts';

const given = specification(incident);
const at = (minute: number): string => `2026-11-21T07:${String(minute).padStart(2, '0')}:00Z`;
const stamp = stampOf('person-ines', at(30));
type Type = IncidentEvent['type'];
const event = <Of extends Type>(type: Of, data: object = {}, occurredAt = at(30)) =>
  ({ type, data: { ...stamp, occurredAt, ...data } }) as unknown as Extract<IncidentEvent, { type: Of }>;
const ask = (type: IncidentCommand['type'], data: object = {}, occurredAt = at(30)) =>
  ({ type, data, stamp: { ...stamp, occurredAt } }) as never;

const facts = {
  title: 'Checkout fails',
  severity: 'critical',
  major: true,
  serviceIds: ['checkout'],
  environmentId: 'production',
  detectedBy: 'person',
} as const;
const detected = event('IncidentDetected', { ...facts, impactStartedAt: at(5) }, at(10));
const acknowledged = event('IncidentAcknowledged', {}, at(11));
const mitigated = event('IncidentMitigated', { deploymentId: 'rollback' }, at(20));
const resolved = event('IncidentResolved', {}, at(25));
const closed = event('IncidentClosed', {}, at(28));
const canceled = event('IncidentCanceled', { cause: 'false-alarm' }, at(12));
const reopened = event('IncidentReopened', { reason: 'sealed:v1:r' }, at(22));

describe('opening', () => {
  const open: OpenIncident = { type: 'OpenIncident', data: facts };

  test('by hand: detected now, impact from now unless said otherwise', () => {
    expect(given().when(ask('OpenIncident', facts))).toEqual([
      event('IncidentDetected', { ...facts, impactStartedAt: at(30) }),
    ]);
    expect(given().when(ask('OpenIncident', { ...facts, impactStartedAt: at(5) }))).toMatchObject([
      { data: { impactStartedAt: at(5) } },
    ]);
  });

  test('is refused twice by hand, and has no effect for a verification that failed again', () => {
    expect(given(detected).when({ ...open, stamp })).toMatchObject({ rejected: 'already-open' });
    expect(given(detected).when(ask('OpenIncident', { ...facts, detectedBy: 'verification' }))).toEqual([]);
  });

  test('is refused when an open incident tells of the same', () =>
    expect(given().when(ask('OpenIncident', { ...facts, coveredBy: 'i0' }))).toMatchObject({
      rejected: 'covered-by-open-incident',
    }));

  test('is refused with an impact in the future', () =>
    expect(given().when(ask('OpenIncident', { ...facts, impactStartedAt: at(31) }))).toMatchObject({
      rejected: 'in-the-future',
    }));
});

describe('an alert', () => {
  const alert: AttachAlert['data'] = {
    alertId: 'a1',
    fingerprint: 'f1',
    groupKey: 'g1',
    status: 'firing',
    title: 'HighErrorRate on checkout',
    severity: 'critical',
    serviceIds: ['checkout'],
    environmentId: 'production',
    startsAt: at(9),
    occurredAt: at(9),
  };
  const { alertId, fingerprint, groupKey, status, serviceIds } = alert;
  const attached = event('AlertAttached', { alertId, fingerprint, groupKey, status, serviceIds }, at(9));
  const attach = (change: Partial<AttachAlert['data']> = {}) => ask('AttachAlert', { ...alert, ...change });

  test('opens the incident when there is none: detected when it began to fire', () => {
    const { title, severity, environmentId } = alert;
    const opened = {
      title,
      severity,
      major: false,
      serviceIds,
      environmentId,
      detectedBy: 'alert',
      impactStartedAt: at(9),
    };
    expect(given().when(attach())).toEqual([event('IncidentDetected', opened, at(9)), attached]);
  });

  test('of a clock that runs ahead began now', () =>
    expect(given().when(attach({ startsAt: at(40), occurredAt: at(40) }))).toMatchObject([
      { data: { occurredAt: at(30), impactStartedAt: at(30) } },
      { data: { occurredAt: at(30) } },
    ]));

  test('is attached once a status', () => {
    expect(given(detected).when(attach())).toEqual([attached]);
    expect(given(detected, attached).when(attach())).toEqual([]);
    expect(given(detected, attached).when(attach({ status: 'resolved' }))).toMatchObject([
      { data: { status: 'resolved' } },
    ]);
  });

  test('that began earlier, or is worse, is as if it had come first', () => {
    const byAlert = event(
      'IncidentDetected',
      { ...facts, severity: 'high', major: false, detectedBy: 'alert', impactStartedAt: at(10) },
      at(10),
    );
    const found = { alertId: 'a1', title: alert.title, detectedAt: at(9), impactStartedAt: at(9) };
    const learned = [
      event('EarlierAlertFound', found),
      event('IncidentSeverityRaised', { alertId: 'a1', severity: 'critical' }),
    ];
    expect(given(byAlert).when(attach())).toEqual([attached, ...learned]);
    expect(given(byAlert, ...learned).when(attach())).toEqual([attached]);
    expect(given(byAlert).when(attach({ startsAt: at(11), severity: 'low' }))).toEqual([attached]);
  });

  test('says nothing more of what a person said', () => {
    const reason = 'sealed:v1:r';
    const byAlert = event('IncidentDetected', {
      ...facts,
      severity: 'low',
      detectedBy: 'alert',
      impactStartedAt: at(10),
    });
    const judged = event('IncidentClassified', { severity: 'low', reason });
    const corrected = event('ImpactStartCorrected', { impactStartedAt: at(10), reason });
    expect(given(byAlert, judged, corrected).when(attach())).toEqual([attached]);
    expect(given(detected).when(attach({ startsAt: at(1) }))).toEqual([attached]);
  });

  test('does not resolve the incident when all are resolved', () => {
    const over = { ...attached, data: { ...attached.data, status: 'resolved' as const } };
    expect(given(detected, over).when(ask('CloseIncident'))).toMatchObject({ rejected: 'incident-not-resolved' });
  });

  test('comes to an incident that is over only with what became of it', () => {
    const late = attach({ status: 'resolved' });
    expect(given(detected, resolved, closed).when(late)).toMatchObject({ rejected: 'incident-closed' });
    expect(given(detected, canceled).when(late)).toMatchObject({ rejected: 'incident-canceled' });
    expect(given(detected, attached, resolved, closed).when(late)).toMatchObject([{ type: 'AlertAttached' }]);
  });
});

describe('the way to closed', () => {
  test('acknowledged, mitigated naming a deployment, resolved, closed', () => {
    expect(given(detected).when(ask('AcknowledgeIncident'))).toEqual([event('IncidentAcknowledged')]);
    const mitigate = ask('MitigateIncident', { deploymentId: 'rollback' }, at(20));
    expect(given(detected, acknowledged).when(mitigate)).toEqual([mitigated]);
    expect(given(detected, mitigated).when(ask('ResolveIncident', {}, at(25)))).toEqual([resolved]);
    expect(given(detected, resolved).when(ask('CloseIncident'))).toEqual([event('IncidentClosed')]);
  });

  test.each([
    ['AcknowledgeIncident', {}, [acknowledged]],
    ['MitigateIncident', { deploymentId: 'rollback' }, [mitigated]],
    ['ResolveIncident', {}, [resolved]],
    ['CloseIncident', {}, [resolved, closed]],
    ['CancelIncident', { cause: 'false-alarm', incidentId: 'i1' }, [canceled]],
    ['CorrectImpactStart', { impactStartedAt: at(5), reason: 'sealed:v1:r' }, []],
  ] as const)('%s is done already', (type, data, history) =>
    expect(given(detected, ...history).when(ask(type, data))).toEqual([]),
  );

  test.each([
    ['AcknowledgeIncident', {}, [mitigated], 'incident-mitigated'],
    ['AcknowledgeIncident', {}, [resolved], 'incident-resolved'],
    ['MitigateIncident', {}, [mitigated], 'incident-mitigated'],
    ['MitigateIncident', {}, [resolved], 'incident-resolved'],
    ['CloseIncident', {}, [acknowledged], 'incident-not-resolved'],
    ['ReopenIncident', { reason: 'sealed:v1:r' }, [acknowledged], 'incident-not-restored'],
    ['CancelIncident', { cause: 'duplicate', incidentId: 'i1' }, [], 'duplicate-of-missing'],
    ['CancelIncident', { cause: 'duplicate', duplicateOf: 'i1', incidentId: 'i1' }, [], 'duplicate-of-itself'],
    ['CancelIncident', { cause: 'false-alarm', duplicateOf: 'i0', incidentId: 'i1' }, [], 'duplicate-of-unexpected'],
    [
      'CancelIncident',
      { cause: 'duplicate', duplicateOf: 'i0', incidentId: 'i1', repeats: 'canceled' },
      [],
      'duplicate-of-canceled',
    ],
    ['CorrectImpactStart', { impactStartedAt: at(21), reason: 'sealed:v1:r' }, [mitigated], 'impact-after-restoration'],
    ['CorrectImpactStart', { impactStartedAt: at(31), reason: 'sealed:v1:r' }, [], 'in-the-future'],
  ] as const)('%s %j is refused: %#', (type, data, history, rejected) =>
    expect(given(detected, ...history).when(ask(type, data))).toMatchObject({ rejected }),
  );

  const all = [
    ['AcknowledgeIncident', {}],
    ['MitigateIncident', {}],
    ['ResolveIncident', {}],
    ['ReopenIncident', { reason: 'sealed:v1:r' }],
    ['CancelIncident', { cause: 'false-alarm', incidentId: 'i1' }],
    ['CloseIncident', {}],
    ['CorrectImpactStart', { impactStartedAt: at(4), reason: 'sealed:v1:r' }],
    ['ProposeCauses', {}],
  ] as const;
  test.each(all)('%s needs an incident', (type, data) =>
    expect(given().when(ask(type, data))).toMatchObject({ rejected: 'not-found' }),
  );

  test.each(all.filter(([type]) => type !== 'CancelIncident'))('%s is not for one that was canceled', (type, data) =>
    expect(given(detected, canceled).when(ask(type, data))).toMatchObject({ rejected: 'incident-canceled' }),
  );

  test.each(all.filter(([type]) => type !== 'CloseIncident'))('%s is not for one that is closed', (type, data) =>
    expect(given(detected, resolved, closed).when(ask(type, data))).toMatchObject({ rejected: 'incident-closed' }),
  );
});

describe('an instant that is told afterwards', () => {
  test.each([
    ['MitigateIncident', at(9), [], 'before-detection'],
    ['MitigateIncident', at(31), [], 'in-the-future'],
    ['ResolveIncident', at(19), [mitigated], 'before-detection'],
    ['ResolveIncident', at(9), [], 'before-detection'],
    ['MitigateIncident', at(21), [mitigated, reopened], 'before-detection'],
    ['AcknowledgeIncident', at(31), [], 'in-the-future'],
    ['ReopenIncident', at(19), [mitigated], 'before-detection'],
    ['CloseIncident', at(24), [resolved], 'before-detection'],
  ] as const)('%s at %s is refused', (type, occurredAt, history, rejected) =>
    expect(given(detected, ...history).when(ask(type, { reason: 'sealed:v1:r' }, occurredAt))).toMatchObject({
      rejected,
    }),
  );

  test('counts whole, whatever the digits of its fraction', () =>
    expect(given(detected).when(ask('MitigateIncident', {}, '2026-11-21T07:10:00.001Z'))).toMatchObject([
      { type: 'IncidentMitigated', data: { occurredAt: '2026-11-21T07:10:00.001Z', recordedAt: at(30) } },
    ]));
});

test('reopened, it is as far as it was before it was restored', () => {
  expect(given(detected, resolved).when(ask('ReopenIncident', { reason: 'sealed:v1:r' }))).toEqual([
    event('IncidentReopened', { reason: 'sealed:v1:r' }),
  ]);
  expect(given(detected, mitigated, reopened).when(ask('AcknowledgeIncident'))).toMatchObject([
    { type: 'IncidentAcknowledged' },
  ]);
  expect(given(detected, acknowledged, mitigated, reopened).when(ask('AcknowledgeIncident'))).toEqual([]);
  expect(given(detected, mitigated, reopened).when(ask('MitigateIncident'))).toMatchObject([
    { type: 'IncidentMitigated' },
  ]);
});

test('the start of the impact is corrected until it is closed', () => {
  const correct = ask('CorrectImpactStart', { impactStartedAt: at(2), reason: 'sealed:v1:r' });
  expect(given(detected, mitigated, resolved).when(correct)).toEqual([
    event('ImpactStartCorrected', { impactStartedAt: at(2), reason: 'sealed:v1:r' }),
  ]);
});
