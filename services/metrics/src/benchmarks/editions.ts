/** What respondents of a group said of themselves. Bounds in the unit of the series; `to` is outside, and absent where there is none. */
export type Band = Readonly<{ group: string; said: string; from: number; to?: number }>;

/** A survey, as it was published. Its groups are clusters of respondents, by all measures at once: a single figure belongs to none. */
export type Edition = Readonly<{
  edition: string;
  name: string;
  year: number;
  source: string;
  /** The share of respondents in each group. */
  groups: readonly Readonly<{ group: string; share?: number }>[];
  /** By measure and series. */
  bands: readonly Readonly<{ measure: string; series: string; bands: readonly Band[] }>[];
}>;

const HOUR = 3_600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = 30 * DAY;
const HALF_YEAR = 6 * MONTH;

type Bounds = readonly [from: number, to: number | undefined];

/** The words of the answers that could be chosen, in seconds. Months of thirty days. */
const LASTED = {
  'less than one hour': [0, HOUR],
  'less than one day': [0, DAY],
  'one day to one week': [DAY, WEEK],
  'one week to one month': [WEEK, MONTH],
  'one month to six months': [MONTH, HALF_YEAR],
  'more than six months': [HALF_YEAR, undefined],
} as const satisfies Readonly<Record<string, Bounds>>;

/** In deployments a day; more than one a day is what `on demand` stands for. */
const OFTEN = {
  'on demand, several times a day': [1, undefined],
  'between once a day and once a week': [1 / 7, 1],
  'between once a week and once a month': [1 / 30, 1 / 7],
  'between once a month and once every six months': [1 / 180, 1 / 30],
  'fewer than once every six months': [0, 1 / 180],
} as const satisfies Readonly<Record<string, Bounds>>;

type Lasted = keyof typeof LASTED;
type Often = keyof typeof OFTEN;
/** A share, or from one to another, in percent. */
type Rate = number | readonly [number, number];

const bandOf = (group: string, said: string, [from, to]: Bounds): Band => ({
  group,
  said,
  from,
  ...(to !== undefined && { to }),
});

const rateOf = (group: string, rate: Rate): Band =>
  typeof rate === 'number'
    ? bandOf(group, `${rate} %`, [rate / 100, rate / 100])
    : bandOf(group, `${rate[0]} to ${rate[1]} %`, [rate[0] / 100, rate[1] / 100]);

type Row = Readonly<{
  group: string;
  share?: number;
  frequency: Often;
  leadTime: Lasted;
  failRate: Rate;
  restored: Lasted;
}>;

/** `restoredIs`: since 2023 the question is about failed deployments alone, before it was about incidents. */
const editionOf = (
  {
    restoredIs,
    ...about
  }: Pick<Edition, 'edition' | 'name' | 'year' | 'source'> &
    Readonly<{ restoredIs: readonly [measure: string, series: string] }>,
  rows: readonly Row[],
): Edition => ({
  ...about,
  groups: rows.map(({ group, share }) => ({ group, ...(share !== undefined && { share }) })),
  bands: [
    {
      measure: 'deployment-frequency',
      series: 'rollouts-per-day',
      bands: rows.map(({ group, frequency }) => bandOf(group, frequency, OFTEN[frequency])),
    },
    {
      measure: 'lead-time',
      series: 'lead-time',
      bands: rows.map(({ group, leadTime }) => bandOf(group, leadTime, LASTED[leadTime])),
    },
    {
      measure: 'change-fail-rate',
      series: 'change-fail-rate',
      bands: rows.map(({ group, failRate }) => rateOf(group, failRate)),
    },
    {
      measure: restoredIs[0],
      series: restoredIs[1],
      bands: rows.map(({ group, restored }) => bandOf(group, restored, LASTED[restored])),
    },
  ],
});

