import { type Command, Option } from 'commander';
import type { Client, Json, JsonObject } from '../client.ts';
import { exitCodes, WrongUsage } from '../failures.ts';
import type { Session } from '../session.ts';
import { type Column, inWords, table } from '../table.ts';
import { targetIn, type Target } from '../target.ts';
import { textOf, valueIn } from '../document.ts';

const CLASSES = ['major', 'minor', 'patch', 'emergency', 'hotfix'];
const MODELS = ['standard', 'normal', 'emergency'];

const SCOPE: readonly Column[] = [
  ['item', 'key'],
  ['outcome', 'outcome'],
  ['why', 'code'],
];
const MOVED: readonly Column[] = [
  ['release', 'release'],
  ['outcome', 'outcome'],
  ['state', 'state'],
  ['window', 'window'],
  ['why', 'code'],
];
const BLOCKERS: readonly Column[] = [
  ['why', 'code'],
  ['detail', 'detail'],
];

/** The steps of a release, from the draft to the end, beside `slipway release list` and `show`. */
export const addReleases = (program: Command, session: Session): void => {
  const command = program.commands.find(each => each.name() === 'release') ?? program.command('release');
  command.description('show one release, list them, or take one from the draft to the end');
  addDrafting(command, session);
  addPlanning(command, session);
  addMoves(command, session);
  addReading(command, session);
};

type Drafting = Readonly<{ class: string; model?: string; owner?: string; description?: string; copyOf?: string }>;

const addDrafting = (command: Command, session: Session): void => {
  command
    .command('draft <title>')
    .description('draft a release; --copy-of takes over what an earlier one was planned like')
    .addOption(new Option('--class <class>', 'minor when absent').choices(CLASSES))
    .addOption(new Option('--model <model>', 'of its change: normal when absent').choices(MODELS))
    .option('--owner <who>', 'an address or an account; who asks when absent')
    .option('--description <words>')
    .option('--copy-of <release>', 'an id or a number')
    .action(async (title: string, { class: size, model, owner, description, copyOf }: Drafting) => {
      const body = { title, changeModel: model, owner, description };
      const path = copyOf === undefined ? '/v1/releases' : pathOf(copyOf, 'copy');
      const wanted = copyOf === undefined ? (size ?? 'minor') : size;
      await told(session, path, { ...body, class: wanted });
    });
  command
    .command('attach <release>')
    .description('attach the artifact of a service')
    .requiredOption('--service <service>', 'a name or an id')
    .requiredOption('--artifact-version <version>')
    .requiredOption('--purl <purl>', 'its package URL')
    .requiredOption('--digest <digest>', 'sha256:…')
    .requiredOption('--repository <repository>', 'owner/name, or a URL')
    .option('--built-by <who>', 'an address or an account')
    .option('--commits <file>', 'YAML or JSON: a list of sha, author and committedAt')
    .action(async (release: string, { artifactVersion, commits, ...artifact }: JsonObject & { commits?: string }) => {
      const listed = commits === undefined ? {} : { commits: await listIn(commits) };
      await told(session, pathOf(release, 'attach-artifact'), { ...artifact, version: artifactVersion, ...listed });
    });
};

type Scope = Readonly<{ file?: string; remove?: readonly string[] }>;

const addPlanning = (command: Command, session: Session): void => {
  command
    .command('scope <release>')
    .description('state scope items, by key or external reference, and take some out')
    .option('-f, --file <file>', 'YAML or JSON: a list of key, kind, title …; - reads from standard input')
    .option('--remove <key...>', 'keys of items that leave')
    .action(async (release: string, { file, remove }: Scope) => {
      if (file === undefined && remove === undefined) throw new WrongUsage('Give it --file, --remove, or both.');
      const items = file === undefined ? undefined : await listIn(file);
      const answer = await session.client().post(pathOf(release, 'change-scope'), { items, remove });
      await tellRows(session, answer, SCOPE);
    });
  command
    .command('plan <release>')
    .description('plan rollback, milestones, phases, manager and RACI out of a file')
    .requiredOption('-f, --file <file>', 'YAML or JSON: rollbackPlan, milestones, phases, manager, raci')
    .action(async (release: string, { file }: { file: string }) => {
      const steps = stepsIn(valueIn(await textOf(file), file), file);
      const client = session.client();
      let answer: JsonObject = {};
      for (const [step, body] of steps) answer = await client.post(pathOf(release, step), body);
      await session.show(answer, () => standing(answer));
    });
  scheduling(command.command('schedule <release>'))
    .description('give it a window and targets; --train lets it board a departure, the next one by default')
    .option('--train <train>', 'an id or a number')
    .option('--departure <instant>', 'of the train')
    .action(async (release: string, { train, departure, ...options }: Scheduling) => {
      if (train !== undefined) await session.client().post(pathOf(release, 'board-train'), { train, departure });
      await told(session, pathOf(release, 'schedule'), scheduleOf(options));
    });
  scheduling(command.command('reschedule <release>'))
    .description('move the window, the targets or both')
    .action(async (release: string, options: Scheduling) =>
      told(session, pathOf(release, 'reschedule'), scheduleOf(options)),
    );
};

type Scheduling = Readonly<{
  start?: string;
  end?: string;
  target?: readonly Target[];
  train?: string;
  departure?: string;
}>;

