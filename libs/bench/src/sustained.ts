import { setTimeout as pause } from 'node:timers/promises';
import { slipwayClient, type SlipwayClient, slipwaySequencer } from './contest.ts';
import { type Figure, measured } from './figure.ts';
import type { Load } from './load.ts';
import type { ConsumerMethods } from './peers/slipway/consumer.ts';
import { asRole } from './peers/slipway/database.ts';
import type { RelayMethods } from './peers/slipway/relay.ts';
import { type Remote, startRemote } from './remote.ts';
import { say } from './say.ts';
import type { Stage } from './stage.ts';

/** A rate holds when all of a round is on Kafka so soon after its end. */
const ON_KAFKA_WITHIN_SECONDS = 1;
const GIVEN_UP_AFTER_MS = 300_000;
const WARM_UP_SECONDS = 1;
const SLOWER = 0.95;
const QUICKER = 1.05;

export type Sustained = Readonly<{ round: () => Promise<Figure>; stop: () => Promise<void> }>;

/** Appends with sequencer, relay and a consumer with its view running: at the highest rate that Kafka keeps up with. */
export const startSustained = async (stage: Stage, database: string, load: Load): Promise<Sustained> => {
  const client = await slipwayClient(database);
  const attempt = (ratePerSecond: number | undefined): Promise<Figure> =>
    inChain(stage, database, client, { ...load, ...(ratePerSecond !== undefined && { ratePerSecond }) });
  let rate = await highestRate(load.seconds, attempt);
  const round = async (): Promise<Figure> => {
    const figure = await attempt(rate);
    if (holds(figure)) return figure;
    rate = (rate ?? figure.rate) * SLOWER;
    say(`sustained: Kafka did not keep up, once more at ${Math.round(rate)}/s`);
    return round();
  };
  return { round, stop: client.stop };
};

/** Undefined: as quickly as it goes. */
const highestRate = async (
  seconds: number,
  attempt: (rate: number | undefined) => Promise<Figure>,
): Promise<number | undefined> => {
  const free = await attempt(undefined);
  if (holds(free)) return undefined;
  const { rate: appended, drainSeconds } = free;
  // What went through while it was appended and drained, spread over both.
  let rate = (appended * seconds) / (seconds + (drainSeconds?.kafka ?? 0));
  let figure = await attempt(rate);
  while (!holds(figure)) figure = await attempt((rate *= SLOWER));
  while (holds(await attempt(rate * QUICKER)) && rate < appended) rate *= QUICKER;
  return rate;
};

const holds = ({ drainSeconds }: Figure): boolean => (drainSeconds?.kafka ?? Infinity) <= ON_KAFKA_WITHIN_SECONDS;

const inChain = async (stage: Stage, database: string, client: SlipwayClient, load: Load): Promise<Figure> => {
  const chain = await startChain(stage, database);
  const drain = (): Promise<Drain> => drained(client, chain);
  try {
    await client.ask.run({ ...load, workload: 'new', seconds: WARM_UP_SECONDS });
    await drain();
    let drainSeconds: Drain | undefined;
    const figure = await measured(stage, { ...chain.pids, client: client.pid }, async () => {
      const count = await client.ask.run({ ...load, workload: 'new' });
      drainSeconds = await drain(); // within, so that all that its events cost is counted
      return count;
    });
    return { ...figure, ...(drainSeconds && { drainSeconds }) };
  } finally {
    await chain.stop();
  }
};

type Drain = NonNullable<Figure['drainSeconds']>;

const drained = async (client: SlipwayClient, { relay, consumer }: Chain): Promise<Drain> => {
  const ended = performance.now();
  const seconds = (): number => (performance.now() - ended) / 1_000;
  const head = await client.ask.settled(GIVEN_UP_AFTER_MS);
  await until(async () => (await relay.ask.position()) >= head);
  const kafka = seconds();
  await until(async () => (await consumer.ask.position()) >= head);
  return { kafka, view: seconds() };
};

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + GIVEN_UP_AFTER_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('the chain from the store to the view stands still');
    await pause(10);
  }
};

type Chain = Awaited<ReturnType<typeof startChain>>;

const startChain = async (stage: Stage, database: string) => {
  const broker = await stage.broker();
  const kafka = { KAFKA_BROKERS: broker.address, TOPIC_PREFIX: 'bench' };
  const at = (module: string): URL => new URL(`./peers/slipway/${module}.js`, import.meta.url);
  const sequencer = await slipwaySequencer(database);
  const relay: Remote<RelayMethods> = await startRemote(at('relay'), {
    ...kafka,
    DATABASE_URL: asRole(database, 'relay'),
  });
  const consumer: Remote<ConsumerMethods> = await startRemote(at('consumer'), {
    ...kafka,
    DATABASE_URL: asRole(database, 'planning'),
  });
  return {
    relay,
    consumer,
    pids: { sequencer: sequencer.pid, relay: relay.pid, consumer: consumer.pid, broker: broker.pid },
    stop: async () => {
      for (const remote of [consumer, relay, sequencer]) await remote.stop();
    },
  };
};
