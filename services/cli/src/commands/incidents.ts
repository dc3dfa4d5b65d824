import { type Command, Option } from 'commander';
import { countIn } from '../count.ts';
import { withNames } from '../names.ts';
import type { Session } from '../session.ts';
import { type Column, table } from '../table.ts';
import { AT, commandNamed, NOTE, REASON, step, type Steps, tell, withDue } from './steps.ts';
import { addTaskList, tellingTasks } from './task-list.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const KINDS = ['deployment', 'change', 'external', 'not-change-related', 'unknown'];
const ROLES = [
  'on-call',
  'coordinator',
  'communicator',
  'scribe',
  'subject-expert',
  'service-owner',
  'management',
] as const;

/** `slipway incident open …`, `slipway incident acknowledge INC-7` */
export const addIncidentSteps = (program: Command, session: Session): void => {
  const steps: Steps = { command: commandNamed(program, 'incident'), session, path: '/v1/incidents' };
  addOpen(steps);
  addCourse(steps);
  addJudgement(steps);
  addCauses(steps);
  addWarRoom(steps);
  addTimeline(steps);
};

const addOpen = (steps: Steps): void => {
  const { command, session, path } = steps;
  command
    .command('open')
    .description('open one that a person found')
    .requiredOption('--title <title>', 'published as it is: it names nobody')
    .addOption(new Option('--severity <severity>').choices(SEVERITIES).makeOptionMandatory())
    .requiredOption('--service <service...>', 'what is affected: names or ids')
    .option('--environment <environment>', 'a name or an id')
    .option('--major', 'a major incident')
    .option('--impact-since <instant>', 'RFC 3339; now when absent')
    .option('--description <text>', 'kept encrypted')
    .action(async ({ service, impactSince, ...said }: Record<string, unknown>) => {
      const asked = { ...said, services: service, impactStartedAt: impactSince };
      await tell(steps, await session.client().post(path, asked));
    });
};

const addCourse = (steps: Steps): void => {
  step(steps, 'acknowledge', 'take care of it').option(...AT);
  step(steps, 'mitigate', 'say that service is restored; its cause may be there still')
    .option('--deployment <deployment>', 'that restored it: an id or a number')
    .option(...NOTE)
    .option(...AT);
  step(steps, 'resolve', 'say that the fault is gone')
    .option(...NOTE)
    .option(...AT);
  step(steps, 'reopen', 'say that it is not over: its impact begins again')
    .requiredOption(...REASON)
    .option(...AT);
  step(steps, 'close', 'close it: it is resolved, and no alert fires').option(...AT);
  step(steps, 'cancel', 'say that it is none: a duplicate, or a false alarm')
    .addOption(new Option('--cause <cause>').choices(['duplicate', 'false-alarm']).makeOptionMandatory())
    .option('--duplicate-of <incident>', 'an id or a number')
    .option(...NOTE);
  step(steps, 'merge', 'say that it repeats another one, which goes on with all it had')
    .requiredOption('--into <incident>', 'the one that goes on: an id or a number')
    .option(...REASON);
};

const addJudgement = (steps: Steps): void => {
  step(steps, 'classify', 'say how severe it is')
    .addOption(new Option('--severity <severity>').choices(SEVERITIES).makeOptionMandatory())
    .requiredOption(...REASON)
    .option(...AT);
  step(steps, 'declare-major', 'say that it is a major incident')
    .requiredOption(...REASON)
    .option(...AT);
  step(steps, 'lift-major', 'say that it is no major incident any more')
    .requiredOption(...REASON)
    .option(...AT);
  step(steps, 'correct-impact-start', 'say that users were hit earlier or later than was thought', {
    body: ({ since, ...said }) => ({ ...said, impactStartedAt: since }),
  })
    .requiredOption('--since <instant>', 'when it began, RFC 3339')
    .requiredOption(...REASON);
};

const addCauses = (steps: Steps): void => {
  step(steps, 'confirm-cause', 'say what caused it', {
    body: ({ secondary, ...said }) => ({ ...said, ...(secondary === true && { primary: false }) }),
  })
    .addOption(new Option('--kind <kind>').choices(KINDS).makeOptionMandatory())
    .option('--deployment <deployment>', 'an id or a number')
    .option('--change <change>', 'an id or a number')
    .option('--secondary', 'another one stays the primary cause')
    .option(...NOTE);
  step(steps, 'reject-candidate', 'say which deployment did not cause it')
    .requiredOption('--deployment <deployment>', 'an id or a number')
    .option(...NOTE);
};

const addWarRoom = (steps: Steps): void => {
  step(steps, 'assign-role', 'give somebody a role in the war room')
    .addOption(new Option('--role <role>').choices(ROLES).makeOptionMandatory())
    .requiredOption('--person <who>', 'an address or an account');
  step(steps, 'escalate', 'call the next one').requiredOption(...REASON);
  const tasks = tellingTasks(steps, 'tasks');
  addTaskList(steps, 'tasks');
  step(tasks, 'add-task', 'add something to do', { body: withDue })
    .requiredOption('--title <title>', 'published as it is: it names nobody')
    .option('--owner <who>', 'an address or an account')
    .option('--due <instant>', 'RFC 3339');
  step(tasks, 'complete-task <task>', 'say that it is done; it is named by its id').option(...NOTE);
};

const CANDIDATES: readonly Column[] = [
  ['score', 'score'],
  ['deployment', 'deploymentId'],
  ['change', 'changeId'],
  ['verdict', 'verdict'],
  ['why', 'reasons'],
];
const LINES: readonly Column[] = [
  ['happened', 'occurredAt'],
  ['who', 'onBehalfOf', 'actor'],
  ['what', 'event.type'],
  ['record', 'record.category'],
];

const addTimeline = ({ command, session, path }: Steps): void => {
  command
    .command('candidates <id>')
    .description('what may have caused it, the likeliest first')
    .action(async (id: string) => {
      const answer = await session.client().get(`${path}/${encodeURIComponent(id)}/candidates`);
      const candidates = answer['candidates'] as readonly { reasons: readonly { detail: string }[] }[];
      const rows = candidates.map(each => ({ ...each, reasons: each.reasons.map(({ detail }) => detail) }));
      await session.show(answer, () => (rows.length === 0 ? 'Nothing that is known.\n' : table(CANDIDATES, rows)));
    });
  command
    .command('timeline <id>')
    .description('all that happened around it, roll-outs in reach among it')
    .option('--limit <count>', 'how many at most', countIn, 1_000)
    .action(async (id: string, { limit }: { limit: number }) => {
      const client = session.client();
      const items = await client.items(`${path}/${encodeURIComponent(id)}/timeline`, {}, limit);
      await session.show(items, async () => table(LINES, await withNames(client, items)));
    });
};
