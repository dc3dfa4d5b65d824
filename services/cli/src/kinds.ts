import type { Column } from './table.ts';

type Option = readonly [flags: string, meaning: string];

/** A kind of record: where it is, how a list of them looks, and what narrows the list. */
export type Kind = Readonly<{
  name: string;
  /** A number of one. */
  example: string;
  /** What it is, for who sees it the first time. */
  meaning: string;
  path: string;
  columns: readonly Column[];
  filters: readonly Option[];
}>;

const NUMBER: Column = ['number', 'number', 'id'];
const TITLE: Column = ['title', 'title'];
const STATE: Column = ['state', 'state'];
const WINDOW: Column = ['window', 'window'];
const SERVICES: Column = ['services', 'services', 'serviceIds'];
const ENVIRONMENTS: Column = ['environments', 'environments', 'environmentId'];

const BY_SERVICE: Option = ['--service <service>', 'a name or an id'];
const BY_ENVIRONMENT: Option = ['--environment <environment>', 'a name or an id'];
const SINCE: Option = ['--from <instant>', 'RFC 3339'];
const UNTIL: Option = ['--to <instant>', 'RFC 3339'];
const BY_TEAM: Option = ['--team <team>', 'that owns an affected service'];
const BY_OWNER: Option = ['--owner <owner>', 'an address or an account'];
const TIMES = [SINCE, UNTIL];
const PLACES = [BY_SERVICE, BY_ENVIRONMENT, ...TIMES];
const by = (record: string): Option => [`--${record} <${record}>`, 'an id or a number'];

export const KINDS: readonly Kind[] = [
  {
    name: 'release',
    example: 'REL-1',
    meaning: 'releases: what is planned, approved and rolled out together',
    path: '/v1/releases',
    columns: [NUMBER, TITLE, STATE, ['held', 'held'], WINDOW, SERVICES, ENVIRONMENTS],
    filters: [...PLACES, ['--held', 'on hold only'], BY_TEAM, by('train'), ['--needs <release>', 'an id or a number']],
  },
  {
    name: 'train',
    example: 'TRAIN-1',
    meaning: 'release trains: departures at a fixed cadence, which releases board',
    path: '/v1/release-trains',
    columns: [NUMBER, TITLE, STATE, ['cadence', 'cadence.rrule'], ['zone', 'cadence.timeZone']],
    filters: [],
  },
  {
    name: 'change',
    example: 'CHG-1',
    meaning: 'changes: what is approved before it is done',
    path: '/v1/changes',
    columns: [NUMBER, TITLE, ['model', 'model'], STATE, ['risk', 'riskLevel'], WINDOW, ['closed', 'closeCode']],
    filters: [
      ...PLACES,
      ['--model <model>', 'standard, normal or emergency'],
      ['--on-hold', 'on hold only'],
      BY_TEAM,
      by('release'),
    ],
  },
  {
    name: 'deployment',
    example: 'DEP-1',
    meaning: 'deployments: one service goes to one environment',
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
    filters: [
      ...PLACES,
      ['--kind <kind>', 'planned, hotfix, rollback, redeploy or activation'],
      ['--unauthorized', 'that ran in production without an authorized change'],
      by('release'),
      by('change'),
    ],
  },
  {
    name: 'incident',
    example: 'INC-1',
    meaning: 'incidents: what is broken, and what broke it',
    path: '/v1/incidents',
    columns: [
      NUMBER,
      TITLE,
      ['severity', 'severity'],
      STATE,
      SERVICES,
      ENVIRONMENTS,
      ['impact since', 'impactStartedAt'],
      ['mitigated', 'mitigatedAt'],
    ],
    filters: [
      ...PLACES,
      ['--severity <severity>', 'critical, high, medium or low'],
      ['--major', 'major incidents only'],
      BY_TEAM,
    ],
  },
  {
    name: 'problem',
    example: 'PRB-1',
    meaning: 'problems: what is behind incidents, and how to live with it',
    path: '/v1/problems',
    columns: [
      NUMBER,
      TITLE,
      STATE,
      SERVICES,
      ['workaround', 'hasWorkaround'],
      ['opened', 'openedAt'],
      ['resolved', 'resolvedAt'],
    ],
    filters: [BY_SERVICE, ...TIMES, BY_TEAM, by('incident'), by('change')],
  },
  {
    name: 'threshold',
    example: 'THR-1',
    meaning: 'thresholds: figures that somebody watches, and is told of when they cross a limit',
    path: '/v1/metric-thresholds',
    columns: [
      NUMBER,
      TITLE,
      STATE,
      ['measure', 'measure'],
      ['series', 'series'],
      ['statistic', 'statistic'],
      ['crossed', 'condition'],
      ['limit', 'limit'],
      ['of', 'about.kind'],
      SERVICES,
    ],
    filters: [
      BY_SERVICE,
      ...TIMES,
      ['--team <team>', 'that it is about'],
      ['--application <application>', 'that it is about: a name or an id'],
      ['--measure <measure>', 'such as change-fail-rate'],
    ],
  },
  {
    name: 'review',
    example: 'PIR-1',
    meaning: 'reviews: what is learned from an incident or a change, and what is to be done',
    path: '/v1/reviews',
    columns: [
      NUMBER,
      TITLE,
      STATE,
      ['due', 'dueAt'],
      ['overdue', 'overdue'],
      ['open actions', 'openActions'],
      ['owner', 'owner'],
    ],
    filters: [...TIMES, ['--overdue', 'due, and past its time'], BY_OWNER, by('incident'), by('change')],
  },
];
