import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { CATEGORY } from './event.ts';
import type { Held, HeldAppend, Seen } from './peers/held.ts';
import { openEmmett } from './peers/emmett/held.ts';
import { openMessageDb } from './peers/message-db/held.ts';
import { asMessageStore, prepareMessageDb } from './peers/message-db/install.ts';
import { openNaive, prepareNaive } from './peers/naive/held.ts';
import { prepareSlipway } from './peers/slipway/database.ts';
import { openSlipway } from './peers/slipway/held.ts';
import { say } from './say.ts';
import type { Stage } from './stage.ts';

export type LostCount = Readonly<{ appended: number; neverSeen: number; seenTwice: number; outOfOrder: number }>;

const WRITERS = 16;
const STREAMS_A_WRITER = 4;
const QUIET_MS = 3_000;

/** Sixteen write, some slowly and some in vain, while the store's own reader reads along. */
export const benchLost = async (stage: Stage, seconds: number): Promise<Readonly<Record<string, LostCount>>> => {
  const open: Record<string, () => Promise<Held>> = {
    slipway: async () => openSlipway(await stage.database('slipway_lost', prepareSlipway)),
    emmett: async () => openEmmett(await stage.database('emmett_lost', async () => undefined)),
    'message-db': async () => openMessageDb(asMessageStore(await stage.database('message_db_lost', prepareMessageDb))),
    'position > last': async () => openNaive(await stage.database('naive_lost', prepareNaive)),
  };
  const lost: Record<string, LostCount> = {};
  for (const [store, opened] of Object.entries(open)) {
    lost[store] = await lostBy(await opened(), seconds);
    say(`lost events, ${store}: ${JSON.stringify(lost[store])}`);
  }
  return lost;
};

const lostBy = async (store: Held, seconds: number): Promise<LostCount> => {
  const seen: Seen[] = [];
  let lastAt = performance.now();
  const stop = await store.follow(event => {
    seen.push(event);
    lastAt = performance.now();
  });
  const until = performance.now() + seconds * 1_000;
  const appended = (await Promise.all(Array.from({ length: WRITERS }, () => write(store, until)))).flat();
  lastAt = performance.now();
  while (performance.now() - lastAt < QUIET_MS && seen.length < appended.length) await pause(20);
  await stop();
  await store.close();
  return countLost(appended, seen);
};

/** One writer on streams of its own, so that it knows their versions; answers what it was told that is stored. */
const write = async (store: Held, until: number): Promise<readonly Seen[]> => {
  const streams = Array.from({ length: STREAMS_A_WRITER }, () => ({ stream: `${CATEGORY}-${uuidv7()}`, version: 0 }));
  const appended: Seen[] = [];
  for (let turn = 0; performance.now() < until; turn += 1) {
    const at = streams[turn % streams.length];
    if (!at) throw new Error('a writer has streams');
    const append = { id: uuidv7(), stream: at.stream, version: at.version + 1, ...fate() };
    await store.append(append);
    if (append.rolledBack) continue;
    at.version = append.version;
    appended.push(append);
  }
  return appended;
};

/** Most commit at once, a fifth takes up to 50 ms, a tenth is rolled back. */
const fate = (): Pick<HeldAppend, 'heldMs' | 'rolledBack'> => {
  const chance = Math.random();
  if (chance < 0.1) return { heldMs: Math.random() * 20, rolledBack: true };
  return { heldMs: chance < 0.3 ? 5 + Math.random() * 45 : 0, rolledBack: false };
};

/** In the order in which the reader saw them. */
export const countLost = (appended: readonly Seen[], seen: readonly Seen[]): LostCount => {
  const ids = new Set<string>();
  const highest = new Map<string, number>();
  let outOfOrder = 0;
  for (const { id, stream, version } of seen) {
    if (!ids.has(id) && version < (highest.get(stream) ?? 0)) outOfOrder += 1;
    highest.set(stream, Math.max(version, highest.get(stream) ?? 0));
    ids.add(id);
  }
  return {
    appended: appended.length,
    neverSeen: appended.filter(({ id }) => !ids.has(id)).length,
    seenTwice: seen.length - ids.size,
    outOfOrder,
  };
};
