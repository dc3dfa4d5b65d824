import type { Ratios } from './append.ts';
import { type PeerClient, peerClient, slipwayClient, type SlipwayClient, slipwaySequencer } from './contest.ts';
import { type Figure, measured } from './figure.ts';
import type { EmmettOthers } from './peers/emmett/client.ts';
import { prepareSlipway } from './peers/slipway/database.ts';
import { interleaved, type Rounds } from './rounds.ts';
import { say } from './say.ts';
import type { Stage } from './stage.ts';
import { ratioOf } from './statistics.ts';

export type Rebuilder = 'slipway' | 'emmett';

export type RebuildOptions = Readonly<{
  rounds: number;
  events: number;
  /** Of emmett, when it would take too long with all. */
  emmettEvents: number;
}>;

/** What emmett's projector takes at a time; its default is 100. */
const EMMETT_BATCHES = [100, 1_000, 10_000];
/** For trying the sizes out. */
const TRIED_EVENTS = 20_000;

/** The view of how many events a stream has, from the first event on, over streams of ten. */
export const benchRebuild = async (stage: Stage, options: RebuildOptions): Promise<Rounds<Rebuilder>> => {
  const { rounds, events, emmettEvents } = options;
  const ours = await stage.database('slipway_rebuild', prepareSlipway);
  const slipway = await slipwayClient(ours);
  const sequencer = await slipwaySequencer(ours);
  say(`rebuild: appending ${events} events to slipway`);
  await slipway.ask.fill(events);
  await slipway.ask.settled(120_000);
  await sequencer.stop();
  const batch = await bestBatch(stage);
  const theirs = await stage.database('emmett_rebuild', async () => undefined);
  const emmett = await peerClient<EmmettOthers>('emmett', theirs, 20);
  say(`rebuild: appending ${emmettEvents} events to emmett`);
  await emmett.ask.fill(emmettEvents);
  const figures = await interleaved<Rebuilder>(
    'rebuild',
    [
      { name: 'slipway', round: () => rebuilt(stage, slipway, events, () => slipway.ask.rebuild()) },
      { name: 'emmett', round: () => rebuilt(stage, emmett, emmettEvents, () => emmett.ask.rebuild(batch)) },
    ],
    rounds,
  );
  await emmett.stop();
  await slipway.stop();
  return figures;
};

const bestBatch = async (stage: Stage): Promise<number> => {
  const database = await stage.database('emmett_batches', async () => undefined);
  const emmett = await peerClient<EmmettOthers>('emmett', database, 20);
  await emmett.ask.fill(TRIED_EVENTS);
  const rates: { batch: number; rate: number }[] = [];
  for (const batch of EMMETT_BATCHES) {
    const { rate, missed = 0 } = await rebuilt(stage, emmett, TRIED_EVENTS, () => emmett.ask.rebuild(batch));
    if (missed === TRIED_EVENTS) throw new Error('a rebuild of emmett read nothing');
    rates.push({ batch, rate });
  }
  await emmett.stop();
  const best = rates.toSorted((a, b) => b.rate - a.rate)[0]?.batch ?? 100;
  const tried = rates.map(({ batch, rate }) => `batches of ${batch} ${Math.round(rate)}/s`).join(', ');
  say(`rebuild, emmett: ${tried}; it gets ${best}`);
  return best;
};

/** Counted as if it had read them all: a reader that passes events by is not the quicker for it. */
const rebuilt = async (
  stage: Stage,
  client: PeerClient | SlipwayClient,
  events: number,
  rebuild: () => Promise<number>,
): Promise<Figure> => {
  let read = 0;
  const figure = await measured(stage, { client: client.pid }, async () => {
    const began = performance.now();
    read = await rebuild();
    return { count: events, seconds: (performance.now() - began) / 1_000 };
  });
  return { ...figure, missed: events - read };
};

/** What a rebuild did not see of what is stored. */
export const missedIn = (rounds: Rounds<Rebuilder>): readonly string[] =>
  [...rounds].flatMap(([name, figures]) => {
    const missed = figures.map(figure => figure.missed ?? 0);
    return missed.some(Boolean) ? [`A rebuild of ${name} passed events by, a round: ${missed.join(', ')}.`] : [];
  });

export const rebuildRatios = (rounds: Rounds<Rebuilder>): Ratios => {
  const rate = (name: Rebuilder) => (rounds.get(name) ?? []).map(figure => figure.rate);
  const ratio = ratioOf(rate('slipway'), rate('emmett'));
  return ratio ? { 'rebuild.emmett': ratio } : {};
};
