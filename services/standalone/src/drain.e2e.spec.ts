import { Agent, request } from 'node:http';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startSystem, type System } from './distributed/system.ts';

const withKafka = process.env['KAFKA_BROKERS'] ? describe : describe.skip;
const IN_HAND = 40;

withKafka('a service that is told to end', () => {
  let system: System;
  let administrator: pg.Client;
  let token: string;

  beforeEach(async () => {
    system = await startSystem({ services: ['relay', 'planning'] });
    administrator = new pg.Client({ connectionString: system.databaseUrl });
    await administrator.connect();
    token = await system.tokenFor('rita@boutique.example', ['release-manager']);
  });
  afterEach(async () => {
    await administrator?.end();
    await system?.stop();
  });

  test('answers all that it has in hand, takes nothing new, and exits with 0', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: IN_HAND });
    await Promise.all(Array.from({ length: IN_HAND }, () => send(agent, 'GET', '/healthz'))); // so all are connected
    const planning = await system.processOf('planning');

    await administrator.query('BEGIN; LOCK TABLE store.streams IN ACCESS EXCLUSIVE MODE');
    const answers = Promise.all(
      Array.from({ length: IN_HAND }, (_, index) => send(agent, 'POST', '/v1/releases', draft(`In hand ${index}`))),
    );
    await untilWaiting();
    await send(new Agent(), 'GET', '/healthz'); // what was sent before it has been read by now
    const stopped = planning.stop();
    await untilRefusing();
    await administrator.query('COMMIT');

    expect(await answers).toEqual(Array.from({ length: IN_HAND }, () => 201));
    await stopped;
    expect(await planning.ended).toBe(0);
    expect(await drafted()).toBe(IN_HAND);
    agent.destroy();
  }, 60_000);

  test('under load cuts nothing: every command that had an effect was answered', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: IN_HAND });
    const planning = await system.processOf('planning');
    const statuses: number[] = [];
    const enough = Promise.withResolvers<void>();
    const client = async (name: number): Promise<void> => {
      for (let index = 0; ; index += 1) {
        const status = await send(agent, 'POST', '/v1/releases', draft(`Load ${name} ${index}`)).catch(() => 0);
        if (status === 0) return; // not taken any more
        statuses.push(status);
        if (statuses.length === 5 * IN_HAND) enough.resolve();
      }
    };
    const clients = Promise.all(Array.from({ length: IN_HAND }, (_, name) => client(name)));
    await enough.promise;
    await planning.stop();
    await clients;

    expect(statuses.filter(status => status !== 201)).toEqual([]);
    expect(await planning.ended).toBe(0);
    expect(await drafted()).toBe(statuses.length);
    agent.destroy();
  }, 60_000);

  const draft = (title: string): string => JSON.stringify({ title, class: 'patch' });

  const send = async (agent: Agent, method: string, path: string, body = ''): Promise<number> => {
    const headers = {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    };
    const { http: port } = system.portsOf('planning');
    const sent = request({ host: '127.0.0.1', port, agent, method, path, headers });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    response.resume();
    await once(response, 'end');
    return response.statusCode;
  };

  const untilWaiting = async (): Promise<void> => {
    const WAITING = `
      SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE usename = 'slipway_planning' AND wait_event_type = 'Lock' AND datname = current_database()`;
    while ((await administrator.query<{ waiting: number }>(WAITING)).rows[0]?.waiting === 0) await pause(10);
  };

  const untilRefusing = async (): Promise<void> => {
    const answers = (): Promise<boolean> =>
      send(new Agent(), 'GET', '/healthz').then(
        () => true,
        () => false,
      );
    while (await answers()) await pause(10);
  };

  const drafted = async (): Promise<number> => {
    const DRAFTED = `SELECT count(*)::int AS drafted FROM store.events WHERE type = 'ReleaseDrafted'`;
    return (await administrator.query<{ drafted: number }>(DRAFTED)).rows[0]?.drafted ?? 0;
  };
});
