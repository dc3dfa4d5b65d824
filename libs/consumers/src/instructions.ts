import { canonical, sha256 } from '@slipway/canonical';
import type { Instruction, Message, Stamp } from '@slipway/event-sourcing';
import type pg from 'pg';
import type { Delivery } from './subscription.ts';

/** An instruction to be carried out now. */
export type DueInstruction = Readonly<{
  /** SHA-256 hex of process, causing event, name and target: the same however often it is carried out. */
  key: string;
  process: string;
  command: Message;
  to: string;
  /** The causing event. */
  causationId: string;
  cause: Readonly<{ stream: string; version: number }>;
  correlationId: string;
  /** Of the process's span. */
  traceparent?: string;
  /** When the causing event happened. */
  occurredAt: string;
  /** Whose doing the causing event was. */
  actor: string;
  onBehalfOf?: string;
}>;

/** What a process wants, with the event that made it want it. */
export type Wanted = Readonly<{
  process: string;
  instruction: Instruction<Message>;
  event: Delivery;
  traceparent: string | undefined;
}>;

export const instructionKey = (process: string, causationId: string, name: string, to: string): string =>
  sha256(canonical([process, causationId, name, to]));

const CANCEL = `
  UPDATE instructions SET status = 'canceled', settled_at = clock_timestamp()
  WHERE status = 'pending' AND due_at IS NOT NULL AND (process, name, target) = ($1, $2, $3) AND key <> $4`;

// A second schedule of the same event is the last word of it; anything else under a known key is a repetition.
const INSERT = `
  INSERT INTO instructions AS known (key, process, name, target, command, cause_id, cause_stream, cause_version,
    correlation_id, traceparent, occurred_at, actor, on_behalf_of, due_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
  ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, command = excluded.command
  WHERE known.status = 'pending' AND excluded.due_at IS NOT NULL`;

/** Writes down, in the transaction of the watermark, what is to be carried out once it is committed. */
export const writeDown = async (
  client: pg.ClientBase,
  { process, instruction, event, traceparent }: Wanted,
): Promise<void> => {
  if ('ignore' in instruction) return;
  if ('cancel' in instruction) return cancelTimer(client, process, instruction.cancel, instruction.to);
  const timed = 'schedule' in instruction;
  const command = timed ? instruction.schedule : instruction.send;
  const { to, name = command.type } = instruction;
  const key = instructionKey(process, event.id, name, to);
  if (timed) await cancelTimer(client, process, name, to, key);
  const { actor, onBehalfOf, occurredAt } = event.data as Stamp;
  const cause = [event.id, event.stream, event.version, event.correlationId, traceparent ?? event.traceparent];
  const who = [occurredAt, actor, onBehalfOf];
  await client.query(INSERT, [
    key,
    process,
    name,
    to,
    JSON.stringify(command),
    ...cause,
    ...who,
    timed ? instruction.at : null,
  ]);
};

const cancelTimer = async (
  client: pg.ClientBase,
  process: string,
  name: string,
  to: string,
  except = '',
): Promise<void> => {
  await client.query(CANCEL, [process, name, to, except]);
};

// Those for one target in their order, whichever process wants them: what started is told before what it led to. One that
// is to be tried again holds back those after it.
const DUE = `
  SELECT * FROM instructions AS due
  WHERE status = 'pending' AND (due_at IS NULL OR due_at <= coalesce($1, clock_timestamp()))
    AND (try_after IS NULL OR try_after <= clock_timestamp())
    AND NOT EXISTS (
      SELECT FROM instructions AS earlier
      WHERE earlier.status = 'pending' AND earlier.target = due.target
        AND earlier.seq < due.seq AND earlier.try_after > clock_timestamp())
  ORDER BY seq LIMIT $2`;

type Row = Readonly<{
  key: string;
  process: string;
  command: Message;
  target: string;
  cause_id: string;
  cause_stream: string;
  cause_version: number;
  correlation_id: string;
  traceparent: string | null;
  occurred_at: string;
  actor: string;
  on_behalf_of: string | null;
  attempts: number;
}>;

export type Pending = Readonly<{ due: DueInstruction; attempts: number }>;

/** Due by the given clock; by the database's own when none is given. */
export const dueInstructions = async (
  client: pg.ClientBase,
  now: Date | undefined,
  limit: number,
): Promise<readonly Pending[]> => {
  const { rows } = await client.query<Row>(DUE, [now ?? null, limit]);
  return rows.map(row => ({
    attempts: row.attempts,
    due: {
      key: row.key,
      process: row.process,
      command: row.command,
      to: row.target,
      causationId: row.cause_id,
      cause: { stream: row.cause_stream, version: row.cause_version },
      correlationId: row.correlation_id,
      ...(row.traceparent && { traceparent: row.traceparent }),
      occurredAt: row.occurred_at,
      actor: row.actor,
      ...(row.on_behalf_of && { onBehalfOf: row.on_behalf_of }),
    },
  }));
};

type Settled = Readonly<{ status: 'done' } | { status: 'rejected'; code: string; reason: string }>;

export const settle = async (pool: pg.Pool, key: string, outcome: Settled): Promise<void> => {
  const [code, reason] = outcome.status === 'rejected' ? [outcome.code, outcome.reason] : [null, null];
  await pool.query(
    `UPDATE instructions SET status = $2, code = $3, reason = $4, attempts = attempts + 1, error = NULL, settled_at = clock_timestamp()
     WHERE key = $1 AND status = 'pending'`,
    [key, outcome.status, code, reason],
  );
};

export const postpone = async (pool: pg.Pool, key: string, error: string, delayMs: number): Promise<void> => {
  await pool.query(
    `UPDATE instructions SET attempts = attempts + 1, error = $2, try_after = clock_timestamp() + $3 * interval '1 ms'
     WHERE key = $1 AND status = 'pending'`,
    [key, error, delayMs],
  );
};

/** What became of an instruction that was not simply carried out. */
export type InstructionInTrouble = Readonly<{
  process: string;
  name: string;
  target: string;
  status: 'pending' | 'rejected';
  code: string | null;
  reason: string | null;
  error: string | null;
  attempts: number;
  recordedAt: string;
}>;

const IN_TROUBLE = `
  SELECT process, name, target, status, code, reason, error, attempts, recorded_at AS "recordedAt" FROM instructions
  WHERE status = 'rejected' OR (status = 'pending' AND attempts > 0)
  ORDER BY seq DESC LIMIT 200`;

/** The latest 200 that were rejected, which is a recorded outcome, or that failed and are being tried again. */
export const instructionsInTrouble = async (pool: pg.Pool): Promise<readonly InstructionInTrouble[]> =>
  (await pool.query<InstructionInTrouble>(IN_TROUBLE)).rows;
