import { Problem, Unreachable } from './failures.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

type Reply = Readonly<{ status: number; text: string; link: string }>;

const TIMEOUT_MS = 30_000;

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

  post(path: string, body: object, query: Query = {}): Promise<JsonObject> {
    return this.json('POST', path, query, JSON.stringify(body));
  }

  /** What is no JSON. */
  async text(path: string, type: string): Promise<string> {
    return (await this.ask('GET', path, {}, type)).text;
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

  private async json(method: string, path: string, query: Query, body?: string): Promise<JsonObject> {
    const { text } = await this.ask(method, path, query, 'application/json', body);
    const parsed = jsonIn(text);
    if (isObject(parsed)) return parsed;
    throw new Unreachable(`${this.base} answered something that is not Slipway's.`);
  }

  private async ask(method: string, path: string, query: Query, accept: string, body?: string): Promise<Reply> {
    const reply = await this.fetched(method, path, query, accept, body);
    if (reply.status >= 200 && reply.status < 300) return reply;
    throw problemIn(reply.status, reply.text);
  }

  private async fetched(method: string, path: string, query: Query, accept: string, body?: string): Promise<Reply> {
    try {
      const response = await fetch(`${this.base}${path}${queryOf(query)}`, {
        method,
        headers: {
          accept,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        },
        ...(body !== undefined && { body }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { status: response.status, text: await response.text(), link: response.headers.get('link') ?? '' };
    } catch (error) {
      throw new Unreachable(`${this.base} cannot be reached: ${causeOf(error)}.`, { cause: error });
    }
  }
}

const PAGE = 200;

const queryOf = (query: Query): string => {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};

const problemIn = (status: number, text: string): Problem | Unreachable => {
  const body = jsonIn(text);
  if (!isObject(body) || typeof body['code'] !== 'string')
    return new Problem(status, `http-${status}`, `HTTP status ${status}.`);
  const { code, detail, errors } = body;
  return new Problem(
    status,
    code,
    typeof detail === 'string' ? detail : code,
    Array.isArray(errors) ? (errors as never) : [],
  );
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

const causeOf = (error: unknown): string => {
  const { cause = error } = error as { cause?: unknown };
  const { code, message } = cause as { code?: unknown; message?: unknown };
  return String(code ?? message);
};
