import { Access, type Asked, askedOf } from '@slipway/edge';
import type { Stamp } from '@slipway/event-sourcing';
import { v7 as uuidv7 } from 'uuid';

/** Slipway itself asks: under a key of what it reacts to, so that it has its effect once however often it is asked. */
export const askedByProcess = (process: string, target: string, key: string): Asked => {
  const now = new Date().toISOString();
  const stamp: Stamp = {
    actor: `process-${process}`,
    issuer: 'slipway',
    occurredAt: now,
    recordedAt: now,
    source: 'process',
  };
  const facts = {
    stamp,
    access: new Access(),
    may: async () => false,
    operation: process,
    target,
    clientKey: key,
    request: key,
  };
  return askedOf({ ...facts, correlationId: uuidv7() });
};
