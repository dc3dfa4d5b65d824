import type { Command } from 'commander';
import type { JsonObject } from '../client.ts';
import { countIn } from '../count.ts';
import { withNames } from '../names.ts';
import type { Session } from '../session.ts';
import { type Column, table } from '../table.ts';

type Options = Readonly<{ csv?: boolean; limit: number }>;

/** In log order: where, when, who, what, of which record. What followed by itself names the process that did it. */
const COLUMNS: readonly Column[] = [
  ['position', 'position'],
  ['happened', 'occurredAt'],
  ['recorded', 'recordedAt'],
  ['who', 'onBehalfOf', 'actor'],
  ['what', 'type'],
  ['record', 'record'],
  ['under', 'changes'],
  ['by itself', 'process'],
];

/** `slipway trail REL-1` */
export const addTrail = (program: Command, session: Session): void => {
  program
    .command('trail <record>')
    .description('all that happened to a record, what caused it and what it caused, by its id or number')
    .option('--csv', 'as CSV')
    .option('--limit <count>', 'how many events at most', countIn, 10_000)
    .action(async (record: string, { csv = false, limit }: Options) => {
      const path = `/v1/audit/trail/${encodeURIComponent(record)}`;
      const client = session.client();
      if (csv) return session.print(await client.csv(path));
      const trail = await client.pages(path, {}, limit);
      await session.show(trail, async () => inRows(await withNames(client, trail.items)));
    });
};

const inRows = (items: readonly JsonObject[]): string =>
  items.length === 0 ? 'Nothing is recorded.\n' : table(COLUMNS, items.map(rowOf));

const PROCESS = 'process-';

const rowOf = (item: JsonObject): JsonObject => {
  const { actor, number, stream } = item;
  const record = number ?? (typeof stream === 'string' ? shortened(stream) : null);
  return typeof actor === 'string' && actor.startsWith(PROCESS)
    ? { ...item, record, process: actor.slice(PROCESS.length) }
    : { ...item, record };
};

/** `alert-5b58c8b7`: enough to tell one from another in one trail. */
const shortened = (stream: string): string => /^[A-Za-z]+-[0-9a-f]{8}(?=-[0-9a-f-]{27}$)/.exec(stream)?.[0] ?? stream;
