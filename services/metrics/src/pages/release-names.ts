import type { AnsweredRelease } from '../report/answered-release.ts';
import { eventsOf, linked } from './addresses.ts';
import { html, type Markup } from './markup.ts';

/** A number where the record has one, else its id. */
export const nameOf = ({ numbers }: AnsweredRelease, record: string, id: string): string =>
  numbers[`${record}-${id}`] ?? id;

/** The same, with the way to its events. */
export const record = (release: AnsweredRelease, kind: 'deployment' | 'incident' | 'change', id: string): Markup =>
  linked(eventsOf(kind, id), html`<code>${nameOf(release, kind, id)}</code>`);
