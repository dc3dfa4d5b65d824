import { type BoundProcess, startBound } from '@slipway/embedded';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import type { Surroundings } from './surroundings.ts';

export type Program = 'sequencer' | 'relay' | 'kafka-consumer' | 'log-consumer' | 'writer';

export const READY = 'ready';
export const LEADING = 'leading';
export const STANDING_BY = 'standing by';

const RESTART_AFTER_MS = 100;
const ENDS_WITHIN_MS = 20_000;
const programs = new URL('../parts/', import.meta.url);

/** A process of the system under test. Started again whenever it ends, until it is told to stop. */
export class Part {
  readonly program: Program;
  readonly name: string;
  /** How often it ended by itself, which no fault explains. */
  surprises = 0;
  /** How often it did not end when it was told to. */
  lingered = 0;
  isLeading = false;
  #bound: Promise<BoundProcess> | undefined;
  #kept = Promise.resolve();
  #isWanted = false;
  #isEndExpected = false;
  readonly #around: Surroundings;
  readonly #flags: readonly string[];

  /** `flags` are of Node. */
  constructor(program: Program, around: Surroundings, flags: readonly string[] = []) {
    this.program = program;
    this.name = around.name;
    this.#around = around;
    this.#flags = flags;
  }

  /** Resolves when it runs. */
  async start(): Promise<void> {
    this.#isWanted = true;
    await (this.#bound = this.#launch());
    this.#kept = this.#keep();
  }

  /** SIGTERM, and waits until it has drained. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    const bound = await this.#bound?.catch(() => undefined);
    this.#isEndExpected = true;
    const hasEnded = bound?.stop().then(() => true) ?? true;
    if (!(await Promise.race([hasEnded, pause(ENDS_WITHIN_MS, false, { ref: false })]))) {
      this.lingered += 1;
      await bound?.kill();
    }
    await this.#kept;
  }

  /** SIGKILL; it starts again by itself. */
  async kill(): Promise<void> {
    const bound = await this.#bound;
    this.#isEndExpected = true;
    await bound?.kill();
  }

  async freeze(): Promise<void> {
    (await this.#bound)?.signal('SIGSTOP');
  }

  async thaw(): Promise<void> {
    (await this.#bound)?.signal('SIGCONT');
  }

  #launch(): Promise<BoundProcess> {
    this.isLeading = false;
    this.#isEndExpected = false;
    return startBound({
      command: process.execPath,
      args: [
        '--no-warnings',
        ...this.#flags,
        fileURLToPath(new URL(`${this.program}.js`, programs)),
        JSON.stringify(this.#around),
      ],
      ready: READY,
      stopSignal: 'TERM',
      heard: piece => this.#hear(piece),
    });
  }

  async #keep(): Promise<void> {
    for (;;) {
      const said = await endOf(this.#bound);
      this.isLeading = false;
      if (!this.#isEndExpected) {
        this.surprises += 1;
        this.#hear(`it ended by itself: ${said}\n`);
      }
      if (!this.#isWanted) return;
      await pause(RESTART_AFTER_MS);
      this.#bound = this.#launch();
    }
  }

  #hear(piece: string): void {
    if (piece.includes(LEADING)) this.isLeading = true;
    if (piece.includes(STANDING_BY)) this.isLeading = false;
    appendFileSync(join(this.#around.directory, `${this.name}.log`), piece);
  }
}

/** Its exit code, or why it did not start. */
const endOf = async (starting: Promise<BoundProcess> | undefined): Promise<string> => {
  try {
    return `${await (await starting)?.ended}`;
  } catch (error) {
    return (error as Error).message;
  }
};
