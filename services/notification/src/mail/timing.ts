import type { MailTiming } from '@slipway/contracts';

/** When a mail about something that happened at `instant` is due: at the end of its digest, and in no quiet hour. RFC 3339, UTC. */
export const dueAt = (timing: MailTiming | undefined, instant: string): string => {
  const { digest, quietHours } = timing ?? {};
  const happened = Temporal.Instant.from(instant);
  const gathered = digest ? endOf(digest, happened) : happened;
  return (quietHours ? afterQuiet(quietHours, gathered) : gathered).toString();
};

/** Whether a zone is one. */
export const isTimeZone = (timeZone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
};

const endOf = (
  { every, hour = 8, timeZone }: NonNullable<MailTiming['digest']>,
  instant: Temporal.Instant,
): Temporal.Instant => {
  const local = instant.toZonedDateTimeISO(timeZone);
  if (every === 'hour')
    return local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 }).toInstant();
  const today = local.withPlainTime({ hour });
  const next = Temporal.ZonedDateTime.compare(today, local) > 0 ? today : today.add({ days: 1 });
  return next.toInstant();
};

const afterQuiet = (
  { from, to, timeZone }: NonNullable<MailTiming['quietHours']>,
  instant: Temporal.Instant,
): Temporal.Instant => {
  const local = instant.toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const overMidnight = from > to;
  const isQuiet = overMidnight ? time >= from || time < to : time >= from && time < to;
  if (!isQuiet) return instant;
  const morning = local.withPlainTime(Temporal.PlainTime.from(to));
  return (overMidnight && time >= from ? morning.add({ days: 1 }) : morning).toInstant();
};
