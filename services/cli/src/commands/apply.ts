import type { Command } from 'commander';
import { documentIn } from '../catalog-files.ts';
import { textOf } from '../document.ts';
import type { JsonObject } from '../client.ts';
import { type ImportedRecord, inDifference } from '../difference.ts';
import { exitCodes, WrongUsage } from '../failures.ts';
import type { Session } from '../session.ts';

type Options = Readonly<{ file: string; dryRun?: boolean; prune?: boolean; reason?: string }>;

/** `slipway apply -f catalog.yaml`, `slipway apply -f catalog/ --prune --reason "moved to the new platform"` */
export const addApply = (program: Command, session: Session): void => {
  program
    .command('apply')
    .description(
      'bring the catalog to what files say: services, environments, applications, teams, people, role grants',
    )
    .requiredOption('-f, --file <file>', 'a YAML or JSON file, or a folder of them; - reads from standard input')
    .option('--dry-run', 'only show what would happen')
    .option('--prune', 'retire what the lists in the files leave out; a list that is not there retires nothing')
    .option('--reason <reason>', 'of --prune: why; it is kept')
    .addHelpText('after', HELP)
    .action(async ({ file, dryRun = false, prune = false, reason }: Options) => {
      if (file.endsWith('.csv')) return people(session, file, dryRun, prune);
      if (reason !== undefined && !prune)
        throw new WrongUsage('--reason says why something is retired: give --prune too.');
      const { document, remarks } = await documentIn(file);
      for (const remark of remarks) session.remark(remark);
      const asked = { ...document, ...(reason !== undefined && { reason }) };
      const answer = await session.client().post('/v1/catalog/import', asked, { dryRun, ...(prune && { prune }) });
      await tell(session, answer, dryRun);
      for (const cycle of cyclesIn(answer)) session.remark(`These depend on each other in a circle: ${cycle}`);
    });
};

/** A CSV is a list of people. */
const people = async (session: Session, file: string, dryRun: boolean, prune: boolean): Promise<void> => {
  if (prune) throw new WrongUsage('People are never retired: give them a last day, leavesOn.');
  await tell(
    session,
    await session.client().post('/v1/people/import', { csv: await textOf(file) }, { dryRun }),
    dryRun,
  );
};

const tell = async (session: Session, answer: JsonObject, dryRun: boolean): Promise<void> => {
  const records = answer['records'] as unknown as readonly ImportedRecord[];
  await session.show(answer, () => inDifference(records, dryRun, session));
  if (records.some(({ outcome }) => outcome === 'refused')) session.exit(exitCodes.failed);
};

const HELP = `
Such as:
  services: [{ name: basket, title: The basket, ownerTeam: web, criticality: high }]
  environments: [{ name: live, title: Live, tier: production, region: eu-central-1, timeZone: Europe/Berlin }]
  people: [{ name: Rita Reyes, email: rita@example.org }]
  roleGrants: [{ person: rita@example.org, role: release-manager, services: [basket] }]

There are teams, applications and serviceAccounts, too; slipway export prints all that there is.

A file.csv is a list of people: name, email, accounts (blanks between), kind (person, service-account), leavesOn.

Of a folder every .yaml, .yml and .json file in it and below it is read, and all of them are one document. Entities of a
Backstage catalog-info.yaml are understood: Component and Resource become services, System an application, Group a team, User
a person. Other kinds are left out, which is said.`;

const cyclesIn = ({ cycles }: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(cycles)
    ? (cycles as readonly (readonly string[])[]).map(cycle => [...cycle, ...cycle.slice(0, 1)].join(' -> '))
    : [];
