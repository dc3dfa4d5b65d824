import { reject } from '@slipway/event-sourcing';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadCommand } from './command.ts';
import { entriesOf, openLedger, unanswered } from './ledger.ts';

const commandOn = (id: string): LoadCommand => ({ id, home: `release-${id}`, events: 1 });

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ledger-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('who was killed in between finds what has no answer, and nothing else', async () => {
  const path = join(directory, 'a.ledger');
  const ledger = await openLedger(path);
  const [done, refused, open] = [commandOn('a'), commandOn('b'), commandOn('c')];
  for (const command of [done, refused, open]) await ledger.ask(command);
  await Promise.all([
    ledger.answer(done, { stream: done.home, version: 3, events: [], replayed: false }),
    ledger.answer(refused, reject('not-now', '')),
  ]);
  await ledger.close();
  await appendFile(path, '{"acknowledged":"c","ver');
  const entries = await entriesOf(path);
  expect(unanswered(entries)).toEqual([open]);
  expect(entries.slice(3)).toEqual([
    { acknowledged: 'a', version: 3 },
    { refused: 'b', code: 'not-now' },
  ]);
  const again = await openLedger(path);
  await again.answer(open, reject('not-now', ''));
  await again.close();
  expect(unanswered(await entriesOf(path))).toEqual([]);
});

test('who was never there has asked nothing', async () => {
  expect(await entriesOf(join(directory, 'none.ledger'))).toEqual([]);
});
