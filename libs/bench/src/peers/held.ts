/** What a reader is told of an event. `version` is its place in the stream, counted as the store counts. */
export type Seen = Readonly<{ id: string; stream: string; version: number }>;

/** An append in a transaction that stays open for a while and may be rolled back. */
export type HeldAppend = Seen & Readonly<{ heldMs: number; rolledBack: boolean }>;

/** A store as several write to it and as its own reader reads it. */
export type Held = Readonly<{
  append: (append: HeldAppend) => Promise<void>;
  /** From the first event on, until it is stopped. */
  follow: (saw: (event: Seen) => void) => Promise<() => Promise<void>>;
  close: () => Promise<void>;
}>;
