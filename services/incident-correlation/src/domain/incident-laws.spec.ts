import type { IncidentEvent } from '@slipway/contracts';
import { fold, isRejection } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { ask, at, detected, given, reason } from './incident.example.ts';
import type { There } from './incident-state.ts';
import { incident } from './incident.ts';

type Step = ReturnType<typeof ask>;

/** The incident after these steps; one that is refused changes nothing. */
const after = (history: readonly IncidentEvent[], steps: readonly Step[]): There =>
  fold(
    incident,
    steps.reduce<readonly IncidentEvent[]>((events, step) => {
      const decision = given(...events).when(step);
      return isRejection(decision) ? events : [...events, ...decision];
    }, history),
  ) as There;

test('whatever people confirm, reject and take back, one cause is the primary one while there is any', () => {
  const subject = fc.oneof(
    fc.record({ kind: fc.constant('deployment'), deploymentId: fc.constantFrom('d1', 'd2') }),
    fc.record({ kind: fc.constant('change'), changeId: fc.constantFrom('c1', 'c2') }),
    fc.record({ kind: fc.constantFrom('external', 'unknown', 'not-change-related') }),
  );
  const verdict = fc.oneof(
    fc.tuple(subject, fc.boolean()).map(([what, primary]) => ask('ConfirmCause', { ...what, primary })),
    subject.map(what => ask('WithdrawCause', { ...what, reason })),
    fc.constantFrom('d1', 'd2').map(deploymentId => ask('RejectCandidate', { deploymentId })),
  );
  fc.assert(
    fc.property(fc.array(verdict, { maxLength: 12 }), verdicts => {
      const { confirmed } = after([detected], verdicts).causes;
      expect(confirmed.filter(({ primary }) => primary)).toHaveLength(Math.min(1, confirmed.length));
      expect(
        new Set(confirmed.map(({ kind, deploymentId, changeId }) => [kind, deploymentId, changeId].join())).size,
      ).toBe(confirmed.length);
    }),
  );
});

test('in whatever order alerts come, and however often, the incident is the same', () => {
  const alert = fc.record({
    alertId: fc.constantFrom('a1', 'a2', 'a3', 'a4'),
    severity: fc.constantFrom('low', 'medium', 'high', 'critical'),
    startsAt: fc.integer({ min: 1, max: 30 }).map(at),
  });
  const attach = ({ alertId, severity, startsAt }: { alertId: string; severity: string; startsAt: string }): Step => {
    const facts = { fingerprint: alertId, groupKey: 'g', status: 'firing', title: `${alertId} fires` };
    return ask('AttachAlert', {
      ...facts,
      alertId,
      severity,
      startsAt,
      serviceIds: [`s-${alertId}`],
      occurredAt: startsAt,
    });
  };
  const told = fc.uniqueArray(alert, { minLength: 1, selector: ({ alertId }) => alertId }).chain(alerts => {
    const often = [...alerts, ...alerts];
    return fc.tuple(fc.constant(alerts), fc.shuffledSubarray(often, { minLength: often.length }));
  });
  const essence = ({ severity, impact, since, alerts, serviceIds }: There): object => ({
    severity,
    impact,
    since,
    alerts,
    serviceIds: new Set(serviceIds),
  });
  fc.assert(
    fc.property(told, ([alerts, shuffled]) => {
      expect(essence(after([], shuffled.map(attach)))).toEqual(essence(after([], alerts.map(attach))));
    }),
  );
});

test('whatever is corrected, intervals of impact begin before they end, and come one after the other', () => {
  const minute = fc.integer({ min: 0, max: 40 });
  const step = fc.oneof(
    minute.map(when => ask('MitigateIncident', {}, when)),
    minute.map(when => ask('ResolveIncident', {}, when)),
    minute.map(when => ask('ReopenIncident', { reason }, when)),
    minute.map(when => ask('CorrectImpactStart', { impactStartedAt: at(when), reason })),
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), minute, fc.option(minute, { nil: undefined }))
      .map(([interval, from, to]) =>
        ask('CorrectImpactInterval', {
          interval,
          startedAt: at(from),
          reason,
          ...(to !== undefined && { endedAt: at(to) }),
        }),
      ),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), steps => {
      const { impact } = after([detected], steps);
      const instants = impact.flatMap(({ startedAt, endedAt }) => [
        startedAt,
        ...(endedAt === undefined ? [] : [endedAt]),
      ]);
      expect(instants).toEqual(instants.toSorted());
      expect(impact.slice(0, -1).every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    }),
  );
});
