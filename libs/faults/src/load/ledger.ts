import { type FileHandle, open, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isRejection } from '@slipway/event-sourcing';
import type { Outcome } from '@slipway/event-store';
import type { LoadCommand } from './command.ts';

/** A line of a ledger: what is asked, then what was answered; more than one answer when it was asked again. */
export type Entry =
  | Readonly<{ asked: LoadCommand }>
  /** `version` is that of the home stream when the command had its effect. */
  | Readonly<{ acknowledged: string; version: number }>
  | Readonly<{ refused: string; code: string }>;

/** What a client knows, outside the database. */
export type Ledger = Readonly<{
  /** Before it is sent: outlives the client, since the operating system has it. */
  ask: (command: LoadCommand) => Promise<void>;
  /** On the disk when it resolves. */
  answer: (command: LoadCommand, outcome: Outcome) => Promise<void>;
  close: () => Promise<void>;
}>;

/** Goes on behind the last whole line: one that a kill cut off was never answered. */
export const openLedger = async (path: string): Promise<Ledger> => {
  const file = await open(path, 'a+');
  const held = await file.readFile('utf8');
  await file.truncate(Buffer.byteLength(held.slice(0, held.lastIndexOf('\n') + 1)));
  const disk = new Disk(file);
  return {
    ask: command => file.appendFile(lineOf({ asked: command })),
    answer: ({ id }, outcome) =>
      disk.write(
        lineOf(
          isRejection(outcome)
            ? { refused: id, code: outcome.rejected }
            : { acknowledged: id, version: outcome.version },
        ),
      ),
    close: () => file.close(),
  };
};

const lineOf = (entry: Entry): string => `${JSON.stringify(entry)}\n`;

/** At most one turn in this time: the disk is the database's as well. */
const TURN_MS = 25;

/** Who comes between two turns shares the next one. */
class Disk {
  readonly #file: FileHandle;
  #waiting = '';
  #turn = Promise.resolve();
  #turnedAt = 0;
  #next: Promise<void> | undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  write(line: string): Promise<void> {
    this.#waiting += line;
    this.#next ??= this.#turn = this.#turn.then(() => this.#flush());
    return this.#next;
  }

  async #flush(): Promise<void> {
    const restMs = this.#turnedAt + TURN_MS - performance.now();
    if (restMs > 0) await pause(restMs);
    this.#turnedAt = performance.now();
    const lines = this.#waiting;
    this.#waiting = '';
    this.#next = undefined;
    await this.#file.appendFile(lines);
    await this.#file.datasync();
  }
}

/** Of one client, or of all. */
export const entriesOf = async (...paths: readonly string[]): Promise<readonly Entry[]> => {
  const texts = await Promise.all(paths.map(path => readFile(path, 'utf8').catch(() => '')));
  return texts.flatMap(text =>
    text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Entry),
  );
};

/** What was asked and has no answer: the client ended in between. */
export const unanswered = (entries: readonly Entry[]): readonly LoadCommand[] => {
  const open = new Map<string, LoadCommand>();
  for (const entry of entries) {
    if ('asked' in entry) open.set(entry.asked.id, entry.asked);
    else open.delete('refused' in entry ? entry.refused : entry.acknowledged);
  }
  return [...open.values()];
};
