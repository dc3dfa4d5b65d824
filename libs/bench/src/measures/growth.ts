import { fill } from './backlog.ts';
import { sizesOf } from './growth-sizes.ts';
import { growthLines } from './growth-lines.ts';
import { medianOf, type Rates, ratesOf } from './growth-rates.ts';
import type { Measure } from './measure.ts';
import { partitionTables } from './partitioned.ts';
import { measurePending } from './pending.ts';
import { withSequencer } from './sequencing.ts';
import { preparedDatabase, query, setStage, urlAs } from './stage.ts';
import { extrapolated, type Shape, type Stand } from './stand.ts';

const EVENTS = [1_000_000, 10_000_000];
const EVENTS_A_STREAM = 20;
const ROUNDS = 3;
const SHAPES = ['plain', 'partitioned'] as const;
const PARTS = 16;
const POSITIONS_A_PART = 10_000_000;
/** What the rounds append beside; where no part is for a position, none is given. */
const POSITIONS_TO_SPARE = 2_000_000;
const EXTRAPOLATED_TO = 1_000_000_000;

/**
 * Two stores side by side on one server, one with plain tables and one with partitioned ones, filled in turns: bytes an
 * event, and the rates at the first stand against those at the last.
 */
export const growth: Measure = async ({ scale = 1, say }) => {
  const stage = await setStage();
  try {
    const pending = await measurePending(await stage.servers.database('pending', preparedDatabase), scale, say);
    const counts = EVENTS.map(count => count * scale);
    const plain = await stage.servers.database('plain', preparedDatabase);
    const partitioned = await stage.servers.database('partitioned', preparedDatabase);
    await partitionTables(partitioned, {
      parts: PARTS,
      positionsAPart: Math.ceil(POSITIONS_A_PART * scale),
      positions: 5 * Math.max(...counts) + POSITIONS_TO_SPARE,
    });
    const urls = { plain, partitioned };
    const versions = { plain: new Map<string, number>(), partitioned: new Map<string, number>() };
    const stands: Stand[] = [];
    for (const events of counts) {
      for (const shape of SHAPES) {
        say(`${shape} tables, up to ${events} events`);
        for (const stream of await grownTo(urls[shape], events, say)) versions[shape].set(stream, EVENTS_A_STREAM);
        await stage.servers.settle();
      }
      stands.push(...(await standsAt(events, urls, versions, scale, say)));
    }
    const later = extrapolated(stands, EXTRAPOLATED_TO);
    return { figures: { stands, pending, extrapolated: later }, lines: growthLines(stands, pending, later) };
  } finally {
    await stage.stop();
  }
};

const standsAt = async (
  events: number,
  urls: Readonly<Record<Shape, string>>,
  versions: Readonly<Record<Shape, Map<string, number>>>,
  scale: number,
  say: (line: string) => void,
): Promise<readonly Stand[]> => {
  const sizes = { plain: await sizesOf(urls.plain), partitioned: await sizesOf(urls.partitioned) };
  const rounds: Record<Shape, Rates[]> = { plain: [], partitioned: [] };
  for (let round = 1; round <= ROUNDS; round += 1)
    for (const shape of SHAPES) {
      say(`${shape} tables, at ${events} events: round ${round} of ${ROUNDS}`);
      const rates = await ratesOf(urls[shape], versions[shape], Math.min(1, scale));
      say(JSON.stringify(rates));
      rounds[shape].push(rates);
    }
  return SHAPES.map(shape => ({
    shape,
    events,
    sizes: sizes[shape],
    rounds: rounds[shape],
    rates: medianOf(rounds[shape]),
  }));
};

/** Fills up to a number of events, sequenced. Answers the new streams. */
const grownTo = async (url: string, events: number, say: (line: string) => void): Promise<readonly string[]> => {
  const missing = Math.max(0, events - (await headOf(url)));
  return withSequencer(url, () =>
    fill({ url: urlAs(url, 'planning'), events: missing, eventsAStream: EVENTS_A_STREAM, say }),
  );
};

const headOf = async (url: string): Promise<number> => {
  const rows = await query<{ head: string }>(url, 'SELECT store.head() AS head');
  return Number(rows[0]?.head);
};
