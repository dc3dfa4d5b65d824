import { samples } from '@slipway/contracts';
import { isRejection, specification, stampOf } from '@slipway/event-sourcing';
import { RECORD_COMMANDS, withDetails, withHistory } from '@slipway/records';
import { JUDGED_OF_HISTORY } from './imported-incident.ts';
import { incidentMoves } from './incident-moves.ts';
import { incident } from './incident.ts';

const stamp = stampOf('person-00000000-0000-4000-8000-000000000001', '2026-03-02T09:00:00Z');
const given = specification(
  withHistory('incident', withDetails('incident', incident), { takes: [...JUDGED_OF_HISTORY, ...RECORD_COMMANDS] }),
);
const { canceled: _, canceledAt: __, ...facts } = samples['IncidentImported'] as Record<string, unknown>;
const imported = { type: 'IncidentImported', data: { ...facts, ...stamp } } as never;
const asking = (type: string, data: object = {}) => ({ type, data, stamp }) as never;
const commands = [...new Set(Object.values(incidentMoves).flatMap(moves => Object.keys(moves)))];
const refused = commands.filter(type => !JUDGED_OF_HISTORY.includes(type));

test.each(refused)('an incident of history refuses %s', type =>
  expect(given(imported).when(asking(type))).toMatchObject({ rejected: 'record-imported' }),
);

const rollout = {
  deploymentId: 'd1',
  serviceId: String((facts['serviceIds'] as readonly string[])[0]),
  environmentId: String(facts['environmentId']),
  production: true,
  verificationFailed: false,
  moments: [{ moment: 'finished', at: '2025-03-02T20:10:00Z' }],
};
const proposing = asking('ProposeCauses', { reach: { rollouts: [rollout], dependencies: [] } });
const confirmed = { type: 'CauseConfirmed', data: { kind: 'external', primary: true, ...stamp } } as never;

test('it gets candidates by the rules of any other', () =>
  expect(given(imported).when(proposing)).toMatchObject([
    { type: 'CauseProposed', data: { candidates: [{ deploymentId: 'd1' }] } },
  ]));

test('one too long after every deployment gets none', () => {
  const early = { ...rollout, moments: [{ moment: 'finished', at: '2025-02-28T20:10:00Z' }] };
  const decision = given(imported).when(asking('ProposeCauses', { reach: { rollouts: [early], dependencies: [] } }));
  expect(decision).toMatchObject([{ data: { candidates: [] } }]);
});

test('the verdict of a person stands, also when the import is corrected', () => {
  expect(given(imported, confirmed).when(proposing)).toEqual([]);
  expect(given(imported, confirmed, imported).when(proposing)).toEqual([]);
  const withdrawing = asking('WithdrawCause', { kind: 'external', reason: 'sealed:v1:x' });
  expect(isRejection(given(imported, confirmed, imported).when(withdrawing))).toBe(false);
});

test('nothing is proposed of a false alarm', () => {
  const none = { type: 'IncidentImported', data: { ...facts, canceled: 'false-alarm', ...stamp } } as never;
  expect(given(none).when(proposing)).toMatchObject({ rejected: 'incident-canceled' });
});
