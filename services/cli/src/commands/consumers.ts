import type { Command } from 'commander';
import type { Client, JsonObject } from '../client.ts';
import { countIn } from '../count.ts';
import { Problem, WrongUsage } from '../failures.ts';
import { servicesOnDisk } from '../services-on-disk.ts';
import type { Session } from '../session.ts';
import { type Column, inWords, table } from '../table.ts';

const STANDING: readonly Column[] = [
  ['consumer', 'consumer'],
  ['transport', 'transport'],
  ['position', 'position'],
  ['lag', 'lag'],
  ['seconds', 'lagSeconds'],
  ['parked', 'parkedStreams'],
  ['skipped', 'skips'],
  ['rebuild', 'rebuild.status'],
  ['filled to', 'rebuild.position'],
  ['failed', 'rebuild.error'],
];

const PARKED: readonly Column[] = [
  ['consumer', 'consumer'],
  ['stream', 'stream'],
  ['cause', 'cause'],
  ['error', 'error'],
  ['attempts', 'attempts'],
  ['parked', 'parkedAt'],
  ['waiting', 'positions'],
];

type Changing = Readonly<{ reason: string; yes?: boolean }>;

/** `slipway consumers list`, `slipway consumers rebuild planning.releases --reason "a wrong state" --yes` */
export const addConsumers = (program: Command, session: Session): void => {
  const command = program
    .command('consumers')
    .description(
      'who reads the log: how far they are, what they could not go on with, and views that are to be rebuilt',
    )
    .addHelpText('after', HELP);
  command
    .command('list')
    .description('every consumer: its position, its lag in positions and seconds, what it has parked, its last rebuild')
    .option('--service <service>', 'of this service only')
    .action(({ service }: { service?: string }) => list(session, service, 'consumers', STANDING, 'Nobody consumes.'));
  command
    .command('parked')
    .description('streams that a consumer could not go on with, why, and the positions that wait')
    .option('--service <service>', 'of this service only')
    .action(({ service }: { service?: string }) => list(session, service, 'parked', PARKED, 'Nothing is parked.'));
  changing(command.command('replay <consumer> <stream>'))
    .description('try the waiting events of a stream again, in order')
    .action(async (consumer: string, stream: string, { reason, yes }: Changing) => {
      confirmed(yes, `${consumer} would try what waits of ${stream} again.`);
      const answer = await operate(session, consumer, 'replay', { stream, reason });
      await session.show(
        answer,
        () => `${inWords(answer['replayed'])} replayed, ${inWords(answer['waiting'])} waiting\n`,
      );
    });
  changing(command.command('skip <consumer>'))
    .description('leave the effect of one waiting event out, for ever: rebuilds leave it out too')
    .requiredOption('--position <position>', 'of the event', countIn)
    .action(async (consumer: string, { position, reason, yes }: Changing & { position: number }) => {
      confirmed(yes, `${consumer} would never see the event at position ${position}.`);
      const answer = await operate(session, consumer, 'skip', { position, reason });
      await session.show(answer, () => `${inWords(answer['skipped'])} skipped; replay what waits behind it\n`);
    });
  changing(command.command('rebuild <consumer>'))
    .description('fill a view anew from the log, beside the version that is read, and switch')
    .option('--cancel', 'call off the rebuild that is under way')
    .action(async (consumer: string, { reason, yes, cancel = false }: Changing & { cancel?: boolean }) => {
      confirmed(yes, cancel ? `The rebuild of ${consumer} would be called off.` : `${consumer} would be filled anew.`);
      const answer = await operate(session, consumer, cancel ? 'rebuild/cancel' : 'rebuild', { reason });
      await session.show(answer, () => `${inWords(answer['status'])}; slipway consumers list shows how far it is\n`);
    });
};

const HELP = `
A consumer is named by its service: planning.releases. What changes something needs --reason, which is kept with who asked,
and --yes.`;

const changing = (command: Command): Command =>
  command.requiredOption('--reason <reason>', 'why; it is kept').option('--yes', 'do it: without it nothing is done');

const confirmed = (yes: boolean | undefined, would: string): void => {
  if (!yes) throw new WrongUsage(`${would} Nothing was done: say --yes to do it.`);
};

const list = async (
  session: Session,
  service: string | undefined,
  what: 'consumers' | 'parked',
  columns: readonly Column[],
  none: string,
): Promise<void> => {
  const client = session.client();
  const found = await Promise.all(
    (service ? [service] : servicesOnDisk()).map(each => itemsOf(client, each, what, !service)),
  );
  const items = found.flat();
  await session.show(items, () => (items.length === 0 ? `${none}\n` : table(columns, items.map(rounded))));
};

/** One that is not there has none, where all are asked. */
const itemsOf = async (
  client: Client,
  service: string,
  what: string,
  mayBeAbsent: boolean,
): Promise<readonly JsonObject[]> => {
  try {
    const { items } = await client.get(`/v1/operations/${encodeURIComponent(service)}/${what}`);
    return Array.isArray(items) ? (items as readonly JsonObject[]) : [];
  } catch (error) {
    if (mayBeAbsent && error instanceof Problem && error.status === 404) return [];
    throw error;
  }
};

const rounded = (item: JsonObject): JsonObject => {
  const { lagSeconds } = item;
  return typeof lagSeconds === 'number' ? { ...item, lagSeconds: Math.round(lagSeconds * 10) / 10 } : item;
};

const operate = (session: Session, consumer: string, what: string, asked: object): Promise<JsonObject> => {
  const [service = ''] = consumer.split('.');
  return session.client().post(`/v1/operations/${encodeURIComponent(service)}/${what}`, { consumer, ...asked });
};
