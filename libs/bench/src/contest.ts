import { type Figure, measured, type Pids } from './figure.ts';
import type { PeerMethods, PeerRun } from './peers/peer.ts';
import { asMessageStore, prepareMessageDb } from './peers/message-db/install.ts';
import { preparePlain } from './peers/pgbench/pgbench.ts';
import type { SequencerMethods } from './peers/slipway/sequencer.ts';
import type { SlipwayOthers } from './peers/slipway/client.ts';
import { asRole, prepareSlipway } from './peers/slipway/database.ts';
import { type Remote, startRemote } from './remote.ts';
import { say } from './say.ts';
import type { Stage } from './stage.ts';

/** The databases of all stores on one server. */
export type Databases = Readonly<{
  slipway: string;
  sustained: string;
  emmett: string;
  messageDb: string;
  plain: string;
}>;

export const makeDatabases = async (stage: Stage): Promise<Databases> => ({
  slipway: await stage.database('slipway', prepareSlipway),
  sustained: await stage.database('slipway_sustained', prepareSlipway),
  emmett: await stage.database('emmett', async () => undefined), // its client migrates by itself
  messageDb: asMessageStore(await stage.database('message_db', prepareMessageDb)),
  plain: await stage.database('plain', preparePlain),
});

export type PeerClient<Others = unknown> = Remote<PeerMethods & Others>;
export type SlipwayClient = Remote<PeerMethods & SlipwayOthers>;

const at = (module: string): URL => new URL(`./peers/${module}.js`, import.meta.url);

export const slipwayClient = (database: string): Promise<SlipwayClient> =>
  startRemote(at('slipway/client'), { DATABASE_URL: asRole(database, 'planning') });

export const slipwaySequencer = (database: string): Promise<Remote<SequencerMethods>> =>
  startRemote(at('slipway/sequencer'), { DATABASE_URL: asRole(database, 'sequencer') });

export const peerClient = <Others>(
  peer: 'emmett' | 'message-db',
  database: string,
  poolSize: number,
): Promise<Remote<PeerMethods & Others>> =>
  startRemote(at(`${peer}/client`), { DATABASE_URL: database, POOL_SIZE: String(poolSize) });

/** Not counted, so that code is compiled, connections are open and plans are made. */
const WARM_UP_SECONDS = 1;

/** One round of a client: warmed up, with a meter at it and at the others. */
export const clientRound = async (
  stage: Stage,
  client: Remote<PeerMethods>,
  run: PeerRun,
  others: Pids = {},
): Promise<Figure> => {
  await client.ask.run({ ...run, seconds: WARM_UP_SECONDS });
  return measured(stage, { ...others, client: client.pid }, () => client.ask.run(run));
};

/** The same of ours, beside a sequencer that is there for this round only: nobody else shall pay for it. */
export const slipwayRound = async (
  stage: Stage,
  database: string,
  client: SlipwayClient,
  run: PeerRun,
): Promise<Figure> => {
  const sequencer = await slipwaySequencer(database);
  try {
    const figure = await clientRound(stage, client, run, { sequencer: sequencer.pid });
    await client.ask.settled(SETTLED_WITHIN_MS);
    return figure;
  } finally {
    await sequencer.stop();
  }
};

const SETTLED_WITHIN_MS = 60_000;

/** node-postgres' own size, the one in emmett's documentation, and one connection for each that is in flight. */
const poolSizesFor = (inFlight: number): readonly number[] =>
  [...new Set([10, 20, inFlight])].filter(size => size <= Math.max(10, inFlight));

/** A client with the pool that serves it best at this load. */
export const bestClient = async <Others>(
  peer: 'emmett' | 'message-db',
  database: string,
  run: PeerRun,
): Promise<Remote<PeerMethods & Others>> => {
  const sizes = poolSizesFor(run.inFlight);
  const rates: { size: number; rate: number }[] = [];
  for (const size of sizes.length > 1 ? sizes : []) {
    const client = await peerClient(peer, database, size);
    await client.ask.run({ ...run, seconds: WARM_UP_SECONDS });
    const { count, seconds } = await client.ask.run({ ...run, seconds: 2 });
    await client.stop();
    rates.push({ size, rate: count / seconds });
  }
  const best = rates.toSorted((a, b) => b.rate - a.rate)[0]?.size ?? sizes[0] ?? 10;
  const tried = rates.map(({ size, rate }) => `${size} connections ${Math.round(rate)}/s`).join(', ');
  if (tried) say(`${peer} at ${run.inFlight} in flight: ${tried}; it gets ${best}`);
  return peerClient<Others>(peer, database, best);
};
