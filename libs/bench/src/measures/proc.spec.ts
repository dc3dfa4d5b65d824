import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { processOf, residentOf } from './proc.ts';

const onLinux = process.platform === 'linux' ? describe : describe.skip;
const MEBIBYTES = 64;
const HOLDER = `globalThis.held = Buffer.alloc(${MEBIBYTES} * 2 ** 20, 1); console.log('held'); setInterval(() => {}, 1_000)`;

onLinux('processes as Linux tells of them', () => {
  test('what a child holds counts for its parent, and is found by its last argument', async () => {
    const before = residentOf(process.pid);
    const child = spawn(process.execPath, ['-e', HOLDER, 'mark-of-the-child'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(processOf(process.execPath, 'mark-of-the-child')).toBe(child.pid);
    expect(residentOf(child.pid ?? 0).own).toBeGreaterThan(MEBIBYTES * 2 ** 20);
    expect(residentOf(process.pid).own - before.own).toBeGreaterThan(MEBIBYTES * 2 ** 20);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(residentOf(child.pid ?? 0)).toEqual({ own: 0, shared: 0 });
    expect(() => processOf(process.execPath, 'mark-of-the-child')).toThrow('no process of');
  });
});
