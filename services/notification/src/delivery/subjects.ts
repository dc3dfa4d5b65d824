import type { Delivery } from '@slipway/consumers';
import { categoryOf, idOf } from '@slipway/event-sourcing';
import type { Ask } from '@slipway/service';
import { type Subject, subjectAfter, UNKNOWN } from '../matching/subject.ts';

/** What the records of a batch are about, event after event. */
export type Subjects = Readonly<{
  after: (event: Delivery) => Subject;
  keep: () => Promise<void>;
}>;

const OF = 'SELECT stream, subject FROM subjects_v1 WHERE stream = ANY ($1)';
const KEEP = `
  WITH kept AS (
    INSERT INTO subjects_v1 (stream, subject) SELECT * FROM unnest($1::text[], $2::jsonb[])
    ON CONFLICT (stream) DO UPDATE SET subject = excluded.subject
  )
  SELECT 1 AS kept`;

export const subjectsOf = async (ask: Ask, streams: readonly string[]): Promise<ReadonlyMap<string, Subject>> => {
  const rows = await ask<{ stream: string; subject: Subject }>(OF, [[...new Set(streams)]]);
  return new Map(rows.map(({ stream, subject }) => [stream, subject]));
};

export const subjectsIn = async (ask: Ask, events: readonly Delivery[]): Promise<Subjects> => {
  const subjects = new Map(
    await subjectsOf(
      ask,
      events.map(({ stream }) => stream),
    ),
  );
  const changed = new Map<string, string>();
  return {
    after: event => {
      const before = subjects.get(event.stream) ?? UNKNOWN;
      const after = subjectAfter(before, event);
      const text = JSON.stringify(after);
      if (text === JSON.stringify(before)) return before;
      subjects.set(event.stream, after);
      changed.set(event.stream, text);
      return after;
    },
    keep: async () => {
      if (changed.size > 0) await ask(KEEP, [[...changed.keys()], [...changed.values()]]);
    },
  };
};

const NAME = `
  WITH named AS (
    INSERT INTO catalog_v1 (category, id, name) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
    ON CONFLICT (category, id) DO UPDATE SET name = excluded.name
  )
  SELECT 1 AS named`;

/** The names of services and environments, for filters that name them. */
export const keepNames = async (ask: Ask, events: readonly Delivery[]): Promise<void> => {
  const named = new Map<string, string>();
  for (const { stream, data } of events) {
    const { name } = data as Readonly<{ name?: unknown }>;
    if (['service', 'environment'].includes(categoryOf(stream)) && typeof name === 'string') named.set(stream, name);
  }
  if (named.size === 0) return;
  const streams = [...named.keys()];
  await ask(NAME, [streams.map(categoryOf), streams.map(idOf), [...named.values()]]);
};
