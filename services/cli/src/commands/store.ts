import type { Command } from 'commander';
import { exitCodes, WrongUsage } from '../failures.ts';
import type { Session } from '../session.ts';
import type { Access, Verified } from '../store.ts';
import { findingInWords, statusInWords, verifiedInWords } from '../store-in-words.ts';

type RecoverOptions = Readonly<{
  fromKafka?: boolean;
  newIncarnation?: boolean;
  by?: string;
  reason?: string;
  evenInStep?: boolean;
}>;

/** `slipway store status|verify|recover`: for whoever operates the database. */
export const addStore = (program: Command, session: Session): void => {
  const store = program
    .command('store')
    .description('the event store, for its operator: how it is doing, whether it keeps its promise, recovery')
    .addHelpText('after', HELP);
  store
    .command('status')
    .description('head, what waits, who leads, how far the relay is, sizes')
    .action(async () => {
      const { statusOf } = await import('../store.ts');
      const status = await statusOf(accessOf(session));
      await session.show(status, () => statusInWords(status));
    });
  store
    .command('verify')
    .description(
      'count what breaks the promise, in the database and on Kafka; reads only; exit code 1 when it is not 0',
    )
    .action(() => verify(session));
  store
    .command('recover')
    .description('after an older backup was restored: tell what Kafka has beyond it, and take it back')
    .option('--from-kafka', 'take the tail back, byte for byte')
    .option('--new-incarnation', 'give the tail up: the log goes on as another one, with topics of its own')
    .option('--by <who>', 'who opens the new incarnation')
    .option('--reason <why>', 'why it is opened')
    .option('--even-in-step', 'open it also where Kafka has nothing that the log has not')
    .action((options: RecoverOptions) => recover(session, options));
};

const HELP = `
DATABASE_URL is of the owner of the database, as for migrate. KAFKA_BROKERS and TOPIC_PREFIX say where Kafka is; recover
needs it, the others go without.`;

const verify = async (session: Session): Promise<void> => {
  const { verified } = await import('../store.ts');
  const result = await verified(accessOf(session), what => session.remark(what));
  await session.show(result, () => verifiedInWords(result, session.paint));
  if (!isWell(result)) session.exit(exitCodes.failed);
};

const isWell = ({ store, topics }: Verified): boolean =>
  Object.values({ ...store, ...topics }).every(count => count === 0);

const recover = async (session: Session, options: RecoverOptions): Promise<void> => {
  const { fromKafka = false, newIncarnation = false, by: openedBy, reason, evenInStep: isForced = false } = options;
  if (fromKafka && newIncarnation) throw new WrongUsage('--from-kafka and --new-incarnation exclude each other.');
  if (newIncarnation && !(openedBy && reason)) throw new WrongUsage('--new-incarnation takes --by and --reason.');
  const { recovery, reasonsOf } = await import('../store.ts');
  const { brokers, ...access } = accessOf(session);
  if (!brokers) throw new WrongUsage('KAFKA_BROKERS is not set.');
  const { find, takeTailBack, openIncarnation } = recovery({ ...access, brokers }, what => session.remark(what));
  if (newIncarnation && openedBy && reason) {
    const opened = await openIncarnation({ openedBy, reason, isForced });
    return session.show(opened, () => OPENED(opened.id, opened.afterPosition));
  }
  const finding = await (fromKafka ? takeTailBack() : find());
  const { head, through } = finding;
  await session.show(finding, () =>
    fromKafka && through > head
      ? `Taken back from Kafka: positions ${head + 1} to ${through}. Sequencer and relay may be started.\n`
      : findingInWords(finding, reasonsOf(finding)),
  );
  if (!fromKafka && finding.state !== 'in-step') session.exit(exitCodes.failed);
};

const OPENED = (id: string, afterPosition: number): string =>
  `Log ${id} goes on behind position ${afterPosition}. Start the relay with another TOPIC_PREFIX (migrate --topics makes its topics), and rebuild every consumer: slipway consumers rebuild.\n`;

const accessOf = ({ env }: Session): Access => {
  const url = env['DATABASE_URL'];
  if (!url) throw new WrongUsage('DATABASE_URL is not set.');
  const brokers = env['KAFKA_BROKERS'];
  return { url, prefix: env['TOPIC_PREFIX'] ?? 'slipway', ...(brokers && { brokers: brokers.split(',') }) };
};
