import type { Check } from '@slipway/event-store';
import { v7 as uuidv7 } from 'uuid';
import type { Random } from '../plan/random.ts';
import type { LoadCommand } from './command.ts';

/** So many are kept to go on with. */
const IDLE_STREAMS = 24;
/** Then another one is begun. */
const LONGEST_STREAM = 25;
/** Streams that all clients write to at the same time, for so long. */
const SHARED_STREAMS = 4;
const SHARED_FOR_MS = 10_000;

/** What services are asked: on new and on existing streams, several at once, with and without conditions, in vain and twice. */
export class Mix {
  readonly #random: Random;
  /** Its own streams that nobody is writing to, as the client saw them last. */
  readonly #idle = new Map<string, number>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Its home stream is taken until the answer is told. */
  next(): LoadCommand {
    const { next, between } = this.#random;
    const kind = next();
    const command = { id: uuidv7(), events: between(1, 5) };
    if (kind < 0.06) return { ...command, home: sharedStream(between(1, SHARED_STREAMS)) };
    const [home, seen] = this.#take();
    if (kind < 0.1) return { ...command, home, refuse: true };
    if (kind < 0.15) return { ...command, home, others: [this.#other(), sharedStream(between(1, SHARED_STREAMS))] };
    if (kind < 0.17) return { ...command, home, checks: [this.#check(0)] };
    if (kind < 0.175) return { ...command, home, checks: [this.#check(1)] };
    if (kind < 0.19) return { ...command, home, expected: seen + 7 };
    return kind < 0.5 ? { ...command, home, expected: seen } : { ...command, home };
  }

  /** What the answer said of the home stream. Refused: it may be anywhere. */
  answered({ home }: LoadCommand, version: number | undefined): void {
    if (version !== undefined && version < LONGEST_STREAM && !home.startsWith(SHARED)) this.#idle.set(home, version);
  }

  #take(): readonly [stream: string, version: number] {
    const isFull = this.#idle.size >= IDLE_STREAMS;
    if (!isFull && this.#random.next() < 0.2) return [`release-${uuidv7()}`, 0];
    const home = this.#other();
    const version = this.#idle.get(home) ?? 0;
    this.#idle.delete(home);
    return [home, version];
  }

  #other(): string {
    return this.#idle.size > 0 ? this.#random.oneOf([...this.#idle.keys()]) : `release-${uuidv7()}`;
  }

  /** That another stream is where it was seen, or `off` versions beside it. */
  #check(off: number): Check {
    const stream = this.#other();
    return { stream, expect: (this.#idle.get(stream) ?? 0) + off || 'no-stream' };
  }
}

const SHARED = 'release-shared-';

const sharedStream = (nth: number): string => `${SHARED}${Math.floor(Date.now() / SHARED_FOR_MS)}-${nth}`;
