import { partitionOf } from '@slipway/consumers';
import { streamOf, until } from '@slipway/consumers/contract';
import { SequencerRefused, verifyStore } from '@slipway/event-store';
import pg from 'pg';
import { administered, createTopics } from '../topics.ts';
import { verifyTopics } from '../verify-topics.ts';
import { logWithBackups, type LogWithBackups } from './backups.ts';
import { RecoveryRefused, type RecoveryOptions } from './options.ts';
import { findTail, openIncarnation, takeTailBack } from './recover.ts';

let log: LogWithBackups;

beforeEach(async () => {
  log = await logWithBackups();
});
afterEach(() => log.stop());

const options = (more: Partial<RecoveryOptions> = {}): RecoveryOptions => ({
  url: log.url(),
  kafka: log.kafka,
  prefix: log.prefix,
  ...more,
});

const violations = async (prefix = log.prefix): Promise<number> => {
  const client = new pg.Client({ connectionString: log.url() });
  await client.connect();
  try {
    const found = { ...(await verifyStore(client)), ...(await verifyTopics({ client, kafka: log.kafka, prefix })) };
    return Object.values(found).reduce((sum, count) => sum + count, 0);
  } finally {
    await client.end();
  }
};

const streamIn = (partition: number): string => {
  for (;;) {
    const stream = streamOf();
    if (partitionOf(stream, 2) === partition) return stream;
  }
};

/** A backup, made while some of it waits for its position, and what was published after it. */
const lostTail = async () => {
  const [old, waiting, later] = [streamOf(), streamOf(), streamOf()];
  await log.append([old], 3);
  await log.publish();
  await log.append([waiting], 4);
  const backup = await log.backup();
  await log.append([old], 2);
  const number = await log.store().number(later, 'REL');
  await log.append([later], 5);
  const head = await log.publish();
  return { old, waiting, later, number, head, backup, before: await log.contents() };
};

test('an older backup stops the sequencer, which says what to do, and gives no position', async () => {
  const { backup } = await lostTail();
  await log.restore(backup);
  const sequencer = log.sequencer();
  await expect(sequencer.ended).rejects.toThrow(SequencerRefused);
  await expect(sequencer.ended).rejects.toThrow(
    /up to position 14, the log ends at 3: an older backup was restored. Run "slipway store recover"/,
  );
  expect(await log.store().head()).toBe(3);
  await expect(log.relay().ended).rejects.toThrow(/Run "slipway store recover"/);
});

test('takes the tail back from Kafka byte for byte, also what waited for its position; then all goes on', async () => {
  const { backup, before, head, later, number } = await lostTail();
  await log.restore(backup);
  expect((await log.contents()).pending).toHaveLength(1);
  expect(await takeTailBack(options())).toMatchObject({ state: 'tail-on-kafka', head: 3, through: 14, last: 14 });
  expect(await log.contents()).toEqual(before);
  expect(await log.store().numbered(number)).toBe(later);
  const other = streamOf();
  expect(Number((await log.store().number(other, 'REL')).slice(4))).toBeGreaterThan(1_000);
  await log.append([other], 1);
  expect(await log.publish()).toBe(head + 1);
  expect(await violations()).toBe(0);
});

test('only tells what it found, until it is told to act', async () => {
  const { backup } = await lostTail();
  expect(await findTail(options())).toMatchObject({ state: 'in-step', head: 14, last: 14, obstacles: [] });
  await log.restore(backup);
  const before = await log.contents();
  expect(await findTail(options())).toMatchObject({ state: 'tail-on-kafka', head: 3, through: 14, obstacles: [] });
  expect(await log.contents()).toEqual(before);
});

test('ended on the way, it goes on where it was', async () => {
  const stream = streamOf();
  await log.append([stream], 1);
  await log.publish();
  const backup = await log.backup();
  for (let append = 0; append < 6; append += 1) await log.append([streamOf()], 1_000);
  await log.publish();
  const before = await log.contents();
  await log.restore(backup);
  const cut = (step: string): void => {
    if (step === 'taken back') throw new Error('cut off');
  };
  await expect(takeTailBack(options({ onProgress: cut }))).rejects.toThrow('cut off');
  expect(await log.store().head()).toBe(5_001);
  await expect(log.sequencer().ended).rejects.toThrow('up to position 6001, the log ends at 5001');
  await takeTailBack(options());
  expect(await log.contents()).toEqual(before);
});

