import { topicOf } from '@slipway/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { ask, type LoadCommand } from '../load/command.ts';
import { tally } from '../load/tally.ts';
import { PREFIX } from '../system/surroundings.ts';
import type { System } from '../system/system.ts';
import type { Fault } from './fault.ts';

/** One more joins the group, and leaves it: all partitions change hands twice. */
export const consumerChurn: Fault = {
  kind: 'consumer-churn',
  touches: 'consumers',
  lengthMs: [2_000, 6_000],
  shortMs: [1_500, 2_500],
  begin: async ({ system }) => {
    const third = system.another('kafka-consumer', 'kafka-consumer-3');
    await third.start();
    return () => third.stop();
  },
};

const PARKED_WITHIN_MS = 10_000;

/** An event that its handler cannot bear, and a harmless one behind it: their stream is parked. */
export const poisonPayloads: Fault = {
  kind: 'poison-payloads',
  touches: 'consumers',
  lengthMs: [3_000, 5_000],
  shortMs: [2_000, 3_000],
  isAlone: true,
  begin: async ({ system }) => {
    const home = `release-${uuidv7()}`;
    await settle(system, { id: uuidv7(), home, events: 1, poison: true });
    await settle(system, { id: uuidv7(), home, events: 1 });
    return () => untilParked(system, home);
  },
};

const untilParked = async ({ pool }: System, stream: string): Promise<void> => {
  const until = performance.now() + PARKED_WITHIN_MS;
  const parked = 'SELECT FROM planning.parked_streams WHERE stream = $1';
  while ((await pool.query(parked, [stream])).rowCount === 0) {
    if (performance.now() > until) throw new Error('the poisoned stream was not parked');
    await pause(20);
  }
};

const settle = async ({ store, ledger }: System, command: LoadCommand): Promise<void> => {
  await ledger.ask(command);
  await ledger.answer(command, await ask(store, command));
};

const REDELIVERED = 10_000;

/** The group forgets how far it was. */
export const redelivery: Fault = {
  kind: 'redelivery',
  touches: 'consumers',
  lengthMs: [0, 0],
  shortMs: [0, 0],
  begin: async ({ system }) => {
    const consumers = system.partsOf('kafka-consumer');
    await Promise.all(consumers.map(part => part.stop()));
    return async () => {
      try {
        await untilSetBack(system);
      } finally {
        await Promise.all(consumers.map(part => part.start()));
      }
    };
  },
};

const SET_BACK_WITHIN_MS = 20_000;

// After a fault before it, a partition may have no leader yet, or the group still count a member that was killed.
const untilSetBack = async (system: System): Promise<void> => {
  const until = performance.now() + SET_BACK_WITHIN_MS;
  for (;;) {
    try {
      return await setBack(system);
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(250);
    }
  }
};

const setBack = async ({ kafka }: System): Promise<void> => {
  const topic = topicOf(PREFIX, 'release');
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ends = await admin.fetchTopicOffsets(topic);
    const partitions = ends.map(({ partition, low, high }) => ({
      partition,
      offset: String(Math.max(Number(low), Number(high) - Math.ceil(REDELIVERED / ends.length))),
    }));
    await admin.setOffsets({ groupId: `${PREFIX}.${tally('kafka', false).consumer}`, topic, partitions });
  } finally {
    await admin.disconnect();
  }
};
