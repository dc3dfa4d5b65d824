import { Logger } from '@nestjs/common';
import type { Response as Answer } from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Message, sendEvents } from './server-sent-events.ts';

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(true));

/** What a reader gets, whole. */
const readerOf = async (messages: () => AsyncIterable<Message>, signal = new AbortController().signal) => {
  const server = createServer((_, response) => void sendEvents(response as Answer, messages(), signal));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return { headers: answer.headers, text: await answer.text() };
  } finally {
    server.close();
  }
};

async function* told(): AsyncGenerator<Message> {
  yield { id: '1', event: 'deployment', data: { text: 'a\nb' } };
  yield { id: '7' };
}

test('messages are written one by one, what has no data only says where the reader is', async () => {
  const { headers, text } = await readerOf(told);
  expect(text).toBe(
    'retry: 2000\n\nid: 1\nevent: deployment\ndata: {"text":"a\\nb"}\n\nid: 7\n\nevent: end\ndata: {}\n\n',
  );
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-accel-buffering')).toBe('no');
});

test('a reader that is sent away is not told that it is the end', async () => {
  const away = new AbortController();
  const { text } = await readerOf(async function* () {
    yield { id: '1' };
    away.abort();
    yield { id: '2' };
  }, away.signal);
  expect(text).toBe('retry: 2000\n\nid: 1\n\n');
});

test('a reader that is slow gets all of it', async () => {
  const page = 'x'.repeat(50_000);
  const { text } = await readerOf(async function* () {
    for (let id = 0; id < 100; id += 1) yield { id: String(id), data: { page } };
  });
  expect(text.match(/^data: /gm)).toHaveLength(101);
});

test('what fails in the middle ends the connection, not the process', async () => {
  const failing = readerOf(async function* () {
    yield { id: '1' };
    throw new Error('the database is away');
  });
  await expect(failing).rejects.toThrow('terminated');
});
