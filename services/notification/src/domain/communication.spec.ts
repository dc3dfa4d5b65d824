import type { CommunicationEvent } from '@slipway/contracts';
import { fold, isRejection, specification } from '@slipway/event-sourcing';
import {
  communication,
  type CommunicationCommand,
  communicationMoves,
  type CommunicationStatus,
} from './communication.ts';
import { rita, sealed, stamp } from './example.ts';

const given = specification(communication);
const omar = 'person-0198c1a0-1000-7000-8000-000000000002';
const contentDigest = `sha256:${'a'.repeat(64)}`;
const said = { subject: 'A day later', people: [omar, rita], text: sealed, contentDigest };
const draft = { ...said, title: 'Delay', owner: rita, kind: 'delay', audience: 'support', about: 'release-1' } as const;
const drafted: CommunicationEvent = { type: 'CommunicationDrafted', data: { ...draft, ...stamp } };
const sent: CommunicationEvent = { type: 'CommunicationSent', data: { ...stamp, people: [rita, omar], contentDigest } };
const canceled: CommunicationEvent = { type: 'CommunicationCanceled', data: stamp };
const receipt = { type: 'RecordReceipt', data: { person: omar, outcome: 'delivered' }, stamp } as const;
const acknowledge = { type: 'AcknowledgeCommunication', data: {}, stamp } as const;
const commands: readonly CommunicationCommand[] = [
  { type: 'DraftCommunication', data: draft },
  { type: 'ReviseCommunication', data: said },
  { type: 'SendCommunication', data: {} },
  { type: 'RecordReceipt', data: { person: omar, outcome: 'delivered' } },
  { type: 'AcknowledgeCommunication', data: {} },
  { type: 'CancelCommunication', data: {} },
];

describe('a communication', () => {
  test('freezes whom it goes to and what it says, as it was revised last', () => {
    const other = `sha256:${'b'.repeat(64)}`;
    const revised: CommunicationEvent = {
      type: 'CommunicationRevised',
      data: { ...said, people: [omar, omar], contentDigest: other, ...stamp },
    };
    expect(given(drafted).when({ type: 'SendCommunication', data: {}, stamp })).toEqual([sent]);
    expect(given(drafted, revised).when({ type: 'SendCommunication', data: {}, stamp })).toEqual([
      { type: 'CommunicationSent', data: { ...stamp, people: [omar], contentDigest: other } },
    ]);
  });
  test('goes to somebody', () => {
    const nobody: CommunicationEvent = { type: 'CommunicationRevised', data: { ...said, people: [], ...stamp } };
    expect(given(drafted, nobody).when({ type: 'SendCommunication', data: {}, stamp })).toMatchObject({
      rejected: 'no-recipients',
    });
  });
  test('has one receipt a person', () => {
    const [recorded] = [{ type: 'CommunicationReceiptRecorded', data: { ...receipt.data, ...stamp } } as const];
    expect(given(drafted, sent).when(receipt)).toEqual([recorded]);
    expect(given(drafted, sent, recorded).when(receipt)).toEqual([]);
    expect(given(drafted, sent).when({ ...receipt, data: { ...receipt.data, person: 'person-x' } })).toMatchObject({
      rejected: 'not-a-recipient',
    });
  });
  test('is acknowledged once, by whom it was sent to', () => {
    const [read] = [{ type: 'CommunicationAcknowledged', data: { person: rita, ...stamp } } as const];
    expect(given(drafted, sent).when(acknowledge)).toEqual([read]);
    expect(given(drafted, sent, read).when(acknowledge)).toEqual([]);
    expect(given(drafted, sent).when({ ...acknowledge, stamp: { ...stamp, actor: 'person-x' } })).toMatchObject({
      rejected: 'not-a-recipient',
    });
  });
  test.each([
    ['no-communication', [], acknowledge],
    ['communication-exists', [drafted], { ...commands[0]!, stamp }],
    ['not-sent', [drafted], acknowledge],
    ['communication-sent', [drafted, sent], { ...commands[1]!, stamp }],
    ['communication-canceled', [drafted, canceled], { ...commands[2]!, stamp }],
  ] as const)('%s', (rejected, history, command) =>
    expect(given(...history).when(command)).toMatchObject({ rejected }),
  );
});

describe('every command in every state', () => {
  const histories = { None: [], Draft: [drafted], Sent: [drafted, sent], Canceled: [drafted, canceled] };
  const pairs = Object.entries(histories).flatMap(([status, history]) =>
    commands.map(each => [status as CommunicationStatus, each.type, history, each] as const),
  );

  test.each(pairs.filter(([status, type]) => communicationMoves[status][type]))(
    '%s allows %s',
    (status, type, history, each) => {
      const decided = communication.decide({ ...each, stamp }, fold(communication, history));
      if (isRejection(decided)) throw new Error(decided.rejected);
      expect(fold(communication, [...history, ...decided]).status).toBe(communicationMoves[status][type]);
    },
  );

  test.each(pairs.filter(([status, type]) => !communicationMoves[status][type]))(
    '%s refuses %s',
    (_, __, history, each) =>
      expect(communication.decide({ ...each, stamp }, fold(communication, history))).toMatchObject({
        rejected: expect.stringMatching(/^[a-z-]+$/) as string,
      }),
  );
});
