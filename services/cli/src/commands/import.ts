import { type Command, Option } from 'commander';
import { stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { exitCodes, WrongUsage } from '../failures.ts';
import { importAll } from '../history/importing.ts';
import { type Beside, Journal } from '../history/journal.ts';
import type { Counts } from '../history/progress.ts';
import { readingOf, systemOf } from '../history/reading.ts';
import { type Kind, KINDS } from '../history/row.ts';
import { patiently } from '../history/sending.ts';
import { shapes } from '../history/shapes/all.ts';
import type { Session } from '../session.ts';

type Options = Readonly<{
  mapping?: string;
  from?: string;
  system?: string;
  set: Readonly<Record<string, string>>;
  rejects?: string;
  dryRun?: boolean;
  correct?: boolean;
}>;

/** `slipway import deployments deployments.csv --mapping columns.yaml` */
export const addImport = (program: Command, session: Session): void => {
  const command = program
    .command('import')
    .description('bring history in from other tools: it moves and authorizes nothing');
  for (const kind of KINDS) addKind(command, session, kind);
  command
    .command('correlate')
    .description('look again for what may have caused incidents that were imported, once deployments are there too')
    .action(() => correlate(session));
};

const addKind = (command: Command, session: Session, kind: Kind): void => {
  command
    .command(`${kind} <file>`)
    .description(`${kind} that were: a table, rows of JSON, or what a tool exports`)
    .option('--mapping <file>', 'YAML: what the columns mean, how times are written, in which zone')
    .addOption(
      new Option('--from <tool>', 'what exported it; found out when absent').choices([...Object.keys(shapes), 'rows']),
    )
    .option('--system <name>', 'which tool, and which instance of it: with the key it makes a record the same')
    .option('--set <field=value>', 'where a record says nothing; again for each field', setting, {})
    .option('--rejects <file>', 'what was not imported, row by row; beside the file when absent')
    .option('--dry-run', 'only say what would happen')
    .option('--correct', 'what was imported before and now says something else is corrected')
    .addHelpText('after', HELP)
    .action((file: string, options: Options) => importFile(session, kind, file, options));
};

const setting = (said: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const [, name, value] = /^([A-Za-z]+)=(.+)$/.exec(said) ?? [];
  if (name === undefined || value === undefined) throw new WrongUsage(`--set takes field=value, not ${said}.`);
  return { ...before, [name]: value };
};

const importFile = async (session: Session, kind: Kind, file: string, options: Options): Promise<void> => {
  const { mapping, from, set: given, dryRun = false, correct = false } = options;
  const size = await sizeOf(file);
  const reading = await readingOf({ kind, file, size, given, ...(mapping && { mapping }), ...(from && { from }) });
  const system = options.system ?? (await systemOf(reading, from));
  if (system === undefined) throw new WrongUsage('Name the tool it comes from: --system, or system in the mapping.');
  const files = besideOf(file, options.rejects);
  const journal = await Journal.open(
    file,
    files,
    { kind, system, mapping, from, given, dryRun, correct },
    randomUUID(),
  );
  const { batch, counts: before } = journal.standing;
  if (before.rows > 0) session.remark(`It goes on after row ${before.rows}.`);
  const counts = await importAll(session, { kind, reading, journal, query: { system, batch, dryRun, correct } });
  await journal.end();
  const { rejects, contradictions } = files;
  const lists = {
    ...(counts.refused > 0 && { rejects }),
    ...(counts.contradictory > 0 && { contradictions }),
  };
  await session.show({ ...counts, batch, dryRun, ...lists }, () => inWords(kind, counts, dryRun, files));
  if (counts.refused > 0) session.exit(exitCodes.failed);
};

const besideOf = (file: string, rejects = `${file}.rejects.jsonl`): Beside => ({
  standing: `${file}.import`,
  rejects,
  contradictions: `${file}.contradictions.jsonl`,
});

const sizeOf = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new WrongUsage(`${file} cannot be read: ${(error as Error).message}.`);
  }
};

const inWords = (kind: Kind, counts: Counts, dryRun: boolean, { rejects, contradictions }: Beside): string => {
  const { rows, imported, unchanged, corrected, refused, contradictory } = counts;
  const would = dryRun ? 'would be ' : '';
  const done = `${rows} rows: ${imported} ${would}imported, ${unchanged} known already, ${corrected} ${would}corrected, ${refused} ${would}refused.\n`;
  const why = refused > 0 ? `What is wrong with each stands in ${rejects}.\n` : '';
  const doubts =
    contradictory > 0
      ? `${contradictory} contradict themselves and are kept as they are said: ${contradictions} names them.\n`
      : '';
  const next = kind === 'changes' || dryRun || imported + corrected === 0 ? '' : CORRELATE;
  return done + why + doubts + next;
};

const CORRELATE = 'When deployments and incidents are both in: slipway import correlate\n';

type Correlated = Readonly<{ looked: number; proposed: number; next?: string }>;

const correlate = async (session: Session): Promise<void> => {
  let [looked, proposed] = [0, 0];
  for (let after: string | undefined = ''; after !== undefined;) {
    const asked: object = after === '' ? {} : { after };
    const answer = (await patiently(() =>
      session.client().post('/v1/incidents/correlate-imported', asked),
    )) as unknown as Correlated;
    looked += answer.looked;
    proposed += answer.proposed;
    after = answer.next;
  }
  await session.show(
    { looked, proposed },
    () => `${looked} incidents: ${proposed} have other candidates than before.\n`,
  );
};

const HELP = `
A second run changes nothing, and one that was killed goes on where it was: FILE.import says how far it came.

A mapping says for each field of a row its column, or a value for all:
  system: jenkins
  timeZone: Europe/Berlin            # of times that say none; without it such a time is refused
  format: dd.MM.yyyy HH:mm           # ISO 8601 when absent; epoch-seconds, epoch-milliseconds
  fields:
    key: Build
    service: Application
    environment: { value: production }
    startedAt: { column: Start, timeZone: UTC }
    outcome: { column: Result, words: { OK: succeeded, KO: failed } }`;
