import { freePort } from '@slipway/embedded';
import { migrate } from '@slipway/event-store';
import { migrationsOf } from '@slipway/service';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ratios } from './append.ts';
import { slipwaySequencer } from './contest.ts';
import { type Figure, measured, type Pids } from './figure.ts';
import { startIssuer } from './issuer.ts';
import type { GeneratorMethods, Site } from './peers/generator.ts';
import { asRole } from './peers/slipway/database.ts';
import { type Remote, startRemote } from './remote.ts';
import { interleaved, type Rounds } from './rounds.ts';
import { say } from './say.ts';
import { type Stage, withClient } from './stage.ts';
import { ratioOf } from './statistics.ts';

export const REST_IN_FLIGHT = 32;
const WARM_UP_SECONDS = 2;
const CAUGHT_UP_WITHIN_MS = 60_000;
const PLANNING = new URL('../../../services/planning/migrations/', import.meta.url);

export type Application = 'slipway' | 'emmett' | 'nothing';
type Options = Readonly<{ rounds: number; seconds: number }>;
type Started = Readonly<{ site: Site; application: Remote<Record<never, never>> }>;

/** One command through REST: authenticated, with an idempotency key, on a record that is there. */
export const benchRest = async (stage: Stage, { rounds, seconds }: Options): Promise<Rounds<Application>> => {
  const ours = await stage.database('slipway_rest', url => migrate(url, ...migrationsOf('planning', PLANNING)));
  const theirs = await stage.database('emmett_rest', async () => undefined);
  const issuer = await startIssuer();
  const generator: Remote<GeneratorMethods> = await startRemote(at('generator'));
  const start = async (module: string, database?: string): Promise<Started> => {
    const port = await freePort();
    const application = await startRemote<Record<never, never>>(at(module), {
      ...issuer.environment,
      ...(database !== undefined && { DATABASE_URL: database }),
      PORT: String(port),
      GRPC_PORT: String(await freePort()),
    });
    return { site: { port, tokens: issuer.tokens }, application };
  };
  const applications = {
    slipway: await start('slipway/service', asRole(ours, 'planning')),
    emmett: await start('emmett/application', theirs),
    nothing: await start('nothing/web'),
  };
  say('rest: drafting releases');
  for (const { site } of Object.values(applications)) await generator.ask.prepare(site);
  await whileSequenced(ours, async () => undefined);

  const round = async ({ site, application }: Started, others: Pids): Promise<Figure> => {
    const load = { site, inFlight: REST_IN_FLIGHT };
    await generator.ask.run({ ...load, seconds: WARM_UP_SECONDS });
    const pids = { ...others, client: generator.pid, application: application.pid };
    return measured(stage, pids, () => generator.ask.run({ ...load, seconds }));
  };
  const oursRound = (): Promise<Figure> =>
    whileSequenced(ours, sequencer => round(applications.slipway, { sequencer }));
  const figures = await interleaved<Application>(
    `a command through REST, ${REST_IN_FLIGHT} in flight`,
    [
      { name: 'slipway', round: oursRound },
      { name: 'emmett', round: () => round(applications.emmett, {}) },
      { name: 'nothing', round: () => round(applications.nothing, {}) },
    ],
    rounds,
  );
  for (const { application } of Object.values(applications)) await application.stop();
  await generator.stop();
  await issuer.stop();
  return figures;
};

// Nothing is left for the next round, nor for the others': what was committed is in the view when this ends.
const whileSequenced = async <Result>(database: string, work: (pid: number) => Promise<Result>): Promise<Result> => {
  const sequencer = await slipwaySequencer(database);
  try {
    const result = await work(sequencer.pid);
    await caughtUp(database);
    return result;
  } finally {
    await sequencer.stop();
  }
};

const CAUGHT_UP = `
  SELECT NOT EXISTS (SELECT FROM store.pending) AND position >= (SELECT max(position) FROM store.event_log) AS caught_up
  FROM planning.watermarks WHERE consumer = 'planning.releases'`;

const caughtUp = (database: string): Promise<void> =>
  withClient(database, async client => {
    const signal = AbortSignal.timeout(CAUGHT_UP_WITHIN_MS);
    for (;;) {
      const { rows } = await client.query<{ caught_up: boolean }>(CAUGHT_UP);
      if (rows[0]?.caught_up) return;
      await pause(50, undefined, { signal });
    }
  });

const at = (module: string): URL => new URL(`./peers/${module}.js`, import.meta.url);

export const restRatios = (rounds: Rounds<Application>): Ratios => {
  const rate = (name: Application) => (rounds.get(name) ?? []).map(figure => figure.rate);
  const ratios: Ratios = {};
  for (const peer of ['emmett', 'nothing'] as const) {
    const ratio = ratioOf(rate('slipway'), rate(peer));
    if (ratio) ratios[`rest.${REST_IN_FLIGHT}.${peer}`] = ratio;
  }
  return ratios;
};
