import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** Where a system can be reached, and how to get a token for somebody. */
export type Stage = Readonly<{
  url: string;
  tokenFor: (subject: string, roles: readonly string[]) => Promise<string>;
  secrets: Readonly<{ github: string; alertmanager: string }>;
  say: (line: string) => void;
  /** Called after each step: where a test breaks things. */
  between?: () => Promise<void>;
}>;

/** What came back: the body, and the status where the story cares. */
export type Reply = Readonly<{ status: number; body: Readonly<Record<string, any>> }>; // oxlint-disable-line typescript/no-explicit-any -- JSON of many shapes, read by a story

export type Actor = Readonly<{
  /** A command; whatever happens to the connection, it has its effect once. */
  does: (what: string, path: string, body?: object) => Promise<Reply['body']>;
  /** A command that must be refused with this code. */
  isRefused: (what: string, code: string, path: string, body?: object) => Promise<Reply['body']>;
  reads: (path: string) => Promise<Reply['body']>;
}>;

const PATIENCE_MS = 60_000;
const RETRY_MS = 100;

/** Tells a story to a system over its public interfaces, as people and tools would. */
export class Teller {
  private readonly run = randomUUID();
  private step = 0;

  constructor(private readonly stage: Stage) {}

  /** A new chapter, for who reads along. */
  chapter(title: string): void {
    this.stage.say(`\n${title}`);
  }

  async as(subject: string, ...roles: string[]): Promise<Actor> {
    const token = await this.stage.tokenFor(subject, roles);
    const send = async (method: string, path: string, body?: object): Promise<Reply> => {
      this.step += 1;
      const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': `${this.run}:${this.step}` };
      return this.sent(method, path, headers, body && JSON.stringify(body));
    };
    return {
      does: async (what, path, body = {}) => {
        const { status, body: answer } = await send('POST', path, body);
        if (status >= 300) throw new Error(`${what}: ${status} ${answer['code']}: ${answer['detail']}`);
        await this.told(what);
        return answer;
      },
      isRefused: async (what, code, path, body = {}) => {
        const { body: answer } = await send('POST', path, body);
        if (answer['code'] !== code) throw new Error(`${what}: expected ${code}, got ${JSON.stringify(answer)}`);
        await this.told(`${what}: refused, ${code}: ${answer['detail']}`);
        return answer;
      },
      reads: async path => (await send('GET', path)).body,
    };
  }

  /** Waits for something that follows by itself. */
  async until(
    what: string,
    read: () => Promise<Reply['body']>,
    isSo: (body: Reply['body']) => boolean,
  ): Promise<Reply['body']> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const body = await read();
      if (isSo(body)) {
        await this.told(what);
        return body;
      }
      if (Date.now() > deadline)
        throw new Error(`${what}: not within ${PATIENCE_MS / 1_000} s; it is ${JSON.stringify(body)}`);
      await pause(RETRY_MS / 2);
    }
  }

  /** A delivery of GitHub, signed as GitHub does; the same delivery id however often it is sent. */
  async github(what: string, event: string, payload: object): Promise<void> {
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', this.stage.secrets.github).update(body).digest('hex');
    const headers = {
      'X-GitHub-Event': event,
      'X-GitHub-Delivery': randomUUID(),
      'X-Hub-Signature-256': `sha256=${signature}`,
    };
    await this.delivered(what, '/v1/deployments/hooks/github', headers, body);
  }

  async alertmanager(what: string, payload: object): Promise<void> {
    const headers = { Authorization: `Bearer ${this.stage.secrets.alertmanager}` };
    await this.delivered(what, '/v1/incidents/hooks/alertmanager', headers, JSON.stringify(payload));
  }

  private async delivered(what: string, path: string, headers: Record<string, string>, body: string): Promise<void> {
    const { status, body: answer } = await this.sent('POST', path, headers, body);
    if (status !== 202) throw new Error(`${what}: ${status} ${JSON.stringify(answer)}`);
    await this.told(what);
  }

  private async told(what: string): Promise<void> {
    this.stage.say(`  ${what}`);
    await this.stage.between?.();
  }

  // A cut connection and a 502, 503 or 504 say nothing about the outcome: the same key again does.
  private async sent(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Reply> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const reply = await this.tried(method, path, headers, body);
      if (reply && ![502, 503, 504].includes(reply.status)) return reply;
      if (Date.now() > deadline) throw new Error(`${method} ${path}: no answer within ${PATIENCE_MS / 1_000} s`);
      await pause(RETRY_MS);
    }
  }

  private async tried(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Reply | undefined> {
    try {
      const response = await fetch(`${this.stage.url}${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', ...headers },
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Reply['body']) : {} };
    } catch {
      return undefined;
    }
  }
}
