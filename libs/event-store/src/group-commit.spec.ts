import pg from 'pg';
import { AppendRefused, Overloaded, VersionConflict } from './event-store.ts';
import { type Commit, GroupCommit, groupCommitDefaults, type GroupCommitOptions } from './group-commit.ts';

const commit = (stream: string, expect = 0): Commit => ({
  stream,
  expect,
  events: [{ id: '', type: 'ServiceSeen', data: '{}', envelope: '{}' }],
});

/** A database that answers a batch when it is told to. */
const opened = (options: Partial<GroupCommitOptions> = {}) => {
  const batches: {
    streams: readonly string[];
    answer: (versions: (number | null)[]) => void;
    fail: (e: Error) => void;
  }[] = [];
  const group = new GroupCommit(
    batch =>
      new Promise((resolve, reject) =>
        batches.push({ streams: batch.map(({ stream }) => stream), answer: resolve, fail: reject }),
      ),
    { ...groupCommitDefaults, lanes: 1, ...options },
  );
  return { group, batches };
};
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** As many batches have left as that. */
const left = async (batches: readonly unknown[], count: number): Promise<void> => {
  while (batches.length < count) await turn();
};
const refusal = (): AppendRefused => {
  const cause = Object.assign(new pg.DatabaseError('not yours', 9, 'error'), { code: '42501' });
  return new AppendRefused('not yours', { cause });
};

describe('group commit', () => {
  test('given nothing under way, when a command comes, then it leaves in this turn', async () => {
    const { group, batches } = opened();
    const version = group.commit(commit('service-a'));
    await turn();
    expect(batches.map(({ streams }) => streams)).toEqual([['service-a']]);
    batches[0]?.answer([1]);
    expect(await version).toBe(1);
  });

  test('given a batch under way, when commands gather, then the next one takes them all, in their order', async () => {
    const { group, batches } = opened();
    const first = group.commit(commit('service-a'));
    await turn();
    const gathered = ['service-c', 'service-b', 'service-d'].map(stream => group.commit(commit(stream)));
    await turn();
    expect(batches).toHaveLength(1);
    batches[0]?.answer([1]);
    await first;
    await left(batches, 2);
    expect(batches[1]?.streams).toEqual(['service-c', 'service-b', 'service-d']);
    batches[1]?.answer([1, 2, 3]);
    expect(await Promise.all(gathered)).toEqual([1, 2, 3]);
  });

  test('a batch names those that create first, and each gets its own answer', async () => {
    const { group, batches } = opened();
    const versions = [group.commit(commit('service-old', 7)), group.commit(commit('service-new'))];
    await turn();
    expect(batches[0]?.streams).toEqual(['service-new', 'service-old']);
    batches[0]?.answer([1, 8]);
    expect(await Promise.all(versions)).toEqual([8, 1]);
  });

  test('a conflict fails its own command, not its neighbors', async () => {
    const { group, batches } = opened();
    const [lost, won] = [group.commit(commit('service-a')), group.commit(commit('service-b'))];
    await turn();
    batches[0]?.answer([null, 1]);
    await expect(lost).rejects.toEqual(new VersionConflict('service-a'));
    expect(await won).toBe(1);
  });

  test('a stream is in one batch at a time, whatever lanes are free', async () => {
    const { group, batches } = opened({ lanes: 3 });
    const [first, second] = [group.commit(commit('service-a')), group.commit(commit('service-a', 1))];
    await turn();
    expect(batches.map(({ streams }) => streams)).toEqual([['service-a']]);
    batches[0]?.answer([1]);
    await first;
    await left(batches, 2);
    batches[1]?.answer([2]);
    expect(await second).toBe(2);
  });

  test('a batch is bounded by its commands and by its bytes', async () => {
    const small = opened({ commits: 2 });
    void ['service-a', 'service-b', 'service-c'].map(stream => small.group.commit(commit(stream)));
    await turn();
    expect(small.batches[0]?.streams).toEqual(['service-a', 'service-b']);
    const light = opened({ bytes: 1 });
    void ['service-a', 'service-b'].map(stream => light.group.commit(commit(stream)));
    await turn();
    expect(light.batches[0]?.streams).toEqual(['service-a']);
  });

  test.each([{ waiting: 2 }, { waitingBytes: 200 }])(
    'beyond %j a command is refused and the others stay',
    async bounds => {
      const { group, batches } = opened(bounds);
      const first = group.commit(commit('service-a'));
      await turn();
      const waiting = [group.commit(commit('service-b')), group.commit(commit('service-c'))];
      await expect(group.commit(commit('service-d'))).rejects.toThrow(Overloaded);
      batches[0]?.answer([1]);
      await first;
      await left(batches, 2);
      batches[1]?.answer([1, 1]);
      expect(await Promise.all(waiting)).toEqual([1, 1]);
    },
  );

  test('an error that no single command explains is the answer to all of the batch', async () => {
    const { group, batches } = opened();
    const commands = [group.commit(commit('service-a')), group.commit(commit('service-b'))];
    await turn();
    batches[0]?.fail(new Overloaded('the database is away'));
    const outcomes = await Promise.allSettled(commands);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(batches).toHaveLength(1);
  });

  test('a refusal is looked for: each command of the batch goes again alone', async () => {
    const { group, batches } = opened();
    const [bad, good] = [group.commit(commit('service-a')), group.commit(commit('service-b'))];
    await turn();
    batches[0]?.fail(refusal());
    await left(batches, 2);
    batches[1]?.fail(refusal());
    await expect(bad).rejects.toThrow(AppendRefused);
    await left(batches, 3);
    expect(batches.map(({ streams }) => streams)).toEqual([['service-a', 'service-b'], ['service-a'], ['service-b']]);
    batches[2]?.answer([1]);
    expect(await good).toBe(1);
  });
});
