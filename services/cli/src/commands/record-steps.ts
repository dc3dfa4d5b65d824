import type { Command } from 'commander';
import { countIn } from '../count.ts';
import { WrongUsage } from '../failures.ts';
import { withNames } from '../names.ts';
import { type Reference, referenceIn } from '../reference.ts';
import { type Column, table } from '../table.ts';
import { step, type Steps, tell, withUrl } from './steps.ts';

/** What every record has: details, comments, files, and the page of what happened to it. */
export const addRecordSteps = (steps: Steps): void => {
  addEvents(steps);
  addDescribe(steps);
  step(steps, 'comment <text>', 'say something about it; kept encrypted');
  step(steps, 'link-file', 'link a file that is kept elsewhere, by the digest of what is meant', { body: withUrl })
    .requiredOption('--name <name>', 'published as it is: it names nobody')
    .requiredOption('--href <url>', 'where it is; kept encrypted')
    .requiredOption('--digest <digest>', 'sha256:… of its bytes')
    .option('--media-type <type>', 'such as application/pdf');
};

type Details = Readonly<{
  title?: string;
  owner?: string;
  description?: string | false;
  label?: readonly string[] | false;
  ref?: readonly Reference[] | false;
}>;

const addDescribe = (steps: Steps): void => {
  const { command, session, path } = steps;
  details(
    command.command('describe <id>').description('change title, owner, description, labels or references'),
  ).action(async (id: string, { description, label, ref, ...said }: Details) => {
    const body = {
      ...said,
      ...(description !== undefined && { description: description === false ? null : description }),
      ...(label !== undefined && { labels: label === false ? [] : label }),
      ...(ref !== undefined && { externalRefs: ref === false ? [] : ref }),
    };
    if (Object.keys(body).length === 0) throw new WrongUsage('Say what is to change: --title, --owner, --label …');
    await tell(steps, await session.client().patch(`${path}/${encodeURIComponent(id)}`, body));
  });
};

const details = (command: Command): Command =>
  command
    .option('--title <title>', 'published as it is: it names nobody')
    .option('--owner <who>', 'an address or an account')
    .option('--description <text>', 'kept encrypted')
    .option('--no-description', 'takes it away')
    .option('--label <label...>', 'words to find it by, in place of those before')
    .option('--no-label', 'takes all away')
    .option('--ref <system:key...>', 'what it is called elsewhere, such as jira:SHOP-300', referenceIn)
    .option('--no-ref', 'takes all away');

const EVENTS: readonly Column[] = [
  ['version', 'version'],
  ['happened', 'occurredAt'],
  ['who', 'onBehalfOf', 'actor'],
  ['what', 'type'],
];

const addEvents = ({ command, session, path }: Steps): void => {
  command
    .command('events <id>')
    .description('what happened to it, in order, and who did it; `slipway trail` tells causes and consequences too')
    .option('--limit <count>', 'how many at most', countIn, 1_000)
    .action(async (id: string, { limit }: { limit: number }) => {
      const client = session.client();
      const items = await client.items(`${path}/${encodeURIComponent(id)}/events`, {}, limit);
      await session.show(items, async () => table(EVENTS, await withNames(client, items)));
    });
};
