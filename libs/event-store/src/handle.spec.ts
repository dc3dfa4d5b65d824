import { fresh } from './contract-samples.ts';
import { OutcomeUnknown, Overloaded, type StreamAppend } from './event-store.ts';
import { handle } from './handle.ts';
import { count, handleContract, total } from './handle.contract.ts';
import { InMemoryEventStore } from './in-memory-event-store.ts';

describe('handle on the in-memory store', () => {
  const store = new InMemoryEventStore();
  handleContract(() => store);
});

/** Loses the first answers, after the append or instead of it, and is away for one read afterwards. */
class CutStore extends InMemoryEventStore {
  readonly #appends: boolean;
  #cuts: number;
  #away = false;

  constructor(appends: boolean, cuts: number) {
    super();
    this.#appends = appends;
    this.#cuts = cuts;
  }

  override async append(appends: readonly StreamAppend[]): Promise<ReadonlyMap<string, number>> {
    this.#cuts -= 1;
    if (this.#cuts < 0) return super.append(appends);
    if (this.#appends) await super.append(appends);
    this.#away = true;
    throw new OutcomeUnknown('cut');
  }

  override read: InMemoryEventStore['read'] = (stream, from) => {
    const isAway = this.#away;
    this.#away = false;
    return isAway ? Promise.reject(new Overloaded('away')) : super.read(stream, from);
  };
}

test.each([true, false])(
  'settles an append whose answer got lost, stored or not (%s), by reading again',
  async appends => {
    const store = new CutStore(appends, 1);
    const stream = fresh();
    expect(await handle(store, count(stream, 'k', 5))).toMatchObject({ version: 1, replayed: appends });
    expect(await total(store, stream)).toBe(5);
  },
);

test('says that it does not know when it cannot find out', async () => {
  await expect(handle(new CutStore(false, 1_000), count(fresh(), 'k'))).rejects.toThrow(OutcomeUnknown);
});

test('does not wait for a database that was away from the start', async () => {
  const store = new CutStore(false, 0);
  store.read = () => Promise.reject(new Overloaded('away'));
  await expect(handle(store, count(fresh(), 'k'))).rejects.toThrow(Overloaded);
});
