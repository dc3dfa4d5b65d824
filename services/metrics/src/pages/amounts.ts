import type { Figure } from '../figures/figure.ts';

type Unit = Figure['unit'];

/** No-break, and narrower than a letter. */
const GAP = '\u202f';

/** A figure in words; what was not measured is not 0. */
export const amount = (value: number | null, unit: Unit): string => {
  if (value === null) return 'no data';
  if (unit === 'seconds') return duration(value);
  return unit === 'ratio' ? percent(value) : `${rounded(value)}${GAP}a\u00a0day`;
};

/** From one to another, the unit once. */
export const range = (low: number, high: number, unit: Unit): string => {
  if (unit === 'seconds') return `${duration(low)} to ${duration(high)}`;
  return `${rounded(unit === 'ratio' ? low * 100 : low)} to ${amount(high, unit)}`;
};

/** The same of differences. */
export const differences = (low: number, high: number, unit: Unit): string =>
  `${unit === 'seconds' ? difference(low, unit) : signed(unit === 'ratio' ? low * 100 : low)} to ${difference(high, unit)}`;

/** How far one is from another, with its sign. */
export const difference = (value: number, unit: Unit): string => {
  if (unit === 'ratio') return `${signed(value * 100)}${GAP}points`;
  return unit === 'seconds' ? `${signOf(value)}${duration(Math.abs(value))}` : `${signed(value)}${GAP}a\u00a0day`;
};

const signOf = (value: number): string => (value > 0 ? '+' : value < 0 ? '\u2212' : '±');
const signed = (value: number): string => `${signOf(value)}${rounded(Math.abs(value))}`;

export const percent = (ratio: number): string => `${rounded(ratio * 100)}${GAP}%`;

/** Three digits that say something, at most one of them behind the point from ten on. */
export const rounded = (value: number): string => {
  const digits = Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 3;
  return grouped(Number(value.toFixed(digits)));
};

/** Thousands apart, as ISO 31-0 has it. */
export const grouped = (value: number): string => {
  const [whole = '', part] = String(value).split('.');
  const spaced = whole.replaceAll(/\B(?=(\d{3})+$)/g, GAP);
  return part === undefined ? spaced : `${spaced}.${part}`;
};

const STEPS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** The two largest of days, hours, minutes and seconds that stand beside each other. */
export const duration = (seconds: number): string => {
  const first = STEPS.findIndex(([size]) => Math.abs(seconds) >= size);
  if (first === -1) return `${rounded(seconds)}${GAP}s`;
  const [[size, name], smaller] = [STEPS[first]!, STEPS[first + 1]];
  const finest = smaller?.[0] ?? 1;
  const whole = Math.round(seconds / finest) * finest;
  if (first > 0 && Math.abs(whole) >= STEPS[first - 1]![0]) return duration(whole);
  const rest = (whole % size) / finest;
  const major = `${grouped(Math.trunc(whole / size))}${GAP}${name}`;
  return smaller === undefined || rest === 0 ? major : `${major}\u00a0${Math.abs(rest)}${GAP}${smaller[1]}`;
};

/** In which unit durations up to so many seconds are best drawn. */
export const scaleOf = (seconds: number): Readonly<{ size: number; name: string }> => {
  const [size, name] = STEPS.find(([each]) => seconds >= 2 * each) ?? STEPS[3];
  return { size, name };
};

/** An instant by the clocks of a zone: `2 March 2026, 14:05`. */
export const moment = (instant: string, zone: string): string => {
  const { year, month, day, hour, minute } = clockOf(instant, zone);
  return `${day} ${MONTHS[month - 1]} ${year}, ${two(hour)}:${two(minute)}`;
};

/** From one instant until another: whole days as days, the last one inside. */
export const spanInWords = (from: string, to: string, zone: string): string => {
  const [start, end] = [clockOf(from, zone), clockOf(to, zone)];
  const isOfDays = [start, end].every(at => at.equals(at.startOfDay()));
  if (!isOfDays) return `${moment(from, zone)} to ${moment(to, zone)}`;
  const last = end.toPlainDate().subtract({ days: 1 });
  return `${dayInWords(start.toPlainDate())} to ${dayInWords(last)}`;
};

const dayInWords = ({ year, month, day }: Temporal.PlainDate): string => `${day} ${MONTHS[month - 1]} ${year}`;

/** The same in short, for tables: `2026-03-02 14:05`. */
export const shortMoment = (instant: string, zone: string): string => {
  const at = clockOf(instant, zone);
  return `${at.toPlainDate().toString()} ${two(at.hour)}:${two(at.minute)}`;
};

const clockOf = (instant: string, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone);

const two = (value: number): string => String(value).padStart(2, '0');

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A calendar period as people say it; weeks, quarters and days as they are called. */
export const periodInWords = (name: string): string => {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(name) ?? [];
  if (month !== undefined) return `${MONTHS[Number(month) - 1]} ${year}`;
  const [, of, quarter] = /^(\d{4})-Q(\d)$/.exec(name) ?? [];
  if (quarter !== undefined) return `Quarter ${quarter} of ${of}`;
  const [, weekYear, week] = /^(\d{4})-W(\d{2})$/.exec(name) ?? [];
  return week === undefined ? name : `Week ${Number(week)} of ${weekYear}`;
};

/** The same where there is little room, the year of months below the first one and each January. */
export const periodInShort = (name: string, isFirst: boolean): string => {
  const [, year = '', month] = /^(\d{4})-(\d{2})$/.exec(name) ?? [];
  if (month === undefined) return name.replace(/^\d{2}(\d{2})-/, '$1-');
  const short = (MONTHS[Number(month) - 1] ?? '').slice(0, 3);
  return isFirst || month === '01' ? `${short}\n${year}` : short;
};

/** Why something is as it is: a code of ours as a sentence. */
export const codeInWords = (code: string): string => {
  const words = CODES[code] ?? code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const CODES: Readonly<Record<string, string>> = {
  'no-rollout-finished': 'no rollout finished in this period',
  'no-rollout-known': 'no rollout is known by this time',
  'no-commit-in-production': 'no commit came into production in this period',
  'no-pull-request-in-production': 'no pull request came into production in this period',
  'no-incident-restored': 'no such incident was restored in this period',
  'no-incident-resolved': 'no such incident was resolved in this period',
  'no-change-closed': 'no such change was closed in this period',
  'no-change-approved': 'no change was approved in this period',
  'no-change-implemented': 'no change was implemented in this period',
};
