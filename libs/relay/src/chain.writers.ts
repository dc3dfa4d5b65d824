import { type EventStore, VersionConflict } from '@slipway/event-store';
import { stampOf } from '@slipway/event-sourcing';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';

/** What the writers know, outside the database: a line is on the disk before the writer goes on. */
export type Journal = Readonly<{
  acknowledged: (id: string) => Promise<void>;
  refused: (id: string) => Promise<void>;
  /** Closes and removes it. */
  read: () => Promise<Readonly<{ acknowledged: ReadonlySet<string>; refused: ReadonlySet<string> }>>;
}>;

export const openJournal = async (): Promise<Journal> => {
  const path = join(await mkdtemp(join(tmpdir(), 'journal-')), 'writers');
  const file = await open(path, 'a');
  let lines = '';
  let flushing: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    const some = lines;
    lines = '';
    await file.write(some);
    await file.datasync();
  };
  // Who comes while a flush is under way shares the next one.
  const note = async (line: string): Promise<void> => {
    lines += `${line}\n`;
    while (lines.includes(line)) {
      flushing ??= flush().finally(() => (flushing = undefined));
      await flushing;
    }
    await flushing;
  };
  return {
    acknowledged: id => note(`+${id}`),
    refused: id => note(`-${id}`),
    read: async () => {
      await file.close();
      const all = (await readFile(path, 'utf8')).split('\n');
      await rm(dirname(path), { recursive: true });
      const marked = (mark: string) => new Set(all.filter(line => line.startsWith(mark)).map(line => line.slice(1)));
      return { acknowledged: marked('+'), refused: marked('-') };
    },
  };
};

type Load = Readonly<{ events: number; writers: number; streams: number }>;

/** Writers that get in each other's way: every other append expects a version that may have gone by. */
export const write = async (store: EventStore, journal: Journal, { events, writers, streams }: Load): Promise<void> => {
  const names = Array.from({ length: streams }, () => `release-${uuidv7()}`);
  const versions = new Map<string, number>();
  let left = events;
  const writeOne = async (turn: number): Promise<void> => {
    const stream = names[Math.floor(Math.random() * streams)] ?? '';
    const seen = versions.get(stream);
    const id = uuidv7();
    const event = {
      type: 'ReleaseHeld',
      id,
      data: { turn, ...stampOf('person-load') },
      envelope: { correlationId: id },
    };
    try {
      const appended = await store.append([
        { stream, expect: turn % 2 === 0 || !seen ? 'any' : seen, events: [event] },
      ]);
      versions.set(stream, appended.get(stream) ?? 0);
      await journal.acknowledged(id);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      left += 1;
      versions.set(stream, (await store.read(stream, 2 ** 31 - 1)).version);
      await journal.refused(id);
    }
  };
  const writer = async (): Promise<void> => {
    for (let turn = 0; left > 0; turn += 1) {
      left -= 1;
      await writeOne(turn);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
};
