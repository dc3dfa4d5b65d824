import { applyLoad } from './load.ts';

test('what is done at the same moment is all counted', async () => {
  let done = 0;
  const { count, latencyMs } = await applyLoad({ inFlight: 16, seconds: 0.05 }, async () => {
    await new Promise(resolve => setImmediate(resolve));
    done += 1;
    return 1;
  });
  expect(count).toBe(done);
  expect(count).toBeGreaterThan(16);
  expect(latencyMs.p50).toBeLessThanOrEqual(latencyMs.max);
});

test('so many are under way, and never more', async () => {
  let underWay = 0;
  let most = 0;
  await applyLoad({ inFlight: 7, seconds: 0.05 }, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(resolve => setImmediate(resolve));
    underWay -= 1;
    return 1;
  });
  expect(most).toBe(7);
});

test('a rate is kept, and not made up for beyond the end', async () => {
  const { count } = await applyLoad({ inFlight: 4, seconds: 0.2, ratePerSecond: 100 }, async () => 1);
  expect(count).toBeLessThanOrEqual(21);
  expect(count).toBeGreaterThan(0);
});
