import { type Command, Option } from 'commander';
import { changeInWords } from '../change-in-words.ts';
import type { JsonObject } from '../client.ts';
import { countIn } from '../count.ts';
import { documentIn } from '../document.ts';
import { withNames } from '../names.ts';
import type { Session } from '../session.ts';
import { type Column, table } from '../table.ts';

const CHANGES = '/v1/changes';
const BEGINS = 'title:, model:, content:';
const FILE = 'YAML or JSON with title, model, and release or content; - reads from standard input';

/** The command that shows and lists changes: what is done with them stands beside. */
export const changeCommand = (program: Command): Command =>
  program.commands.find(command => command.name() === 'change') ?? program.command('change');

export const changePath = (id: string, action = ''): string =>
  `${CHANGES}/${encodeURIComponent(id)}${action && `/${action}`}`;

/** Shows a change as a command left it. */
export const tellChange = (session: Session, change: JsonObject): Promise<void> =>
  session.show(change, () => changeInWords(change, session.paint));

/** `slipway change raise -f change.yaml`, `slipway change keep github shop/checkout#7 -f change.yaml` */
export const addChange = (program: Command, session: Session): void => {
  const command = changeCommand(program);
  addRaise(command, session);
  addVerdicts(command, session);
  addInterruptions(command, session);
  addClose(command, session);
  addInbox(command, session);
};

const addRaise = (command: Command, session: Session): void => {
  command
    .command('raise')
    .description('raise a change: for a scheduled release, or with a content of its own')
    .requiredOption('-f, --file <file>', FILE)
    .action(async ({ file }: { file: string }) => {
      await tellChange(session, await session.client().post(CHANGES, await documentIn(file, BEGINS)));
    });
  command
    .command('keep <system> <key>')
    .description('make the change of this reference what the file says: raise it, or revise what differs')
    .requiredOption('-f, --file <file>', FILE.replace('release or content', 'content'))
    .action(async (system: string, key: string, { file }: { file: string }) => {
      const path = `${CHANGES}/by-ref/${encodeURIComponent(system)}/${encodeURIComponent(key)}`;
      await tellChange(session, await session.client().put(path, await documentIn(file, BEGINS)));
    });
};

type Verdict = Readonly<{ digest: string; slot?: string; comment?: string }>;

const addVerdicts = (command: Command, session: Session): void => {
  const give = async (id: string, action: string, { digest: contentDigest, ...said }: Verdict): Promise<void> =>
    tellChange(session, await session.client().post(changePath(id, action), { contentDigest, ...said }));
  const verdict = (name: string): Command =>
    command
      .command(`${name} <id>`)
      .requiredOption('--digest <digest>', 'of the content that you saw; refused when it has changed since')
      .option('--slot <slot>', 'needed when more than one is open');
  verdict('approve')
    .description('approve the content that you saw')
    .option('--comment <comment>')
    .action((id: string, said: Verdict) => give(id, 'approve', said));
  verdict('reject')
    .description('reject a change: what others approved is void')
    .requiredOption('--comment <comment>', 'why')
    .action((id: string, said: Verdict) => give(id, 'reject', said));
};

const addInterruptions = (command: Command, session: Session): void => {
  const act = async (id: string, action: string, said: { reason?: string }): Promise<void> =>
    tellChange(session, await session.client().post(changePath(id, action), said));
  command
    .command('hold <id>')
    .description('put a change on hold: no deployment of it is allowed')
    .requiredOption('--reason <reason>', 'why')
    .action((id: string, said: { reason: string }) => act(id, 'hold', said));
  command
    .command('resume <id>')
    .description('take a change off hold')
    .option('--reason <reason>', 'why')
    .action((id: string, said: { reason?: string }) => act(id, 'resume', said));
  command
    .command('cancel <id>')
    .description('cancel a change: not while a deployment of it runs, and not from review on')
    .requiredOption('--reason <reason>', 'why')
    .action((id: string, said: { reason: string }) => act(id, 'cancel', said));
};

const CODES = ['successful', 'successful-with-issues', 'unsuccessful'];
type Close = Readonly<{ code?: string; note?: string }>;

const addClose = (command: Command, session: Session): void => {
  command
    .command('close <id>')
    .description('close a change; with --code it is reviewed first')
    .addOption(new Option('--code <code>', 'how it went, at best what its targets allow').choices(CODES))
    .option('--note <note>', 'needed where the code is worse than its targets say')
    .action(async (id: string, { code, note }: Close) => {
      const client = session.client();
      if (code !== undefined)
        await client.post(changePath(id, 'review'), { closeCode: code, ...(note !== undefined && { note }) });
      await tellChange(session, await client.post(changePath(id, 'close'), {}));
    });
};

const INBOX: readonly Column[] = [
  ['number', 'number', 'id'],
  ['title', 'title'],
  ['model', 'model'],
  ['risk', 'riskLevel'],
  ['window', 'window'],
  ['services', 'services'],
  ['requested by', 'requester'],
  ['content', 'contentDigest'],
];

const addInbox = (command: Command, session: Session): void => {
  command
    .command('inbox')
    .description('changes that wait for an approval that you could give')
    .option('--limit <count>', 'how many at most', countIn, 50)
    .action(async ({ limit }: { limit: number }) => {
      const client = session.client();
      const items = await client.items(CHANGES, { awaiting: 'me' }, limit);
      await session.show(items, async () =>
        items.length === 0 ? 'Nothing waits for you.\n' : table(INBOX, await withNames(client, items)),
      );
    });
};
