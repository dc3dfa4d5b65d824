import type { CommunicationEvent } from '@slipway/contracts';
import { idOf, type Message } from '@slipway/event-sourcing';
import { askedByProcess, type Service } from '@slipway/service';
import type { CommunicationCommand } from '../domain/communication.ts';
import { communicationView, type CommunicationView } from '../read/communication.view.ts';
import type { ClaimedMail, MailOutcome } from './mail-claims.ts';
import type { Words } from './render.ts';

export const isCommunication = ({ subscription }: Pick<ClaimedMail, 'subscription'>): boolean =>
  subscription.startsWith('communication-');

/** What communications say, by stream. Those whose text was erased are absent. */
export const wordsOfCommunications = async (
  service: Service,
  streams: readonly string[],
): Promise<ReadonlyMap<string, Words>> => {
  const found = await Promise.all(
    [...new Set(streams)].map(async stream => [stream, await wordsAt(service, stream)] as const),
  );
  return new Map(found.flatMap(([stream, words]) => (words ? [[stream, words]] : [])));
};

const wordsAt = async (service: Service, stream: string): Promise<Words | undefined> => {
  const { events } = await service.store.read<CommunicationEvent & Message>(stream);
  const view = events.reduce<CommunicationView | undefined>(communicationView, undefined);
  const text = view && (await service.open(stream, view.text));
  return view && typeof text === 'string' ? { subject: view.subject, text } : undefined;
};

/** Tells the communication what became of a mail that will not be tried again. */
export const recordReceipt = async (
  service: Service,
  { id, subscription: stream, recipient }: ClaimedMail,
  { state, error }: MailOutcome,
): Promise<void> => {
  if (state === 'waiting') return;
  const data = { person: recipient, outcome: state, ...(error !== undefined && { error }) };
  const command: CommunicationCommand = { type: 'RecordReceipt', data };
  await service.attempt(askedByProcess('record-receipt', idOf(stream), id), { stream, command });
};
