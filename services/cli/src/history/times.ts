import { Unreadable } from './row.ts';

/** How times are written. Without a zone of its own, a time is refused unless one is named here. */
export type Timing = Readonly<{ format?: string | undefined; timeZone?: string | undefined }>;

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;

/** The instant that a text says, RFC 3339 in UTC. Throws `Unreadable`. */
export const instantOf = (text: string, { format = 'iso', timeZone }: Timing = {}): string => {
  try {
    return said(text.trim(), format, timeZone);
  } catch (error) {
    if ((error as Error).name === 'RangeError')
      throw new Unreadable('no-such-time', `${text} is no time that there was: correct it at its source.`);
    throw error;
  }
};

const said = (text: string, format: string, timeZone: string | undefined): string => {
  if (format === 'epoch-seconds') return epoch(text, 1_000);
  if (format === 'epoch-milliseconds') return epoch(text, 1);
  const [date, time, offset] = format === 'iso' ? isoIn(text) : patternIn(text, format);
  if (offset !== undefined) return Temporal.Instant.from(`${date}T${time}${offset}`).toString();
  if (timeZone === undefined)
    throw new Unreadable(
      'time-without-zone',
      `${text} says no zone, and no mapping names one: add its offset, or timeZone to the mapping.`,
    );
  return instantIn(Temporal.PlainDateTime.from(`${date}T${time}`), text, timeZone);
};

/** What a clock showed twice, or never, is no instant. */
const instantIn = (local: Temporal.PlainDateTime, text: string, timeZone: string): string => {
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.equals(later)) return earlier.toInstant().toString();
  if (earlier.toPlainDateTime().equals(local))
    throw new Unreadable(
      'ambiguous-time',
      `${text} was shown twice by the clocks of ${timeZone}: export it with its offset, or in UTC.`,
    );
  throw new Unreadable(
    'no-such-time',
    `${text} was never shown by the clocks of ${timeZone}: export it with its offset, or in UTC.`,
  );
};

type Parts = readonly [date: string, time: string, offset: string | undefined];

const isoIn = (text: string): Parts => {
  const [, date, time = '00:00', offset] = ISO.exec(text) ?? [];
  if (date === undefined)
    throw new Unreadable('unreadable-time', `${text} is not a time of ISO 8601: name its format in the mapping.`);
  return [date, time, offset && offsetOf(offset)];
};

const offsetOf = (offset: string): string => {
  if (/^(Z|UTC|GMT)$/i.test(offset)) return 'Z';
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  return `${offset.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
};

const TOKENS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  XXX: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
};

const patternOf = (format: string): RegExp => {
  const parts = format.split(/(yyyy|MM|dd|HH|mm|ss|XXX)/);
  return new RegExp(`^${parts.map(part => TOKENS[part] ?? RegExp.escape(part)).join('')}$`);
};

const patternIn = (text: string, format: string): Parts => {
  const {
    year,
    month,
    day,
    hour = '0',
    minute = '00',
    second = '00',
    offset,
  } = patternOf(format).exec(text)?.groups ?? {};
  if (!year || !month || !day)
    throw new Unreadable(
      'unreadable-time',
      `${text} is not written as ${format}: correct it, or the format of the mapping.`,
    );
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return [date, `${hour.padStart(2, '0')}:${minute}:${second}`, offset && offsetOf(offset)];
};

const epoch = (text: string, milliseconds: number): string => {
  if (!/^-?\d{1,16}(\.\d{1,9})?$/.test(text))
    throw new Unreadable(
      'unreadable-time',
      `${text} is no number of seconds or milliseconds: correct it, or the format of the mapping.`,
    );
  return Temporal.Instant.fromEpochMilliseconds(Math.round(Number(text) * milliseconds)).toString();
};
