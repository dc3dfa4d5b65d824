import type { LogRow } from './record.ts';

const RECORDS_A_SEND = 500;
/** Of rows in memory at a time; well below the broker's bound of one request, `socket.request.max.bytes`. */
const BYTES_A_SEND = 8 * 1024 * 1024;

/** How many rows to read at once: fewer of large ones, so that a read ends before the session's time is up. */
export class Reach {
  // The first read does not know yet what comes: an event may have 256 KiB.
  rows = 50;

  took(rows: readonly LogRow[]): void {
    const bytes = rows.reduce((sum, { data }) => sum + data.length, 1);
    const fitting = Math.floor((BYTES_A_SEND * rows.length) / bytes);
    this.rows = Math.max(1, Math.min(RECORDS_A_SEND, fitting, this.rows * 2));
  }
}
