export type Body = Readonly<Record<string, any>>; // oxlint-disable-line typescript/no-explicit-any -- JSON of many shapes, read by a story

/** Somebody in the story. Each step says in a sentence what is done, and what is answered. */
export type Walker = Readonly<{
  posts: (what: string, path: string, body?: object, answer?: object) => Promise<Body>;
  patches: (what: string, path: string, body: object, answer: object) => Promise<Body>;
  puts: (what: string, path: string, body: object, answer: object) => Promise<Body>;
  sees: (what: string, path: string, answer: object) => Promise<Body>;
  isRefused: (what: string, code: string, path: string, body?: object) => Promise<Body>;
}>;

/** What came back. */
export type Answer = Readonly<{ status: number; body: Body }>;

/** Somebody who asks. */
export type Hands = Readonly<
  Record<'get' | 'post' | 'patch' | 'put', (path: string, body?: object) => PromiseLike<Answer>>
>;

/** A running system, and a way to ask it. */
export type Stage = Readonly<{
  url: string;
  /** `roles` are of the token; without any, only what was granted counts. */
  as: (subject: string, ...roles: string[]) => Promise<Hands>;
  /** Resolves when all that follows from what was done has happened. */
  caughtUp: () => Promise<void>;
}>;

const MINUTE = 60_000;
const BACK = 120;

/** A story that is told step by step; after each step everything that follows from it has happened. */
export class Walk {
  readonly steps: string[] = [];
  private readonly start = Math.floor(Date.now() / MINUTE) * MINUTE - BACK * MINUTE;

  constructor(readonly stage: Stage) {}

  /** An instant of the story: it began two hours ago. */
  at(minutes: number): string {
    return new Date(this.start + minutes * MINUTE).toISOString();
  }

  async as(subject: string, ...roles: string[]): Promise<Walker> {
    const client = await this.stage.as(subject, ...roles);
    return {
      posts: (what, path, body, answer) => this.told(what, () => client.post(path, body), answer),
      patches: (what, path, body, answer) => this.told(what, () => client.patch(path, body), answer),
      puts: (what, path, body, answer) => this.told(what, () => client.put(path, body), answer),
      sees: (what, path, answer) => this.told(what, () => client.get(path), answer),
      isRefused: (what, code, path, body) => this.refused(what, code, () => client.post(path, body)),
    };
  }

  /** A message of a tool, authenticated by what its header says. */
  async hears(what: string, path: string, headers: Readonly<Record<string, string>>, message: object): Promise<void> {
    await this.told(what, async () => {
      const response = await fetch(`${this.stage.url}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(message),
      });
      return { status: response.status, body: (await response.json()) as Body };
    });
  }

  private async told(what: string, asking: Asking, answer: object = {}): Promise<Body> {
    const { status, body } = await asking();
    if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
    return this.ended(what, body, answer);
  }

  private async refused(what: string, code: string, asking: Asking): Promise<Body> {
    const { status, body } = await asking();
    if (status < 400 || status >= 500) throw new Error(`${what}: ${status}, and not ${code}`);
    return this.ended(what, body, { code, detail: expect.stringMatching(/\S/) });
  }

  private async ended(what: string, body: Body, answer: object): Promise<Body> {
    holds(what, body, answer);
    this.steps.push(what);
    await this.stage.caughtUp();
    return body;
  }
}

type Asking = () => PromiseLike<Answer>;

const holds = (what: string, body: Body, answer: object): void => {
  try {
    expect(body).toMatchObject(answer);
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
};
