import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { canTellProcessorTime, endedChildrenSeconds, parentOf, processorSeconds } from './processor-time.ts';

const BUSY = 'while (process.cpuUsage().user < 300_000);';
/** Where the system tells nothing, all is 0. */
const LEAST_SECONDS = canTellProcessorTime() ? 0.2 : 0;

test('what a child uses is told of the one that started it, while it runs and when it has ended', async () => {
  const [before = 0] = processorSeconds([process.pid]);
  const endedBefore = endedChildrenSeconds();
  const child = spawn(process.execPath, ['-e', BUSY]);
  expect(parentOf(child.pid ?? 0)).toBe(canTellProcessorTime() ? process.pid : 0);
  await once(child, 'exit');
  const [after = 0] = processorSeconds([process.pid]);
  expect(after - before).toBeGreaterThanOrEqual(LEAST_SECONDS);
  expect(endedChildrenSeconds() - endedBefore).toBeGreaterThanOrEqual(LEAST_SECONDS);
});

test('a process that is not there uses nothing', () => {
  expect(processorSeconds([2 ** 30])).toEqual([0]);
});
