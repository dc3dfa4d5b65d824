import type { Counts } from '../invariants/commands.ts';
import type { Played } from '../plan/play.ts';
import { Installation } from './installation.ts';

type Restored = Readonly<{ played: readonly Played[]; counts: Counts }>;

const EVENTS = 300;

/**
 * Beside the main run, on a small cluster of its own: a backup that is older than what left the database must stop sequencer
 * and relay; with a current one everything goes on as if nothing had been.
 */
export const restoreBackups = async (broker: string, say: (line: string) => void): Promise<Restored> => {
  say('Restoring backups');
  const original = await Installation.made(broker);
  original.serve();
  await original.append(EVENTS);
  const older = await original.backUp();
  original.serve();
  await original.append(EVENTS);
  const current = await original.backUp();
  const counts: Record<string, number> = {};
  const played: Played[] = [];
  const restoring = async (kind: string, restore: () => Promise<Counts>): Promise<void> => {
    const beganAt = Date.now();
    Object.assign(counts, await restore());
    played.push({ kind, isAlone: true, beganAt, endedAt: Date.now(), recoveredMs: 0 });
  };
  try {
    await restoring('current-backup-restored', () => goesOn(current));
    await restoring('older-backup-restored', () => refuses(older, say));
  } finally {
    for (const each of [original, older, current]) await each.remove();
  }
  return { played, counts };
};

/** Each consumer goes on where it was: nothing is counted again, nothing is missed, no watermark begins anew. */
const goesOn = async (restored: Installation): Promise<Counts> => {
  await restored.start();
  const before = await restored.watermarks();
  restored.serve();
  await restored.append(EVENTS);
  const after = await restored.watermarks();
  const wrong = await restored.wrongEffects();
  await restored.stop();
  const isReset = [...before].filter(([place, position]) => (after.get(place) ?? -1) < position).length;
  return { currentBackupWrongEffects: wrong, currentBackupWatermarksReset: isReset };
};

const MESSAGE = /older backup/;

/** Sequencer and relay end with a word why, and give no position to what is appended. */
const refuses = async (restored: Installation, say: (line: string) => void): Promise<Counts> => {
  await restored.start();
  await restored.appendOne();
  const head = await restored.head();
  const refusals = await restored.refusals();
  for (const refusal of refusals) say(refusal ?? 'it went on');
  const given = (await restored.head()) - head;
  await restored.stop();
  return {
    olderBackupAccepted: refusals.filter(refusal => !refusal || !MESSAGE.test(refusal)).length,
    positionsGivenOnOlderBackup: given,
  };
};
