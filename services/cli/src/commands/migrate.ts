import type { Command } from 'commander';
import { countIn } from '../count.ts';
import { WrongUsage } from '../failures.ts';
import { migrationsDirectory, servicesOnDisk } from '../services-on-disk.ts';
import type { Session } from '../session.ts';

type Options = Readonly<{ topics?: boolean; partitions: number; replication: number }>;

/** `slipway migrate`: the explicit step before anything starts. */
export const addMigrate = (program: Command, session: Session): void => {
  program
    .command('migrate')
    .description('bring a database up to date: the store, the schema of each service, roles; and the Kafka topics')
    .option('--topics', 'create the Kafka topics too (KAFKA_BROKERS, TOPIC_PREFIX)')
    .option('--partitions <count>', 'of each topic; never changes afterwards', countIn, 6)
    .option('--replication <count>', 'of each topic', countIn, 1)
    .addHelpText('after', HELP)
    .action(async ({ topics = false, partitions, replication }: Options) => {
      const url = required(session, 'DATABASE_URL');
      // Only who migrates waits for the libraries of the server.
      const { migrateDatabase, createKafkaTopics } = await import('../migration.ts');
      const services = servicesOnDisk();
      const secrets = passwordsIn(session.env, [...services, 'sequencer', 'relay']);
      await migrateDatabase(
        url,
        services.map(name => [name, migrationsDirectory(name)] as const),
        secrets,
      );
      session.remark(`The database is up to date: ${services.join(', ')}.`);
      if (Object.keys(secrets).length > 0) session.remark(`Passwords are set for ${Object.keys(secrets).join(', ')}.`);
      if (!topics) return;
      const made = await createKafkaTopics({
        brokers: required(session, 'KAFKA_BROKERS').split(','),
        prefix: session.env['TOPIC_PREFIX'] ?? 'slipway',
        partitions,
        replication,
      });
      session.remark(made.length > 0 ? `Topics made: ${made.join(', ')}.` : 'All topics are there.');
    });
};

const HELP = `
DATABASE_URL is of an owner who may create roles. SLIPWAY_<SERVICE>_PASSWORD (SLIPWAY_CHANGE_APPROVAL_PASSWORD,
SLIPWAY_SEQUENCER_PASSWORD, SLIPWAY_RELAY_PASSWORD …) become the passwords of the roles slipway_<service>.`;

const passwordsIn = (env: Session['env'], services: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    services.flatMap(service => {
      const secret = env[`SLIPWAY_${service.replaceAll('-', '_').toUpperCase()}_PASSWORD`];
      return secret ? [[service, secret]] : [];
    }),
  );

const required = ({ env }: Session, name: string): string => {
  const value = env[name];
  if (value) return value;
  throw new WrongUsage(`${name} is not set.`);
};
