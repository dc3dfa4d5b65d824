import type { Message } from '@slipway/event-sourcing';
import type { Prepare } from '@slipway/service';

/**
 * The directory first: the event says what is gone. When the event could not be appended it is done again, which drops
 * nothing twice and answers the same.
 */
export const eraseSubject: Prepare = async (command, _to, { directory }) => {
  const { data } = command as Message<'EraseSubject', { person: string; linkUntil?: string }>;
  const dropped = await directory.erasePerson(data.person, data.linkUntil);
  return { command: { ...command, data: { ...data, dropped } } };
};
