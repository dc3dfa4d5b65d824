import { type EventData, eventData, newStream } from '../event.ts';
import { applyLoad, type Load, type LoadCount } from '../load.ts';
import { serve } from '../serve.ts';

/** A store through its own client, in a process of its own. */
export type Peer = Readonly<{
  /** Appends to a stream that must be at `expected`; 0: must not be there. */
  append: (stream: string, expected: number, events: readonly EventData[]) => Promise<void>;
  /** How many events the whole stream has. */
  read: (stream: string) => Promise<number>;
  /** In a session of the store's own. */
  show: (setting: string) => Promise<string>;
  close: () => Promise<void>;
}>;

/** What a store is asked to do over and over. */
export type Workload = 'new' | 'existing' | 'read10' | 'read1000';

export type PeerRun = Load & Readonly<{ workload: Workload; categories?: number }>;

export type PeerMethods = Readonly<{
  settings: (names: readonly string[]) => Promise<Readonly<Record<string, string>>>;
  /** Streams of their own for `existing`, and for the two reads. */
  prepare: (workloads: readonly Workload[]) => Promise<void>;
  run: (run: PeerRun) => Promise<LoadCount>;
  /** Appends so many events to streams of ten. */
  fill: (events: number) => Promise<void>;
}>;

/** What an existing stream is at. */
type Place = { readonly stream: string; version: number };

const EXISTING = 10_000;
const READ_STREAMS = { read10: { count: 200, length: 10 }, read1000: { count: 20, length: 1_000 } };
const FILL_LENGTH = 10;
const PREPARING = 32;

/** Offers a store to the benchmark, with what all stores are asked in the same way. */
export const servePeer = (peer: Peer, others: Readonly<Record<string, (argument: never) => Promise<unknown>>> = {}) => {
  const existing: Place[] = [];
  const readable = { read10: [] as string[], read1000: [] as string[] };

  const appendToNew = (turn: number, categories?: number): Promise<void> =>
    peer.append(newStream(categories ? `release${turn % categories}` : undefined), 0, [eventData(turn)]);

  // In turn, so that no two under way meet: there are far more streams than that.
  const appendToExisting = async (turn: number): Promise<void> => {
    const place = existing[turn % existing.length];
    if (!place) throw new Error('existing streams were not prepared');
    const { stream, version } = place;
    await peer.append(stream, version, [eventData(turn)]);
    place.version = version + 1;
  };

  const readOne = async (workload: 'read10' | 'read1000', turn: number): Promise<void> => {
    const streams = readable[workload];
    const { length } = READ_STREAMS[workload];
    const found = await peer.read(streams[turn % streams.length] ?? '');
    if (found !== length) throw new Error(`a stream of ${length} events answered ${found}`);
  };

  const act = async ({ workload, categories }: PeerRun, turn: number): Promise<number> => {
    if (workload === 'new') await appendToNew(turn, categories);
    else if (workload === 'existing') await appendToExisting(turn);
    else await readOne(workload, turn);
    return 1;
  };

  const prepareOne = async (workload: Workload): Promise<void> => {
    if (workload === 'existing' && existing.length === 0)
      existing.push(...(await filled(peer, EXISTING, 1)).map(stream => ({ stream, version: 1 })));
    if (workload !== 'read10' && workload !== 'read1000') return;
    const { count, length } = READ_STREAMS[workload];
    if (readable[workload].length === 0) readable[workload].push(...(await filled(peer, count, length)));
  };

  const methods = {
    settings: async names =>
      Object.fromEntries(await Promise.all(names.map(async name => [name, await peer.show(name)]))),
    prepare: async workloads => {
      for (const workload of workloads) await prepareOne(workload);
    },
    run: run => applyLoad(run, turn => act(run, turn)),
    fill: async events => {
      await filled(peer, Math.ceil(events / FILL_LENGTH), FILL_LENGTH);
    },
  } satisfies PeerMethods;
  serve({ ...methods, ...others }, peer.close);
};

/** So many new streams of this length. */
const filled = async (peer: Peer, count: number, length: number): Promise<readonly string[]> => {
  const streams = Array.from({ length: count }, () => newStream());
  const left = streams.entries();
  const lane = async (): Promise<void> => {
    for (const [index, stream] of left)
      await peer.append(
        stream,
        0,
        Array.from({ length }, (_, nth) => eventData(index * length + nth)),
      );
  };
  await Promise.all(Array.from({ length: PREPARING }, lane));
  return streams;
};
