import type { Delivery } from '@slipway/consumers';
import { eventTypes } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { type CdEvent, SPECIFICATION } from './cdevent.ts';
import { type Facts, type Line, MAPPING } from './mapping.ts';

/** An event in the words of CDEvents; undefined when they have none for it. */
export const told = (event: Delivery, facts: Facts): CdEvent | undefined => {
  const line = MAPPING.find(each => each.from === event.type && fits(each, facts));
  const id = line && facts[line.subject];
  if (!line || typeof id !== 'string' || line.needs?.some(name => facts[name] === undefined)) return undefined;
  const content = line.content.flatMap(name => (facts[name] === undefined ? [] : [[name, facts[name]] as const]));
  const { type, stream, position, version } = event;
  return {
    context: {
      specversion: SPECIFICATION,
      id: event.id,
      source: `/slipway/${eventTypes.get(type)?.category.context ?? 'unknown'}`,
      type: line.to,
      timestamp: (event.data as Stamp).occurredAt,
      chainId: event.correlationId,
    },
    subject: { id, source: line.source, content: Object.fromEntries(content) },
    customData: { type: eventTypes.get(type)?.cloudEventType ?? type, subject: stream, position, version },
  };
};

const fits = ({ when = {} }: Line, facts: Facts): boolean =>
  Object.entries(when).every(([name, values]) => values.includes(facts[name]));
