import { type Client, testService, type TestService } from '@slipway/service/testing';
import type { DeploymentEvent } from '@slipway/contracts';
import { catalog, decide, digest } from './examples.ts';
import { deploymentExecution } from './module.ts';

type Record = Readonly<{ id: string; state: string } & { [field: string]: unknown }>;
type Told = Readonly<{ event?: { type: DeploymentEvent['type'] }; deployment: Record }>;
type Message = Readonly<{ id?: string; event?: string; data?: Told }>;

let slipway: TestService;
let bot: Client;

beforeAll(async () => {
  slipway = await testService(deploymentExecution);
  bot = await slipway.as('deploy-bot', 'deployer');
  await catalog(slipway, 'acme/checkout');
});
afterAll(() => slipway.stop());

const post = async (path: string, body?: object, status = 200): Promise<Record> =>
  (await bot.post(`/v1/deployments${path}`, body).expect(status)).body as Record;
const requested = (environment = 'staging'): Promise<Record> =>
  post('', { service: 'checkout', environment, digests: [digest('1')] }, 201);

/** A reader of server-sent events. */
class Reader {
  private reading: AsyncIterator<string> | undefined;
  private rest = '';

  private constructor(readonly response: Response) {}

  static async open(path: string, headers: Readonly<{ [name: string]: string }> = {}, token = bot.token) {
    const authorization = { authorization: `Bearer ${token}` };
    return new Reader(
      await fetch(`${slipway.url}/v1/deployments${path}`, { headers: { ...authorization, ...headers } }),
    );
  }

  /** The next message that has data; none when the server has ended the stream. */
  async next(): Promise<Message | undefined> {
    for (;;) {
      const end = this.rest.indexOf('\n\n');
      if (end >= 0) {
        const message = parsed(this.rest.slice(0, end));
        this.rest = this.rest.slice(end + 2);
        if (message.data) return message;
        continue;
      }
      const { value, done } = await this.parts.next();
      if (done) return undefined;
      this.rest += value;
    }
  }

  async until(type: DeploymentEvent['type']): Promise<Message> {
    for (;;) {
      const message = await this.next();
      if (!message) throw new Error(`the stream ended without ${type}`);
      if (message.data?.event?.type === type) return message;
    }
  }

  async close(): Promise<void> {
    await this.parts.return?.();
  }

  private get parts(): AsyncIterator<string> {
    const body = this.response.body ?? new Blob([]).stream();
    this.reading ??= body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
    return this.reading;
  }
}

const parsed = (text: string): Message => {
  const fields = Object.fromEntries(
    text.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const { data, ...said } = fields as { data?: string };
  return { ...said, ...(data !== undefined && { data: JSON.parse(data) as Told }) };
};

describe('a deployment, live', () => {
  it('is told as it is, then as it goes, until it is settled', async () => {
    const { id } = await requested();
    const reader = await Reader.open(`/${id}/live`);
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await reader.next()).toMatchObject({ event: 'deployment', data: { deployment: { id, state: 'Queued' } } });
    await decide(slipway, id, 'allow');
    expect(await reader.until('DeploymentAllowed')).toMatchObject({
      data: { deployment: { decision: { verdict: 'allow' } } },
    });
    await post(`/${id}/start`);
    await post(`/${id}/steps/migrate/start`);
    await post(`/${id}/steps/migrate/report`, { percent: 40 });
    expect(await reader.until('StepProgressed')).toMatchObject({
      id: expect.stringMatching(/^\d+$/) as string,
      data: { deployment: { state: 'Running', steps: [{ step: 'migrate', percent: 40, elapsedSeconds: 0 }] } },
    });
    await post(`/${id}/fail`, { reason: 'Ann stopped it' });
    expect(await reader.until('DeploymentFailed')).toMatchObject({
      data: { deployment: { state: 'Failed', reason: 'Ann stopped it' } },
    });
    expect(await reader.next()).toEqual({ event: 'end', data: {} });
    expect(await reader.next()).toBeUndefined();
  });

  it('goes on where its reader was, and says when there is nothing more', async () => {
    const { id } = await requested();
    const first = await Reader.open(`/${id}/live`);
    const seen = (await first.next())?.id ?? '';
    await first.close();
    await post(`/${id}/cancel`, { reason: 'Not today' });
    await slipway.caughtUp();
    const again = await Reader.open(`/${id}/live`, { 'last-event-id': seen });
    const canceled = await again.until('DeploymentCanceled');
    expect(await again.next()).toEqual({ event: 'end', data: {} });
    const last = await Reader.open(`/${id}/live`, { 'last-event-id': canceled.id ?? '' });
    expect([last.response.status, await last.next()]).toEqual([204, undefined]);
    const settled = await Reader.open(`/${id}/live`);
    expect(await settled.next()).toMatchObject({ data: { deployment: { state: 'Canceled' } } });
    expect(await settled.next()).toEqual({ event: 'end', data: {} });
  });

  it('is for who may read, and of what there is', async () => {
    const status = async (path: string, headers = {}, token?: string) => {
      const { response } = await Reader.open(path, headers, token);
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    const { id } = await requested();
    expect(await status(`/${id}/live`, {}, 'none')).toEqual([401, 'unauthenticated']);
    expect(await status('/DEP-999/live')).toEqual([404, 'not-found']);
    expect(await status('/00000000-0000-8000-8000-0000000000ff/live')).toEqual([404, 'not-found']);
    expect(await status(`/${id}/live`, { 'last-event-id': 'x' })).toEqual([400, 'invalid-last-event-id']);
    expect(await status('/live?service=nobody')).toEqual([422, 'unknown-service']);
  });
});

describe('all deployments, live', () => {
  it('are told by service and environment, from now on', async () => {
    const before = await requested();
    await slipway.caughtUp();
    const reader = await Reader.open('/live?service=checkout&environment=production-eu');
    await requested('staging');
    const { id } = await requested('production-eu');
    await post(`/${before.id}/cancel`, { reason: 'Not today' });
    await post(`/${id}/cancel`, { reason: 'Not today' });
    const told = [await reader.next(), await reader.next()];
    expect(told.map(message => [message?.data?.deployment.id, message?.data?.event?.type])).toEqual([
      [id, 'DeploymentRequested'],
      [id, 'DeploymentCanceled'],
    ]);
    await reader.close();
  });

  it('have only so many readers', async () => {
    const readers = await Promise.all(Array.from({ length: 200 }, () => Reader.open('/live')));
    expect(new Set(readers.map(({ response }) => response.status))).toEqual(new Set([200]));
    const { response } = await Reader.open('/live');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await response.json()).toMatchObject({ code: 'too-many-listeners' });
    await Promise.all(readers.map(reader => reader.close()));
    const { id } = await requested();
    for (;;) {
      const reader = await Reader.open(`/${id}/live`);
      const isIn = reader.response.status === 200;
      await reader.close();
      if (isIn) break;
    }
  });
});

it('a shutdown ends what is read', async () => {
  const other = await testService(deploymentExecution);
  const { token } = await other.as('deploy-bot', 'deployer');
  const { body } = await fetch(`${other.url}/v1/deployments/live`, { headers: { authorization: `Bearer ${token}` } });
  await Promise.all([other.stop(), new Response(body).text()]);
});
