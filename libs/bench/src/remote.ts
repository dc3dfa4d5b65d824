import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a process offers: one argument, which travels as JSON, as does the answer. */
export type Methods = Readonly<Record<string, (argument: never) => Promise<unknown>>>;

/** A process of the benchmark, as the one that started it sees it. */
export type Remote<Offered extends Methods> = Readonly<{
  pid: number;
  ask: Offered;
  stop: () => Promise<void>;
}>;

export type Question = Readonly<{ id: number; name: string; argument?: unknown }>;
export type Reply = Readonly<{ id: number; answer?: unknown; error?: string }>;

/** Arguments of Node for every process of the benchmark, such as those of a profiler. */
export const nodeArguments: string[] = ['--enable-source-maps', '--no-warnings'];

/** Starts a module that says `serve(…)`. It ends with this process, however that ends. */
export const startRemote = async <Offered extends Methods>(
  module: URL,
  settings: NodeJS.ProcessEnv = {},
): Promise<Remote<Offered>> => {
  const child = fork(module, { execArgv: nodeArguments, env: { ...process.env, ...settings } });
  const waiting = new Map<number, (reply: Reply) => void>();
  const ready = Promise.withResolvers<void>();
  const ended = once(child, 'exit');
  let asked = 0;
  child.on('message', (reply: Reply) => {
    if (reply.id === 0) ready.resolve();
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  void ended.then(() => {
    const error = `${module.pathname} ended`;
    ready.reject(new Error(error));
    for (const [id, answered] of waiting) answered({ id, error });
  });
  await ready.promise;
  const ask = async (name: string, argument: unknown): Promise<unknown> => {
    const id = (asked += 1);
    const reply = await new Promise<Reply>(resolve => {
      waiting.set(id, resolve);
      child.send({ id, name, argument } satisfies Question);
    });
    if (reply.error !== undefined) throw new Error(`${name}: ${reply.error}`);
    return reply.answer;
  };
  return {
    pid: child.pid ?? 0,
    ask: new Proxy({} as Offered, { get: (_, name) => (argument: unknown) => ask(String(name), argument) }),
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
};
