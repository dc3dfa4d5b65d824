import { type Command, Option } from 'commander';
import { changeInWords } from '../change-in-words.ts';
import { countIn } from '../count.ts';
import { documentIn } from '../document.ts';
import { WrongUsage } from '../failures.ts';
import { withNames } from '../names.ts';
import type { Session } from '../session.ts';
import { type Column, table } from '../table.ts';
import { commandNamed, REASON, type Said, step, type Steps, tell } from './steps.ts';

const BEGINS = 'title:, model:, content:';
const FILE = 'YAML or JSON with title, model, and release or content; - reads from standard input';

const HELP = `
With a content of its own, such as:
  title: Let the second provider in
  model: normal
  content:
    window: { start: 2026-03-03T20:00:00Z, end: 2026-03-03T22:00:00Z }
    targets: [{ service: payment, environment: production-eu }]
    configurationItems: [{ kind: firewall-rule, name: allow-provider-2 }]
  plans: { backOut: { steps: Take the rule away., minutes: 5 } }`;

/** `slipway change raise -f change.yaml`, `slipway change keep github shop/checkout#7 -f change.yaml` */
export const addChange = (program: Command, session: Session): void => {
  const command = commandNamed(program, 'change');
  const steps: Steps = { command, session, path: '/v1/changes', told: changeInWords };
  addRaise(steps);
  addInbox(steps);
  addVerdicts(steps);
  addInterruptions(steps);
  addClose(steps);
};

const addRaise = (steps: Steps): void => {
  const { command, session, path } = steps;
  command
    .command('raise')
    .description('raise a change: for a scheduled release, or with a content of its own')
    .requiredOption('-f, --file <file>', FILE)
    .addHelpText('after', HELP)
    .action(async ({ file }: { file: string }) => {
      await tell(steps, await session.client().post(path, await documentIn(file, BEGINS)));
    });
  command
    .command('keep <system> <key>')
    .description('make the change of this reference what the file says: raise it, or revise what differs')
    .requiredOption('-f, --file <file>', FILE.replace('release or content', 'content'))
    .addHelpText('after', HELP)
    .action(async (system: string, key: string, { file }: { file: string }) => {
      const kept = `${path}/by-ref/${encodeURIComponent(system)}/${encodeURIComponent(key)}`;
      await tell(steps, await session.client().put(kept, await documentIn(file, BEGINS)));
    });
};

const addVerdicts = (steps: Steps): void => {
  const verdict = (name: string, description: string): Command =>
    step(steps, name, description, { body: ({ digest, ...said }) => ({ contentDigest: digest, ...said }) })
      .requiredOption('--digest <digest>', 'of the content that you saw; refused when it has changed since')
      .option('--slot <slot>', 'needed when more than one is open');
  verdict('approve', 'approve the content that you saw').option('--comment <comment>', 'kept encrypted');
  verdict('reject', 'reject a change: what others approved is void').requiredOption('--comment <comment>', 'why');
  step(steps, 'request-approvals', 'ask for approvals again, after a rejection');
};

const addInterruptions = (steps: Steps): void => {
  step(steps, 'hold', 'put a change on hold: no deployment of it is allowed').requiredOption(...REASON);
  step(steps, 'resume', 'take a change off hold').option(...REASON);
  step(steps, 'cancel', 'cancel a change: not while a deployment of it runs, and not from review on').requiredOption(
    ...REASON,
  );
};

const CODES = ['successful', 'successful-with-issues', 'unsuccessful'];
type Close = Readonly<{ code?: string; note?: string }>;

const addClose = (steps: Steps): void => {
  const { command, session, path } = steps;
  const code = (): Option => new Option('--code <code>', 'how it went, at best what its targets allow').choices(CODES);
  const note = ['--note <note>', 'needed where the code is worse than its targets say'] as const;
  const reviewed = ({ code: closeCode, ...said }: Said): object => ({ closeCode, ...said });
  step(steps, 'review', 'say how a change went', { body: reviewed })
    .addOption(code().makeOptionMandatory())
    .option(...note);
  command
    .command('close <id>')
    .description('close a change; with --code it is reviewed first')
    .addOption(code())
    .option(...note)
    .action(async (id: string, { code: closeCode, ...said }: Close) => {
      const at = `${path}/${encodeURIComponent(id)}`;
      const client = session.client();
      if (closeCode === undefined && said.note !== undefined) throw new WrongUsage('--note goes with --code.');
      if (closeCode !== undefined) await client.post(`${at}/review`, { closeCode, ...said });
      await tell(steps, await client.post(`${at}/close`, {}));
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

const addInbox = ({ command, session, path }: Steps): void => {
  command
    .command('inbox')
    .description('changes that wait for an approval that you could give')
    .option('--limit <count>', 'how many at most', countIn, 50)
    .action(async ({ limit }: { limit: number }) => {
      const client = session.client();
      const items = await client.items(path, { awaiting: 'me' }, limit);
      await session.show(items, async () =>
        items.length === 0 ? 'Nothing waits for you.\n' : table(INBOX, await withNames(client, items)),
      );
    });
};
