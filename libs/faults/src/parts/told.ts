import { once } from 'node:events';
import { LEADING, READY, STANDING_BY } from '../system/part.ts';

/** Says that it runs, and waits until it is told to end, or cannot go on. */
export const untilTold = async (...ended: readonly Promise<unknown>[]): Promise<void> => {
  process.stdout.write(`${READY}\n`);
  await Promise.race([once(process, 'SIGTERM'), ...ended]);
};

const LOOK_MS = 20;

/** Says whenever it begins and ceases to lead. */
export const tellLead = (leads: () => boolean): void => {
  let told = false;
  setInterval(() => {
    if (leads() === told) return;
    told = leads();
    process.stdout.write(`${told ? LEADING : STANDING_BY}\n`);
  }, LOOK_MS).unref();
};

/** What went wrong and is being tried again, with its time. */
export const complain = (...words: readonly unknown[]): void => {
  const said = words.map(word => (word instanceof Error ? word.message : String(word))).join(': ');
  process.stderr.write(`${new Date().toISOString()} ${said}\n`);
};
