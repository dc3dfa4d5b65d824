import { clientRound, type Databases, peerClient, slipwayClient } from './contest.ts';
import type { Workload } from './peers/peer.ts';
import { type Contestant, interleaved, type Rounds } from './rounds.ts';
import type { Stage } from './stage.ts';
import type { Ratios } from './append.ts';
import { ratioOf } from './statistics.ts';

/** Readers at once: enough to keep both sides busy, few enough not to queue. */
export const READ_IN_FLIGHT = 8;

const workloads = ['read10', 'read1000'] as const satisfies readonly Workload[];
type Reader = `${'slipway' | 'emmett' | 'message-db'}.${(typeof workloads)[number]}`;

type Options = Readonly<{ rounds: number; seconds: number }>;

/** Whole streams of 10 and of 1,000 events. */
export const benchRead = async (
  stage: Stage,
  databases: Databases,
  { rounds, seconds }: Options,
): Promise<Rounds<Reader>> => {
  const clients = {
    slipway: await slipwayClient(databases.slipway),
    emmett: await peerClient('emmett', databases.emmett, 10),
    'message-db': await peerClient('message-db', databases.messageDb, 10),
  };
  for (const client of Object.values(clients)) await client.ask.prepare(workloads);
  const contestants = Object.entries(clients).flatMap(([name, client]) =>
    workloads.map((workload): Contestant<Reader> => ({
      name: `${name as keyof typeof clients}.${workload}`,
      round: () => clientRound(stage, client, { workload, inFlight: READ_IN_FLIGHT, seconds }),
    })),
  );
  const figures = await interleaved(`reading, ${READ_IN_FLIGHT} in flight`, contestants, rounds);
  for (const client of Object.values(clients)) await client.stop();
  return figures;
};

export const readRatios = (rounds: Rounds<Reader>): Ratios => {
  const rate = (name: Reader) => (rounds.get(name) ?? []).map(figure => figure.rate);
  return Object.fromEntries(
    workloads.flatMap(workload =>
      (['emmett', 'message-db'] as const).flatMap(peer => {
        const ratio = ratioOf(rate(`slipway.${workload}`), rate(`${peer}.${workload}`));
        return ratio ? [[`${workload}.${peer}`, ratio] as const] : [];
      }),
    ),
  );
};
