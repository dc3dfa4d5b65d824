import type { ErasureEvent } from '@slipway/contracts';
import { samples } from '@slipway/contracts';
import { fold, isRejection, type Stamped, specification, stampOf } from '@slipway/event-sourcing';
import { erasure, type ErasureCommand, type Retained } from './erasure.ts';
import { erasureMoves, type ErasureStatus } from './erasure-moves.ts';

const ANN = 'person-0198c1a0-1000-7000-8000-000000000001';
const subject = { person: ANN, alsoKnownAs: [] };
const stamp = stampOf('person-0198c1a0-1000-7000-8000-000000000009', '2026-03-02T09:00:00.000Z');
const given = specification(erasure);

const approval: Retained = { class: 'approval', until: '2030-01-01T00:00:00.000Z' };
const grant: Retained = { class: 'grant', until: '2031-01-01T00:00:00.000Z' };
const over: Retained = { class: 'deployment', until: '2026-03-02T09:00:00.000Z' };

const asking = (...retained: readonly Retained[]) =>
  ({ type: 'RequestErasure', data: { ...subject, ground: 'objection', retained }, stamp }) as const;
const judging = (...retained: readonly Retained[]) =>
  ({ type: 'JudgeErasure', data: { ...subject, retained }, stamp }) as const;
const lookingUp = { type: 'LookUpSubject', data: { reason: 'sealed:v1:x' }, stamp } as const;
const recording = { type: 'RecordErasure', data: { dropped: ['entry', 'keys'] }, stamp } as const;

const requested: ErasureEvent = { type: 'ErasureRequested', data: { ...subject, ground: 'objection', ...stamp } };
const granted: ErasureEvent = { type: 'ErasureGranted', data: { ...subject, ...stamp } };
const refusedUntil = (until: string): ErasureEvent => ({
  type: 'ErasureRefused',
  data: { ...subject, ground: 'gdpr-17-3-b', until, retained: [{ class: 'approval', until }], ...stamp },
});
const refused = refusedUntil(approval.until);

describe('an erasure that is asked for', () => {
  test('is granted when nothing has to be accounted for', () => {
    expect(given().when(asking())).toEqual([requested, granted]);
  });

  test('is granted when the time of all that had to be is over', () => {
    expect(given().when(asking(over))).toMatchObject([{}, { type: 'ErasureGranted' }]);
  });

  test('is refused with its ground until the last of it, and says what is kept', () => {
    expect(given().when(asking(approval, over, grant))).toMatchObject([
      { type: 'ErasureRequested' },
      { type: 'ErasureRefused', data: { ground: 'gdpr-17-3-b', until: grant.until, retained: [approval, grant] } },
    ]);
  });

  test('is one, however often somebody asks', () => {
    expect(given(requested, granted).when(asking(approval))).toEqual([]);
    expect(given(requested, refused).when(asking())).toEqual([]);
  });
});

describe('when the time is over', () => {
  test('it is granted', () => {
    expect(given(requested, refused).when(judging(over))).toEqual([granted]);
  });

  test('it stays refused for what was done since', () => {
    expect(given(requested, refused).when(judging(grant))).toMatchObject([
      { type: 'ErasureRefused', data: { until: grant.until } },
    ]);
  });
});

describe('a look-up', () => {
  test('is recorded, with why', () => {
    expect(given(requested, refused).when(lookingUp)).toEqual([
      { type: 'SubjectLookedUp', data: { person: ANN, reason: 'sealed:v1:x', ...stamp } },
    ]);
  });

  test('retention-over: after its time', () => {
    expect(given(requested, refusedUntil(over.until)).when(lookingUp)).toMatchObject({ rejected: 'retention-over' });
  });

  test('erased: of somebody whom nobody knows any more', () => {
    expect(given(requested, granted).when(lookingUp)).toMatchObject({ rejected: 'erased' });
  });

  test('not-found: of somebody who was not erased', () => {
    expect(given().when(lookingUp)).toMatchObject({ rejected: 'not-found' });
  });
});

test('what is gone is recorded once', () => {
  const done: ErasureEvent = { type: 'ErasureCarriedOut', data: { dropped: ['entry', 'keys'], ...stamp } };
  expect(given(requested, refused).when(recording)).toEqual([done]);
  expect(given(requested, refused, done).when(recording)).toEqual([]);
});

describe('every state and command', () => {
  const histories: Readonly<Record<ErasureStatus, readonly ErasureEvent[]>> = {
    None: [],
    Refused: [requested, refused],
    Granted: [requested, granted],
  };
  const commands: readonly Stamped<ErasureCommand>[] = [asking(approval), judging(), recording, lookingUp];
  const pairs = (Object.keys(histories) as ErasureStatus[]).flatMap(state =>
    commands.map(command => [state, command.type, command] as const),
  );

  test.each(pairs)('%s, %s', (state, type, command) => {
    const decision = given(...histories[state]).when(command);
    const after = isRejection(decision) ? undefined : fold(erasure, [...histories[state], ...decision]).status;
    expect(erasureMoves[state][type] ?? [undefined]).toContain(after);
  });

  test('is in the table', () => {
    const told = new Set(Object.values(erasureMoves).flatMap(moves => Object.keys(moves)));
    expect([...told].sort()).toEqual(commands.map(({ type }) => type).sort());
  });
});

test('every sample of an event is understood', () => {
  const event = { type: 'ErasureRefused', data: samples['ErasureRefused'] } as ErasureEvent;
  expect(fold(erasure, [event])).toMatchObject({ status: 'Refused', until: '2033-03-02T09:00:01.250Z' });
});
