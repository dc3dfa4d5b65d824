import { setTimeout as pause } from 'node:timers/promises';

/** Behind by more than this, what was missed is not made up for. */
const MOST_BEHIND_MS = 1_000;

const STANDING_MS = 50;

/** Lets clients take turns so that together they make so many events a second. */
export class Pace {
  isOver = false;
  #eventsPerSecond: number;
  #due = performance.now();
  readonly #looking: NodeJS.Timeout;

  /** `rate` is asked again and again; 0: nobody gets a turn. */
  constructor(rate: () => number, everyMs: number) {
    this.#eventsPerSecond = rate();
    this.#looking = setInterval(() => (this.#eventsPerSecond = rate()), everyMs).unref();
  }

  async turn(events: number): Promise<void> {
    while (this.#eventsPerSecond === 0 && !this.isOver) await pause(STANDING_MS);
    const now = performance.now();
    this.#due = Math.max(this.#due, now - MOST_BEHIND_MS) + (events * 1_000) / this.#eventsPerSecond;
    if (this.#due > now) await pause(this.#due - now);
  }

  end(): void {
    this.isOver = true;
    clearInterval(this.#looking);
  }
}
