import type { Command } from 'commander';
import { stringify } from 'yaml';
import type { JsonObject, Query } from '../client.ts';
import { countIn } from '../count.ts';
import { type Kind, KINDS } from '../kinds.ts';
import { withNames } from '../names.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';
import { addRecordSteps } from './record-steps.ts';

/** `slipway release show REL-1`, `slipway incident list --state Detected`, and what every record has. */
export const addRecords = (program: Command, session: Session): void => {
  for (const kind of KINDS) {
    const { name, meaning, path } = kind;
    const command = program.command(name).description(meaning).commandsGroup('Look and describe:');
    addShow(command, session, kind);
    addList(command, session, kind);
    addRecordSteps({ command, session, path });
    command.commandsGroup('Steps:');
  }
};

const addShow = (command: Command, session: Session, { name, path }: Kind): void => {
  command
    .command('show <id>')
    .description(`all of one ${name}`)
    .action(async (id: string) => {
      const client = session.client();
      const record = await client.get(`${path}/${encodeURIComponent(id)}`);
      await session.show(record, async () => stringify(await withNames(client, record), { lineWidth: 0 }));
    });
};

const addList = (command: Command, session: Session, kind: Kind): void => {
  const list = command
    .command('list')
    .description(`the ${kind.name}s that match every filter`)
    .option('--state <state>', 'as lists show it')
    .option('--q <words>', 'in the title or the number')
    .option('--label <label>', 'that it carries')
    .option('--ref <key>', 'of another system, such as a Jira key');
  for (const [flags, meaning] of kind.filters) list.option(flags, meaning);
  list
    .option('--limit <count>', 'how many at most', countIn, 50)
    .action(async ({ limit, ...filters }: Query & { limit: number }) => {
      const client = session.client();
      const items = await client.items(kind.path, filters, limit);
      await session.show(items, async () => inRows(kind, await withNames(client, items)));
    });
};

const inRows = ({ name, columns }: Kind, items: readonly JsonObject[]): string => {
  if (items.length === 0) return `No ${name} matches.\n`;
  return table(columns, items);
};
