import { connectKafka } from '@slipway/consumers';
import { type StoreStatus, storeStatus, verifyStore, type Violations } from '@slipway/event-store';
import {
  findTail,
  openIncarnation,
  type RelayStatus,
  relayStatus,
  takeTailBack,
  topicStatus,
  type TopicStatus,
  verifyTopics,
} from '@slipway/relay';
import pg from 'pg';

/** The owner of the database, and Kafka where there is one. */
export type Access = Readonly<{ url: string; brokers?: readonly string[]; prefix: string }>;

export type Status = StoreStatus & Readonly<{ relay: readonly RelayStatus[]; topics: readonly TopicStatus[] | null }>;

export { reasonsOf } from '@slipway/relay';

export const statusOf = ({ url, brokers, prefix }: Access): Promise<Status> =>
  connected(url, async client => ({
    ...(await storeStatus(client)),
    relay: await relayStatus(client),
    topics: brokers ? await topicStatus(kafkaAt(brokers), prefix) : null,
  }));

export type Verified = Readonly<{ store: Violations; topics: Violations | null }>;

/** Null where there is no Kafka to compare with. `say` hears how far it is. */
export const verified = ({ url, brokers, prefix }: Access, say: (what: string) => void): Promise<Verified> =>
  connected(url, async client => ({
    store: await verifyStore(client, names => say(`store: ${names.join(', ')}`)),
    topics: brokers
      ? await verifyTopics({ client, kafka: kafkaAt(brokers), prefix, onProgress: inSteps('compared with Kafka', say) })
      : null,
  }));

/** What `slipway store recover` does, on Kafka that must be there. */
export const recovery = ({ url, brokers, prefix }: Required<Access>, say: (what: string) => void) => {
  const told = new Map<string, (done: number, of: number) => void>();
  const onProgress = (step: string, done: number, of: number): void => {
    const tell = told.get(step) ?? inSteps(step, say);
    told.set(step, tell);
    tell(done, of);
  };
  const options = { url, kafka: kafkaAt(brokers), prefix, onProgress };
  return {
    find: () => findTail(options),
    takeTailBack: () => takeTailBack(options),
    openIncarnation: (by: Parameters<typeof openIncarnation>[1]) => openIncarnation(options, by),
  };
};

const kafkaAt = (brokers: readonly string[]) => connectKafka('slipway-store', brokers);

// A line every tenth of the way.
const inSteps = (step: string, say: (what: string) => void): ((done: number, of: number) => void) => {
  let tenths = 0;
  return (done, of) => {
    const reached = of > 0 ? Math.floor((done * 10) / of) : 10;
    if (reached <= tenths) return;
    tenths = reached;
    say(`${step}: ${done} of ${of}`);
  };
};

const connected = async <Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: url, application_name: 'slipway-store' });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
};
