import type { CarryOut, DueInstruction } from '@slipway/consumers';
import { handle, type Outcome } from '@slipway/event-store';
import { isRejection, type Stamp } from '@slipway/event-sourcing';
import { sha256 } from '@slipway/canonical';
import type { Service } from './service.ts';

/** Carries out what processes instruct, under their own key and in the name of who caused it. */
export const carryOutOf =
  (service: Service): CarryOut =>
  async instruction => {
    const outcome = await attempt(service, instruction);
    return isRejection(outcome) ? { rejected: outcome.rejected, reason: outcome.reason } : { done: true };
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