const RESTORED = ['mttr', 'all'] as const;
const RECOVERED = ['failed-deployment-recovery-time', 'from-impact-start'] as const;
const [ON_DEMAND, DAILY, WEEKLY, MONTHLY, RARELY] = Object.keys(OFTEN) as [Often, Often, Often, Often, Often];
const [HOURS, UNDER_A_DAY, DAYS, WEEKS, MONTHS, YEARS] = Object.keys(LASTED) as [
  Lasted,
  Lasted,
  Lasted,
  Lasted,
  Lasted,
  Lasted,
];

/** A later edition is one more entry here; none of these is changed. */
export const editions: readonly Edition[] = [
  editionOf(
    {
      edition: 'dora-2021',
      name: 'Accelerate State of DevOps 2021',
      year: 2021,
      source: 'DORA, https://dora.dev/research/2021/dora-report/',
      restoredIs: RESTORED,
    },
    [
      { group: 'elite', share: 0.26, frequency: ON_DEMAND, leadTime: HOURS, failRate: [0, 15], restored: HOURS },
      { group: 'high', share: 0.4, frequency: WEEKLY, leadTime: DAYS, failRate: [16, 30], restored: UNDER_A_DAY },
      { group: 'medium', share: 0.28, frequency: MONTHLY, leadTime: MONTHS, failRate: [16, 30], restored: DAYS },
      { group: 'low', share: 0.07, frequency: RARELY, leadTime: YEARS, failRate: [16, 30], restored: YEARS },
    ],
  ),
  editionOf(
    {
      edition: 'dora-2022',
      name: 'Accelerate State of DevOps 2022',
      year: 2022,
      source: 'DORA, https://dora.dev/research/2022/dora-report/',
      restoredIs: RESTORED,
    },
    [
      { group: 'high', share: 0.11, frequency: ON_DEMAND, leadTime: DAYS, failRate: [0, 15], restored: UNDER_A_DAY },
      { group: 'medium', share: 0.69, frequency: WEEKLY, leadTime: WEEKS, failRate: [16, 30], restored: DAYS },
      { group: 'low', share: 0.19, frequency: MONTHLY, leadTime: MONTHS, failRate: [46, 60], restored: WEEKS },
    ],
  ),
  editionOf(
    {
      edition: 'dora-2023',
      name: 'Accelerate State of DevOps 2023',
      year: 2023,
      source: 'DORA, https://dora.dev/research/2023/dora-report/',
      restoredIs: RECOVERED,
    },
    [
      { group: 'elite', share: 0.18, frequency: ON_DEMAND, leadTime: UNDER_A_DAY, failRate: 5, restored: HOURS },
      { group: 'high', share: 0.31, frequency: DAILY, leadTime: DAYS, failRate: 10, restored: UNDER_A_DAY },
      { group: 'medium', share: 0.33, frequency: WEEKLY, leadTime: WEEKS, failRate: 15, restored: DAYS },
      { group: 'low', share: 0.17, frequency: WEEKLY, leadTime: WEEKS, failRate: 64, restored: MONTHS },
    ],
  ),
  editionOf(
    {
      edition: 'dora-2024',
      name: 'Accelerate State of DevOps 2024',
      year: 2024,
      source: 'DORA, https://dora.dev/research/2024/dora-report/',
      restoredIs: RECOVERED,
    },
    [
      { group: 'elite', share: 0.19, frequency: ON_DEMAND, leadTime: UNDER_A_DAY, failRate: 5, restored: HOURS },
      { group: 'high', share: 0.22, frequency: DAILY, leadTime: DAYS, failRate: 20, restored: UNDER_A_DAY },
      { group: 'medium', share: 0.35, frequency: WEEKLY, leadTime: WEEKS, failRate: 10, restored: UNDER_A_DAY },
      { group: 'low', share: 0.25, frequency: MONTHLY, leadTime: MONTHS, failRate: 40, restored: WEEKS },
    ],
  ),
];

export const editionNamed = (edition: string): Edition | undefined => editions.find(each => each.edition === edition);

/** What an edition says of a series; nothing where it did not ask. */
export const bandsOf = ({ bands }: Edition, measure: string, series: string): readonly Band[] | undefined =>
  bands.find(each => each.measure === measure && each.series === series)?.bands;
