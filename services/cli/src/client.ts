import { setTimeout as pause } from 'node:timers/promises';
import { eventsIn } from './event-stream.ts';
import { Problem, type Unreachable } from './failures.ts';
import { foreign, unknownBearer, unreachable } from './no-answer.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

type Sent = Readonly<{ body: string; key?: string; type?: string }>;
type Reply = Readonly<{ status: number; text: string; link: string }>;

const TIMEOUT_MS = 30_000;
const RECONNECT_MS = 2_000;

/** Slipway over REST. Throws `Problem` for what it refuses and `Unreachable` when it cannot be understood. */
export class Client {
  private readonly base: string;
  private readonly token: string | undefined;

  constructor(base: string, token?: string) {
    this.base = base.replace(/\/+$/, '');
    this.token = token;
  }

  get(path: string, query: Query = {}): Promise<JsonObject> {
    return this.json('GET', path, query);
  }

  /** `key`: the same again gives the first answer. */
  post(path: string, body: object, query: Query = {}, key?: string): Promise<JsonObject> {
    return this.json('POST', path, query, { body: JSON.stringify(body), ...(key !== undefined && { key }) });
  }

  /** One JSON object a line. */
  lines(path: string, body: string, query: Query = {}): Promise<JsonObject> {
    return this.json('POST', path, query, { body, type: 'application/x-ndjson' });
  }

  /** What a live feed tells, until it ends; taken up again where it was when the connection does. */
  async *follow(path: string): AsyncGenerator<JsonObject> {
    let lastEventId: string | undefined;
    for (;;) {
      const response = await this.opened(path, lastEventId);
      if (response.status === 204) return;
      let heard = false;
      for await (const { id, event, data } of eventsIn(textOf(response))) {
        lastEventId = id ?? lastEventId;
        heard ||= id !== undefined;
        if (event === 'end') return;
        const told = data === undefined ? undefined : jsonIn(data);
        if (isObject(told)) yield told;
      }
      if (!heard) await pause(RECONNECT_MS);
    }
  }

  private async opened(path: string, lastEventId: string | undefined): Promise<Response> {
    const headers = {
      accept: 'text/event-stream',
      ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    };
    const response = await fetch(`${this.base}${path}`, { headers, redirect: 'error' }).catch((error: unknown) => {
      throw unreachable(this.base, error);
    });
    if (response.status >= 200 && response.status < 300) return response;
    throw this.refusal(response.status, await response.text());
  }

  put(path: string, body: object): Promise<JsonObject> {
    return this.json('PUT', path, {}, { body: JSON.stringify(body) });
  }

  patch(path: string, body: object): Promise<JsonObject> {
    return this.json('PATCH', path, {}, { body: JSON.stringify(body) });
  }

  /** What is no JSON. */
  async text(path: string, type: string, query: Query = {}): Promise<string> {
    return (await this.ask('GET', path, query, type)).text;
  }

  /** A CSV of many pages as one, under one line of names. */
  async csv(path: string): Promise<string> {
    const pages: string[] = [];
    for (let next: string | undefined = `${path}?format=csv&pageSize=${PAGE}`; next !== undefined;) {
      const { text, link }: Reply = await this.ask('GET', next, {}, 'text/csv');
      pages.push(pages.length === 0 ? text : text.slice(text.indexOf('\n') + 1));
      next = /<([^>]+)>; rel="next"/.exec(link)?.[1];
    }
    return pages.join('');
  }

  /** A list as one page: the first one's answer, with the items of all, at most `limit`. */
  async pages(path: string, query: Query, limit: number): Promise<JsonObject & { items: readonly JsonObject[] }> {
    const { nextPageToken, ...first } = await this.get(path, { ...query, pageSize: Math.min(limit, PAGE) });
    const items = [...itemsIn(first)];
    for (let pageToken = nextPageToken; typeof pageToken === 'string' && items.length < limit;) {
      const page = await this.get(path, { ...query, pageSize: Math.min(limit - items.length, PAGE), pageToken });
      items.push(...itemsIn(page));
      pageToken = page['nextPageToken'];
    }
    return { ...first, items };
  }

  async items(path: string, query: Query, limit: number): Promise<readonly JsonObject[]> {
    return (await this.pages(path, query, limit)).items;
  }

  private async json(method: string, path: string, query: Query, sent?: Sent): Promise<JsonObject> {
    const { text } = await this.ask(method, path, query, 'application/json', sent);
    const parsed = jsonIn(text);
    if (isObject(parsed)) return parsed;
    throw foreign(this.base);
  }

  private async ask(method: string, path: string, query: Query, accept: string, sent?: Sent): Promise<Reply> {
    const reply = await this.fetched(method, path, query, accept, sent);
    if (reply.status >= 200 && reply.status < 300) return reply;
    throw this.refusal(reply.status, reply.text);
  }

  private refusal(status: number, text: string): Problem | Unreachable {
    const problem = problemIn(status, text);
    if (!problem) return foreign(this.base);
    return problem.code === 'unauthenticated' ? unknownBearer(this.token, problem) : problem;
  }

  private async fetched(method: string, path: string, query: Query, accept: string, sent?: Sent): Promise<Reply> {
    try {
      const response = await fetch(`${this.base}${path}${queryOf(query)}`, {
        method,
        headers: {
          accept,
          ...(sent && { 'content-type': sent.type ?? 'application/json' }),
          ...(sent?.key !== undefined && { 'idempotency-key': sent.key }),
          ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        },
        ...(sent && { body: sent.body }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { status: response.status, text: await response.text(), link: response.headers.get('link') ?? '' };
    } catch (error) {
      throw unreachable(this.base, error);
    }
  }
}

// A connection that breaks is like one that ends: the feed is taken up again.
async function* textOf({ body }: Response): AsyncGenerator<string> {
  if (!body) return;
  try {
    yield* body.pipeThrough(new TextDecoderStream());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

const PAGE = 200;

const queryOf = (query: Query): string => {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};

/** Undefined: what was asked has not that to say. A proxy may say so, too, that nobody is behind it. */
const problemIn = (status: number, text: string): Problem | undefined => {
  const body = jsonIn(text);
  if (isObject(body) && typeof body['code'] === 'string') {
    const { code, detail, errors } = body;
    return new Problem(
      status,
      code,
      typeof detail === 'string' ? detail : code,
      Array.isArray(errors) ? (errors as never) : [],
    );
  }
  return status >= 500 || status === 429 ? new Problem(status, `http-${status}`, `HTTP status ${status}.`) : undefined;
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const itemsIn = ({ items }: JsonObject): readonly JsonObject[] =>
  Array.isArray(items) ? (items as readonly JsonObject[]) : [];

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
