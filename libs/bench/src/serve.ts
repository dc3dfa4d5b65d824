import type { Methods, Question, Reply } from './remote.ts';

/** Answers the process that started this one, until that one lets go; then closes and ends. */
export const serve = (methods: Methods, close: () => Promise<void>): void => {
  const send = (reply: Reply): void => void process.send?.(reply);
  process.on('message', ({ id, name, argument }: Question) => {
    answered(methods, name, argument).then(
      answer => send({ id, answer }),
      (error: Error) => send({ id, error: error.stack ?? error.message }),
    );
  });
  process.once('disconnect', () => {
    void close().finally(() => process.exit());
  });
  process.on('SIGINT', () => undefined); // reaches us from the terminal too; the one that started us decides
  send({ id: 0 });
};

const answered = async (methods: Methods, name: string, argument: unknown): Promise<unknown> => {
  const method = methods[name];
  if (!method) throw new Error('there is no such method');
  return method(argument as never);
};
