import type { Command } from 'commander';
import { stringify } from 'yaml';
import type { JsonObject } from '../client.ts';
import { countIn } from '../count.ts';
import { withNames } from '../names.ts';
import type { Session } from '../session.ts';
import { type Column, table } from '../table.ts';

type Kind = Readonly<{
  name: string;
  path: string;
  columns: readonly Column[];
  /** Filters beyond those that every list has. */
  filters: readonly string[];
  /** The same, where it is something else than a record: flags and what they mean. */
  words?: readonly (readonly [flags: string, meaning: string])[];
}>;

const NUMBER: Column = ['number', 'number', 'id'];
const STATE: Column = ['state', 'state'];
const WINDOW: Column = ['window', 'window'];
const SERVICES: Column = ['services', 'services', 'serviceIds'];
const ENVIRONMENTS: Column = ['environments', 'environments', 'environmentId'];

const EVERY_RECORD = [
  ['--label <label>', 'that it carries'],
  ['--ref <key>', 'of another system, such as a Jira key'],
] as const;

const KINDS: readonly Kind[] = [
  {
    name: 'release',
    path: '/v1/releases',
    columns: [NUMBER, ['title', 'title'], STATE, ['held', 'held'], WINDOW, SERVICES, ENVIRONMENTS],
    filters: [],
  },
  {
    name: 'change',
    path: '/v1/changes',
    columns: [
      NUMBER,
      ['title', 'title'],
      ['model', 'model'],
      STATE,
      ['risk', 'riskLevel'],
      WINDOW,
      ['closed', 'closeCode'],
    ],
    filters: ['release'],
  },
  {
    name: 'deployment',
    path: '/v1/deployments',
    columns: [
      NUMBER,
      ['service', 'serviceId'],
      ['environment', 'environmentId'],
      ['kind', 'kind'],
      STATE,
      ['version', 'artifactVersion'],
      ['requested', 'requestedAt'],
      ['unauthorized', 'unauthorized'],
    ],
    filters: ['release', 'change'],
  },
  {
    name: 'incident',
    path: '/v1/incidents',
    columns: [
      NUMBER,
      ['title', 'title'],
      ['severity', 'severity'],
      STATE,
      SERVICES,
      ENVIRONMENTS,
      ['impact since', 'impactStartedAt'],
      ['mitigated', 'mitigatedAt'],
    ],
    filters: [],
    words: [
      ['--severity <severity>', 'critical, high, medium or low'],
      ['--major', 'major incidents only'],
      ['--team <team>', 'that owns an affected service'],
      ...EVERY_RECORD,
    ],
  },
  {
    name: 'problem',
    path: '/v1/problems',
    columns: [
      NUMBER,
      ['title', 'title'],
      STATE,
      SERVICES,
      ['workaround', 'hasWorkaround'],
      ['opened', 'openedAt'],
      ['resolved', 'resolvedAt'],
    ],
    filters: ['incident', 'change'],
    words: [['--team <team>', 'that owns an affected service'], ...EVERY_RECORD],
  },
  {
    name: 'review',
    path: '/v1/reviews',
    columns: [
      NUMBER,
      ['title', 'title'],
      STATE,
      ['due', 'dueAt'],
      ['overdue', 'overdue'],
      ['open actions', 'openActions'],
      ['owner', 'owner'],
    ],
    filters: ['incident', 'change'],
    words: [['--overdue', 'due, and past its time'], ['--owner <owner>', 'an e-mail or an account'], ...EVERY_RECORD],
  },
];

type ListOptions = Readonly<{
  state?: string;
  service?: string;
  environment?: string;
  release?: string;
  change?: string;
  incident?: string;
  severity?: string;
  major?: boolean;
  overdue?: boolean;
  owner?: string;
  team?: string;
  label?: string;
  ref?: string;
  q?: string;
  from?: string;
  to?: string;
  limit: number;
}>;

/** `slipway release show REL-1`, `slipway incident list --state Detected` */
export const addRecords = (program: Command, session: Session): void => {
  for (const kind of KINDS) {
    const command = program.command(kind.name).description(`show one ${kind.name}, or list them`);
    command
      .command('show <id>')
      .description(`one ${kind.name}, by its id or number`)
      .action(async (id: string) => {
        const client = session.client();
        const record = await client.get(`${kind.path}/${encodeURIComponent(id)}`);
        await session.show(record, async () => stringify(await withNames(client, record), { lineWidth: 0 }));
      });
    const list = command
      .command('list')
      .description(`${kind.name}s, the filters taken together`)
      .option('--state <state>')
      .option('--service <service>', 'a name or an id')
      .option('--environment <environment>', 'a name or an id')
      .option('--q <words>', 'in the title or the number')
      .option('--from <instant>', 'RFC 3339')
      .option('--to <instant>', 'RFC 3339')
      .option('--limit <count>', 'how many at most', countIn, 50)
      .action(async ({ limit, ...filters }: ListOptions) => {
        const client = session.client();
        const items = await client.items(kind.path, filters, limit);
        await session.show(items, async () => inRows(kind, await withNames(client, items)));
      });
    for (const filter of kind.filters) list.option(`--${filter} <${filter}>`, 'an id or a number');
    for (const [flags, meaning] of kind.words ?? []) list.option(flags, meaning);
  }
};

const inRows = ({ name, columns }: Kind, items: readonly JsonObject[]): string => {
  if (items.length === 0) return `No ${name} matches.\n`;
  return table(columns, items);
};