test('what was appended to other streams after the restore comes behind the tail', async () => {
  const { backup, before, head } = await lostTail();
  await log.restore(backup);
  const since = streamOf();
  await log.append([since], 2);
  await takeTailBack(options());
  expect(await log.publish()).toBe(head + 2);
  const { log: rows } = await log.contents();
  expect(rows.slice(0, head)).toEqual(before.log);
  expect(rows.slice(head)).toMatchObject([{ stream: since }, { stream: since }]);
  expect(await violations()).toBe(0);
});

test('refuses when a stream went on differently after the restore: what is left is a new incarnation', async () => {
  const { backup, old, head } = await lostTail();
  await log.restore(backup);
  await log.append([old], 1);
  const before = await log.contents();
  await expect(takeTailBack(options())).rejects.toThrow(RecoveryRefused);
  await expect(takeTailBack(options())).rejects.toThrow(
    `something else was appended to a stream after the restore (${old}): only a new incarnation is left`,
  );
  expect(await log.contents()).toEqual(before);

  const opened = await openIncarnation(options(), { openedBy: 'olga', reason: 'the backup is a day old' });
  expect(opened.afterPosition).toBe(3);
  expect(await log.query('SELECT id, opened_by, reason FROM store.incarnation ORDER BY nth DESC LIMIT 1')).toEqual([
    { id: opened.id, opened_by: 'olga', reason: 'the backup is a day old' },
  ]);
  await expect(log.sequencer().ended).rejects.toThrow(`this is log ${opened.id}`);
  const prefix = `${log.prefix}-2`;
  await createTopics(log.kafka, { prefix, partitions: 2, replication: 1 });
  expect(await log.publish(prefix)).toBeLessThan(head);
  expect(await violations(prefix)).toBe(0);
});

test('refuses when the log gave the positions of the tail to other events', async () => {
  const { backup } = await lostTail();
  await log.restore(backup);
  await log.append([streamOf()], 20);
  await log.query("UPDATE store.epoch SET epoch = 1000 WHERE leader = 'sequencer'");
  await log.query('SELECT store.sequence(1000, 100)'); // as where nothing compares
  await expect(takeTailBack(options())).rejects.toThrow(/Kafka has other events at position [\d, ]+ of the log/);
});

test('refuses when a number was given again after the restore', async () => {
  const { backup, number } = await lostTail();
  await log.restore(backup);
  expect(await log.store().number(streamOf(), 'REL')).toBe(number);
  await expect(takeTailBack(options())).rejects.toThrow('a number of the tail was given again after the restore');
});

test('waits for nobody who runs: it tells to stop them', async () => {
  const { backup } = await lostTail();
  const sequencer = log.sequencer();
  await until(() => sequencer.stats().leading);
  await expect(takeTailBack(options())).rejects.toThrow('a sequencer is running: stop all of them first');
  await sequencer.stop();
  await log.restore(backup);
});

test('a position that never got to Kafka ends what can be had back; what it leaves waits for a position', async () => {
  const [kept, lost] = [streamIn(1), streamIn(0)];
  await log.append([kept, lost], 1);
  await log.publish();
  await log.append([kept, lost], 2);
  const backup = await log.backup();
  const head = await log.publish();
  const before = await log.contents();
  const topic = `${log.prefix}.releases`;
  await administered(log.kafka, async admin => {
    await admin.fetchTopicOffsets(topic); // kafkajs knows the leader only afterwards
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '-1' }] });
  });
  await log.restore(backup);
  expect(await findTail(options())).toMatchObject({ head: 2, through: 4, last: 4 });
  await log.append([kept], 1);
  await takeTailBack(options());
  expect((await log.contents()).log).toEqual(before.log.slice(0, 4));
  expect(head).toBe(6);
  const sequencer = log.sequencer();
  expect(await log.store().settledHead(10_000)).toBe(7);
  await sequencer.stop();
  const after = await log.contents();
  expect(after.log.slice(4).map(({ stream }) => stream)).toEqual([lost, lost, kept]);
});

test('opens no new incarnation where nothing is wrong', async () => {
  await lostTail();
  const by = { openedBy: 'olga', reason: 'to see what happens' };
  await expect(openIncarnation(options(), by)).rejects.toThrow('there is nothing to recover');
  expect(await openIncarnation(options(), { ...by, isForced: true })).toMatchObject({ afterPosition: 14 });
});
