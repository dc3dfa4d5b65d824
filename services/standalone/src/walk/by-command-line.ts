import { lineFor } from './command-lines.ts';
import type { Line } from './line.ts';
import type { OneProcess, Ran } from './one-process.ts';
import type { Answer, Body, Hands, Stage } from './walker.ts';

/** The walk's requests as command lines. What has none is sent as it is, and remembered. */
export type TypedStage = Stage &
  Readonly<{
    /** A line as somebody types it, who is on the stage; anybody else has no token. */
    slipway: (subject: string, ...words: string[]) => Promise<Ran>;
    /** The first two words of every line. */
    typed: readonly string[];
    sent: readonly string[];
  }>;

export const byCommandLine = ({ url, slipway, line, caughtUp }: OneProcess): TypedStage => {
  const tokens = new Map<string, string>();
  const typed: string[] = [];
  const sent: string[] = [];
  const print = async (token: string, { words, input, read = asPrinted }: Line): Promise<Answer> => {
    typed.push(words.slice(0, 2).join(' '));
    const all = [...words, '--json'];
    const ran = input === undefined ? await line(token, all) : await slipway(token, all, JSON.stringify(input));
    if (ran.out === '') return refusalIn(words, ran);
    const answer = read(JSON.parse(ran.out));
    return 'words' in answer ? print(token, answer) : answer;
  };
  const as = async (subject: string, ...roles: string[]): Promise<Hands> => {
    const words = ['token', '--as', subject, ...roles.flatMap(role => ['--role', role])];
    const token = (await slipway('', words)).out.trim();
    tokens.set(subject, token);
    const ask =
      (method: keyof Hands) =>
      async (path: string, body: Body = {}) => {
        const known = lineFor(method, path, body);
        if (known) return print(token, known);
        sent.push(`${method} ${path}`);
        return send(`${url}${path}`, method, token, body);
      };
    return { get: ask('get'), post: ask('post'), patch: ask('patch'), put: ask('put') };
  };
  return { url, as, caughtUp, slipway: (subject, ...words) => slipway(tokens.get(subject) ?? '', words), typed, sent };
};

const asPrinted = (printed: Body): Answer => ({ status: 200, body: printed });

/** The code stands behind the detail, in brackets. */
const refusalIn = (words: readonly string[], { exitCode, err }: Ran): Answer => {
  const [, detail, code] = /^slipway: (.+) \(([a-z0-9-]+)\)$/m.exec(err) ?? [];
  if (exitCode !== 1 || code === undefined) throw new Error(`slipway ${words.join(' ')}: ${exitCode}, ${err}`);
  return { status: 409, body: { code, detail } };
};

const send = async (url: string, method: string, token: string, body: Body): Promise<Answer> => {
  const response = await fetch(url, {
    method: method.toUpperCase(),
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(method !== 'get' && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
};
