import type { WrittenEvent } from './admission.ts';
import { Overloaded, VersionConflict } from './event-store.ts';
import { mayBeOfOneCommand } from './postgres-errors.ts';

/** A command on one stream, which must be at this version; 0: there must be none. */
export type Commit = Readonly<{ stream: string; expect: number; events: readonly WrittenEvent[] }>;

/** Stores what is as expected, in one transaction; those that create come first. Answers the new version of each, null where the expectation failed. */
export type SendBatch = (batch: readonly Commit[]) => Promise<readonly (number | null)[]>;

export type GroupCommitOptions = Readonly<{
  /** Batches under way at once. */
  lanes: number;
  /** Of one batch. */
  commits: number;
  bytes: number;
  /** Of what waits; beyond it, commands are refused. */
  waiting: number;
  waitingBytes: number;
}>;

export const groupCommitDefaults: GroupCommitOptions = {
  lanes: 3,
  commits: 256,
  bytes: 4 * 1024 * 1024,
  waiting: 10_000,
  waitingBytes: 64 * 1024 * 1024,
};

type Waiting = Commit &
  Readonly<{ size: number; resolve: (version: number) => void; reject: (error: unknown) => void }>;

/**
 * Merges the commands that wait at the same moment into one call, first come first served. At low load a batch is one
 * command and leaves at once. A conflict fails its own command only; when a whole batch is refused, each is sent again alone.
 * A stream is in one batch at a time, so that no batch waits for another's locks.
 */
export class GroupCommit {
  readonly #send: SendBatch;
  readonly #options: GroupCommitOptions;
  readonly #busy = new Set<string>();
  #queue: Waiting[] = [];
  #queuedBytes = 0;
  #running = 0;
  #isStarting = false;

  constructor(send: SendBatch, options: GroupCommitOptions = groupCommitDefaults) {
    this.#send = send;
    this.#options = options;
  }

  /** The new version. Throws `VersionConflict`; `Overloaded` when too much waits; whatever the store threw for it. */
  commit(commit: Commit): Promise<number> {
    const { waiting, waitingBytes } = this.#options;
    if (this.#queue.length >= waiting || this.#queuedBytes >= waitingBytes)
      return Promise.reject(new Overloaded('too many appends wait already'));
    const size = sizeOf(commit);
    this.#queuedBytes += size;
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...commit, size, resolve, reject });
      this.#startSoon();
    });
  }

  // After what else this turn of the event loop brings.
  #startSoon(): void {
    if (this.#isStarting || this.#running >= this.#options.lanes) return;
    this.#isStarting = true;
    setImmediate(() => {
      this.#isStarting = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#running < this.#options.lanes) {
      const batch = this.#take();
      if (batch.length === 0) return;
      this.#running += 1;
      void this.#settle(batch).finally(() => {
        this.#running -= 1;
        for (const { stream } of batch) this.#busy.delete(stream);
        this.#startSoon();
      });
    }
  }

  #take(): readonly Waiting[] {
    const { commits, bytes } = this.#options;
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    let size = 0;
    for (const [index, each] of this.#queue.entries()) {
      if (batch.length >= commits || (batch.length > 0 && size + each.size > bytes)) {
        left.push(...this.#queue.slice(index));
        break;
      }
      if (this.#busy.has(each.stream)) left.push(each);
      else {
        this.#busy.add(each.stream);
        batch.push(each);
        size += each.size;
      }
    }
    this.#queue = left;
    this.#queuedBytes -= size;
    return batch.sort((one, other) => Number(one.expect !== 0) - Number(other.expect !== 0));
  }

  async #settle(batch: readonly Waiting[]): Promise<void> {
    try {
      const versions = await this.#send(batch);
      batch.forEach((each, index) => settle(each, versions[index] ?? null));
    } catch (error) {
      if (batch.length === 1 || !mayBeOfOneCommand(error)) for (const { reject } of batch) reject(error);
      else for (const each of batch) await this.#settle([each]);
    }
  }
}

const settle = ({ stream, resolve, reject }: Waiting, version: number | null): void => {
  if (version === null) reject(new VersionConflict(stream));
  else resolve(version);
};

const sizeOf = ({ stream, events }: Commit): number =>
  events.reduce((sum, { data, envelope }) => sum + data.length + envelope.length + stream.length + 100, 0);
