import type { Command } from 'commander';
import type { JsonObject } from '../client.ts';
import { recordInWords } from '../record-in-words.ts';
import type { Session } from '../session.ts';

/** What was typed, under the names of the API; `at` is when it happened. */
export type Said = Readonly<Record<string, unknown>>;

/** The steps that a kind of record takes, and how it is told of afterwards. */
export type Steps = Readonly<{
  command: Command;
  session: Session;
  /** Of the list: `/v1/incidents`. */
  path: string;
  told?: (record: JsonObject, paint: Session['paint']) => string;
}>;

type Way = Readonly<{
  /** The last part of the path, where it is not the name. */
  action?: string;
  /** What is sent, where it is not what was typed. */
  body?(said: Said): object | Promise<object>;
}>;

export const AT = ['--at <instant>', 'when it happened, RFC 3339; now when absent'] as const;
export const NOTE = ['--note <note>', 'kept encrypted'] as const;
export const REASON = ['--reason <reason>', 'why; kept encrypted'] as const;

/** The command of a kind of record, under which its steps stand. */
export const commandNamed = (program: Command, name: string): Command => {
  const command = program.commands.find(each => each.name() === name);
  if (!command) throw new Error(`there is no ${name} to take steps with`);
  return command;
};

/** `slipway <record> <name> <id> …`: further words and options go into the fields of their names. */
export const step = (steps: Steps, words: string, description: string, way: Way = {}): Command => {
  const { session, path, told = recordInWords } = steps;
  const [name = '', ...others] = words.split(' ');
  const { action = name, body = asTyped } = way;
  const command = steps.command.command([name, '<id>', ...others].join(' ')).description(description);
  return command.action(async (id: string) => {
    const { at, key, ...options } = command.opts<{ at?: string; key?: string }>();
    const asked = await body({ ...wordsIn(command), ...options, ...(at !== undefined && { occurredAt: at }) });
    const answer = await session.client().post(`${path}/${encodeURIComponent(id)}/${action}`, asked, {}, key);
    await session.show(answer, () => told(answer, session.paint));
  });
};

/** The answer to a new record, or to the change of one. */
export const tell = (steps: Steps, answer: JsonObject): Promise<void> => {
  const { session, told = recordInWords } = steps;
  return session.show(answer, () => told(answer, session.paint));
};

/** `--due` is `dueAt`. */
export const withDue = ({ due, ...said }: Said): Said => ({ ...said, ...(due !== undefined && { dueAt: due }) });

/** `--href` is `url`, since `--url` says where Slipway is. */
export const withUrl = ({ href: url, ...said }: Said): Said => ({ ...said, url });

const asTyped = (said: Said): object => said;

const wordsIn = (command: Command): Said => {
  const [, ...others] = command.registeredArguments.map(
    (word, at) => [word.name(), command.processedArgs[at]] as const,
  );
  return Object.fromEntries(others);
};
