import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Circumstances } from '../faults/fault.ts';
import { tally } from '../load/tally.ts';
import type { System } from '../system/system.ts';
import type { Bout, Planned } from './plan.ts';

/** A fault that happened. Times in ms since 1970. */
export type Played = Readonly<{
  kind: string;
  /** No other one was under way. */
  isAlone: boolean;
  beganAt: number;
  endedAt: number;
  /** From the end of its bout until all that was appended by then was visible. */
  recoveredMs: number;
  /** It did not happen as planned. */
  error?: string;
}>;

type Lasted = Omit<Played, 'recoveredMs'>;

const QUIET_MS = { short: 1_000, long: 3_000 };
const RECOVERS_WITHIN_MS = 60_000;

type Say = (line: string) => void;

/** Plays all bouts, one after the other, and writes each fault down. */
export const play = async (
  circumstances: Circumstances,
  bouts: readonly Bout[],
  { isShort, say }: Readonly<{ isShort: boolean; say: Say }>,
): Promise<readonly Played[]> => {
  const { system, violated } = circumstances;
  const file = createWriteStream(join(system.directory, 'faults.jsonl'));
  const played: Played[] = [];
  for (const bout of bouts) {
    say(bout.map(({ fault, lengthMs }) => `${fault.kind} (${lengthMs / 1_000} s)`).join(', '));
    const lasted = await Promise.all(bout.map(planned => last(circumstances, planned, bout.length === 1)));
    const recoveredMs = await recovered(system);
    if (recoveredMs === undefined) violated('faultsNotRecovered', bout.length);
    for (const each of lasted) {
      const whole = { ...each, recoveredMs: recoveredMs ?? Infinity };
      played.push(whole);
      file.write(`${JSON.stringify(whole)}\n`);
      if (each.error !== undefined) say(`${each.kind} did not happen as planned: ${each.error}`);
    }
    await pause(isShort ? QUIET_MS.short : QUIET_MS.long);
  }
  file.end();
  return played;
};

const last = async (
  circumstances: Circumstances,
  { fault, afterMs, lengthMs }: Planned,
  isAlone: boolean,
): Promise<Lasted> => {
  await pause(afterMs);
  const beganAt = Date.now();
  const lasted = (error?: Error): Lasted => ({
    kind: fault.kind,
    isAlone,
    beganAt,
    endedAt: Date.now(),
    ...(error !== undefined && { error: error.message }),
  });
  try {
    const end = await fault.begin(circumstances);
    await pause(lengthMs);
    await end();
    return lasted();
  } catch (error) {
    return lasted(error as Error);
  }
};

const view = tally('kafka', false);

/** Undefined when it did not in time. Something new must have been appended, and all be visible. */
const recovered = async ({ store, progress }: System): Promise<number | undefined> => {
  const began = performance.now();
  let wanted: number | undefined;
  while (performance.now() - began < RECOVERS_WITHIN_MS) {
    try {
      wanted ??= (await store.head()) + 1;
      if ((await progress.position(view)) >= wanted) return Math.round(performance.now() - began);
    } catch {
      // the database is coming back
    }
    await pause(20);
  }
  return undefined;
};
