import type { CarryOut, DueInstruction } from '@slipway/consumers';
import { AppendRefused, EventTooLarge, handle, type Outcome } from '@slipway/event-store';
import { isRejection, reject, type Rejection, type Stamp } from '@slipway/event-sourcing';
import { sha256 } from '@slipway/canonical';
import type { Service } from './service.ts';

/** Carries out what processes instruct, under their own key and in the name of who caused it. */
export const carryOutOf =
  (service: Service): CarryOut =>
  async instruction => {
    const outcome = await attempt(service, instruction).catch(refusedForGood);
    if (!isRejection(outcome)) return { done: true };
    // Too many wrote at once: that says nothing of the instruction, so it is tried again.
    if (outcome.rejected === 'contention') throw new Error(outcome.reason);
    return { rejected: outcome.rejected, reason: outcome.reason };
  };

// PostgreSQL will say the same the next time: the outcome is recorded, and what waits behind it goes on.
const refusedForGood = (error: unknown): Rejection => {
  if (error instanceof EventTooLarge) return reject('event-too-large', error.message);
  if (error instanceof AppendRefused) return reject('append-refused', error.message);
  throw error;
};

const attempt = (service: Service, instruction: DueInstruction): Promise<Outcome> => {
  const { key, command, to, causationId, correlationId, traceparent } = instruction;
  return service.decided(command, to, prepared =>
    handle(service.store, {
      home: service.task({ stream: to, command: prepared.command }, stampOf(instruction), true),
      checks: prepared.checks ?? [],
      key,
      request: sha256(key),
      correlationId,
      causationId,
      ...(traceparent && { traceparent }),
    }),
  );
};

// It happened when its cause did.
const stampOf = ({ process, actor, onBehalfOf = actor, occurredAt }: DueInstruction): Stamp => ({
  actor: `process-${process}`,
  onBehalfOf,
  issuer: 'slipway',
  occurredAt,
  recordedAt: new Date().toISOString(),
  source: 'process',
});
