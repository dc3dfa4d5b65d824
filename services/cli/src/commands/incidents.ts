import { type Command, Option } from 'commander';
import type { JsonObject } from '../client.ts';
import type { Session } from '../session.ts';
import { inWords } from '../table.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const KINDS = ['deployment', 'change', 'external', 'not-change-related', 'unknown'];

/** What a step takes, in the words of the API; `at` is when it happened. */
type Said = Readonly<{ at?: string; secondary?: boolean } & Record<string, unknown>>;

/** `slipway incident open …`, `slipway incident acknowledge INC-7` */
export const addIncidentSteps = (program: Command, session: Session): void => {
  const incident = program.commands.find(each => each.name() === 'incident');
  if (!incident) throw new Error('there are no incidents to step through');
  addOpen(incident, session);
  step(incident, session, 'acknowledge', 'somebody takes care of it').option(...AT);
  step(incident, session, 'mitigate', 'service is restored')
    .option('--deployment <deployment>', 'that restored it: an id or a number')
    .option(...NOTE)
    .option(...AT);
  step(incident, session, 'resolve', 'the fault is gone')
    .option(...NOTE)
    .option(...AT);
  step(incident, session, 'reopen', 'it is not over: its impact begins again')
    .requiredOption('--reason <reason>')
    .option(...AT);
  step(incident, session, 'merge', 'it repeats another one, which goes on with all it had')
    .requiredOption('--into <incident>', 'the one that goes on: an id or a number')
    .option('--reason <reason>');
  step(incident, session, 'confirm-cause', 'a person says what caused it')
    .addOption(new Option('--kind <kind>').choices(KINDS).makeOptionMandatory())
    .option('--deployment <deployment>', 'an id or a number')
    .option('--change <change>', 'an id or a number')
    .option('--secondary', 'another one stays the primary cause')
    .option(...NOTE);
};

const AT = ['--at <instant>', 'when it happened, RFC 3339; now when absent'] as const;
const NOTE = ['--note <note>', 'kept encrypted'] as const;

const addOpen = (incident: Command, session: Session): void => {
  incident
    .command('open')
    .description('an incident that a person found')
    .requiredOption('--title <title>', 'published as it is: it names nobody')
    .addOption(new Option('--severity <severity>').choices(SEVERITIES).makeOptionMandatory())
    .requiredOption('--service <service...>', 'what is affected: names or ids')
    .option('--environment <environment>', 'a name or an id')
    .option('--major', 'a major incident')
    .option('--impact-since <instant>', 'RFC 3339; now when absent')
    .option('--description <text>', 'kept encrypted')
    .action(async ({ service, impactSince, ...said }: Record<string, unknown>) => {
      const asked = { ...said, services: service, impactStartedAt: impactSince };
      await tell(session, await session.client().post('/v1/incidents', asked));
    });
};

const step = (incident: Command, session: Session, action: string, meaning: string): Command =>
  incident
    .command(`${action} <id>`)
    .description(`${meaning}; the incident by its id or number`)
    .action(async (id: string, { at, secondary, ...said }: Said) => {
      const asked = { ...said, occurredAt: at, ...(secondary && { primary: false }) };
      const path = `/v1/incidents/${encodeURIComponent(id)}/${action}`;
      await tell(session, await session.client().post(path, asked));
    });

const tell = (session: Session, record: JsonObject): Promise<void> =>
  session.show(record, () => {
    const { number, id, state, title } = record;
    return `${inWords(number ?? id)} ${inWords(state)}: ${inWords(title)}\n`;
  });
