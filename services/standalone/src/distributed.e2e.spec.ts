import { startSystem, type System } from './distributed/system.ts';
import { settled } from './distributed/settled.ts';
import { tell } from './story/story.ts';
import { difference } from './story/by-hand.ts';
import { writeFileSync } from 'node:fs';

let system: System;
test('distributed', async () => {
  const t0 = Date.now();
  const say = (line: string) => process.stderr.write(`${((Date.now() - t0) / 1000).toFixed(1)} ${line}\n`);
  system = await startSystem();
  say('up');
  try {
    const told = await tell({ ...system, say });
    say('told');
    await settled(system);
    say('settled');
    writeFileSync('/tmp/dist-work/told.json', JSON.stringify(told, null, 1));
    expect(difference(told.reports)).toEqual([]);
  } catch (e) { say(String(e)); throw e; } finally {
    for (const s of ['relay', 'catalog', 'planning', 'change-approval', 'deployment-execution', 'incident-correlation', 'metrics', 'audit'] as const)
      say(`${s}: ${await system.processOf(s).then(p => p.output())}`);
    await system.stop(); say('stopped');
  }
});
