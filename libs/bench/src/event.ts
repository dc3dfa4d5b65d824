import { v7 as uuidv7 } from 'uuid';

/** Of the JSON text of every event that is appended. */
export const EVENT_BYTES = 500;

export type EventData = Readonly<{ turn: string; actor: string; recordedAt: string; note: string }>;

/** The stream category of all stores but message-db's 64. */
export const CATEGORY = 'release';

/** The same for every store; none of them looks into it. */
export const EVENT_TYPE = 'ReleaseHeld';

const ACTOR = `person-${uuidv7()}`;
const RECORDED_AT = '2026-03-02T09:00:00.000Z';
const WORDS = 'the window moves with the freeze and everything that was promised for it moves too; ';

const withNote = (turn: number, note: string): EventData => ({
  turn: String(turn).padStart(10, '0'),
  actor: ACTOR,
  recordedAt: RECORDED_AT,
  note,
});

const NOTE = WORDS.repeat(EVENT_BYTES).slice(0, EVENT_BYTES - JSON.stringify(withNote(0, '')).length);

/** Exactly `EVENT_BYTES` as JSON, different for every turn below 10^10. */
export const eventData = (turn: number): EventData => withNote(turn, NOTE);

export const newStream = (category = CATEGORY): string => `${category}-${uuidv7()}`;
