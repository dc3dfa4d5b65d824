import 'reflect-metadata';
import { catalog } from '@slipway/catalog';
import { planning } from '@slipway/planning';
import { type Client, type TestService, testService } from '@slipway/service/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

// A reply that was cut says nothing about its command. 1,000 of them, cut at random moments under load, then sent again.

const COMMANDS = 1_000;
const IN_FLIGHT = 32;

let slipway: TestService;
let rita: Client;

beforeAll(async () => {
  slipway = await testService(catalog, planning);
  rita = await slipway.as('rita@example.org', 'release-manager');
});
afterAll(() => slipway.stop());

const draft = (index: number): string => JSON.stringify({ title: `Cut ${index}`, class: 'patch' });

/** Sends the whole request and hangs up after a while, whatever has been answered by then. */
const sendAndCut = async (index: number, afterMs: number): Promise<void> => {
  const { hostname, port } = new URL(slipway.url);
  const body = draft(index);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `POST /v1/releases HTTP/1.1\r\nHost: slipway\r\nAuthorization: Bearer ${rita.token}\r\nContent-Type: application/json\r\n` +
      `Idempotency-Key: cut-${index}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  await pause(afterMs); // the moment of the cut, not a wait for anything
  socket.destroy();
};

type Answer = Readonly<{ status: number; etag: string | null; replayed: boolean; body: string }>;

const retry = async (index: number): Promise<Answer> => {
  const response = await fetch(`${slipway.url}/v1/releases`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${rita.token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `cut-${index}`,
    },
    body: draft(index),
  });
  const { status, headers } = response;
  return {
    status,
    etag: headers.get('etag'),
    replayed: headers.has('idempotency-replayed'),
    body: await response.text(),
  };
};

test('1,000 commands whose reply was cut: sent again, each has one effect and gives the same answer', async () => {
  const answers: (readonly [Answer, Answer])[] = [];
  let next = 0;
  let usualMs = 25; // until the next answer says how long one takes on this machine
  const client = async (): Promise<void> => {
    for (let index = next++; index < COMMANDS; index = next++) {
      await sendAndCut(index, Math.random() * 2 * usualMs);
      const began = performance.now();
      const first = await retry(index);
      usualMs += (performance.now() - began - usualMs) / 10;
      answers.push([first, await retry(index)]);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));

  expect(answers).toHaveLength(COMMANDS);
  for (const [first, second] of answers) {
    expect(first).toMatchObject({ status: 201, etag: '"1"' });
    expect(second).toEqual({ ...first, replayed: true });
  }
  // The load must have met both: commands that were stored before the cut, and some that were not.
  const storedBeforeTheCut = answers.filter(([{ replayed }]) => replayed).length;
  expect(storedBeforeTheCut).toBeGreaterThan(COMMANDS / 10);

  const store = slipway.host.running[0]?.service.store;
  const titles = new Map<string, number>();
  for (let after = 0, events; (events = await store?.readLog(after, 500, ['release']))?.length;) {
    for (const { data, position } of events) {
      const { title } = data as { title: string };
      titles.set(title, (titles.get(title) ?? 0) + 1);
      after = position;
    }
  }
  expect(titles.size).toBe(COMMANDS);
  expect([...titles.values()].every(count => count === 1)).toBe(true);
}, 120_000);