const scheduling = (command: Command): Command =>
  command
    .option('--start <instant>', 'of the window, RFC 3339')
    .option('--end <instant>', 'of the window')
    .option('--target <target...>', 'service@environment, or service@environment:wave', targetIn);

const scheduleOf = ({ start, end, target }: Scheduling): object => {
  if ((start === undefined) !== (end === undefined)) throw new WrongUsage('A window has a --start and an --end.');
  return { ...(start !== undefined && { window: { start, end } }), targets: target };
};

/** The commands that a plan's file comes to, in order. */
const stepsIn = (plan: unknown, file: string): readonly (readonly [step: string, body: object])[] => {
  if (!isObject(plan)) throw new WrongUsage(`${file} holds no plan: rollbackPlan:, milestones:, phases: …`);
  const unknown = Object.keys(plan).find(key => !PLAN.includes(key));
  if (unknown !== undefined) throw new WrongUsage(`${file} says ${unknown}, which no plan has: ${PLAN.join(', ')}.`);
  const { rollbackPlan, milestones, phases, manager, raci } = plan;
  return [
    ...(isObject(rollbackPlan) ? [['register-rollback-plan', rollbackPlan] as const] : []),
    ...objectsIn(milestones).map(milestone => ['plan-milestone', milestone] as const),
    ...objectsIn(phases).map(phase => ['plan-phase', phase] as const),
    ...(manager === undefined ? [] : [['name-manager', { manager }] as const]),
    ...(isObject(raci) ? [['state-raci', raci] as const] : []),
  ];
};

const PLAN: readonly string[] = ['rollbackPlan', 'milestones', 'phases', 'manager', 'raci'];

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectsIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

const listIn = async (file: string): Promise<readonly Json[]> => {
  const value = valueIn(await textOf(file), file);
  if (Array.isArray(value)) return value as readonly Json[];
  throw new WrongUsage(`${file} holds no list.`);
};

const addMoves = (command: Command, session: Session): void => {
  const bulk = (move: 'hold' | 'resume' | 'cancel', description: string): Command =>
    command
      .command(`${move} <release...>`)
      .description(description)
      .action(async (releases: readonly string[], { reason }: { reason?: string }) => {
        const answer = await session.client().post('/v1/releases/bulk', { move, releases, reason });
        await tellRows(session, answer, MOVED);
      });
  bulk('hold', 'put releases on hold: no go, and no deployment of them').requiredOption('--reason <reason>');
  bulk('resume', 'take releases off hold');
  bulk('cancel', 'cancel releases of which nothing was started in production').requiredOption('--reason <reason>');
  const single = (name: string, step: string, description: string): Command =>
    command
      .command(`${name} <release>`)
      .description(description)
      .action(async (release: string, { reason }: { reason?: string }) =>
        told(session, pathOf(release, step), { reason }),
      );
  single('ready', 'go', 'give the go: a person, for a release whose changes are authorized');
  single('withdraw', 'withdraw', 'withdraw it after a production start').requiredOption('--reason <reason>');
  single('end-support', 'end-early-life-support', 'end early life support');
  single('reopen', 'reopen-planning', 'plan it anew, when nothing is left live').requiredOption('--reason <reason>');
  single('close', 'close', 'close it after its review, as what is live says');
};

const addReading = (command: Command, session: Session): void => {
  command
    .command('blockers <release>')
    .description('what keeps it from being deployed')
    .action(async (release: string) => {
      const { items } = await session.client().get(pathOf(release, 'blockers'));
      const blockers = Array.isArray(items) ? (items as readonly JsonObject[]) : [];
      await session.show(blockers, () =>
        blockers.length === 0 ? 'Nothing that planning knows of.\n' : table(BLOCKERS, blockers),
      );
    });
  command
    .command('notes <release>')
    .description('release notes, drafted from scope and commits: Markdown, or --json')
    .action(async (release: string) => {
      const path = pathOf(release, 'notes');
      const client: Client = session.client();
      if (!session.isForMachines) return session.print(await client.text(`${path}?format=markdown`, 'text/markdown'));
      return session.show(await client.get(path), () => '');
    });
};

const pathOf = (release: string, step: string): string => `/v1/releases/${encodeURIComponent(release)}/${step}`;

const told = async (session: Session, path: string, body: object): Promise<void> => {
  const answer = await session.client().post(path, body);
  await session.show(answer, () => standing(answer));
};

/** `REL-1 Planned, on hold; 2026-03-03T20:00:00Z to 2026-03-03T22:00:00Z` */
const standing = ({ number, state, held, window, outcome }: JsonObject): string => {
  const how = [inWords(state), ...(outcome ? [inWords(outcome)] : []), ...(held ? ['on hold'] : [])].join(', ');
  return `${inWords(number)} ${how}${window ? `; ${inWords(window)}` : ''}\n`;
};

/** A row for each result; one that was refused makes the whole a failure. */
const tellRows = async (session: Session, answer: JsonObject, columns: readonly Column[]): Promise<void> => {
  const { results } = answer;
  const rows = Array.isArray(results) ? (results as readonly JsonObject[]) : [];
  await session.show(answer, () => table(columns, rows));
  if (rows.some(({ outcome }) => outcome === 'refused')) session.exit(exitCodes.failed);
};
