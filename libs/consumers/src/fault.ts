/** What PostgreSQL and the network add to an error. */
type Coded = Readonly<{ code?: string; constraint?: string; table?: string }>;

// PostgreSQL is away, restarting, full or read-only: not the event's doing.
const AWAY = /^(08|53|57P|25006|58)/;
// Lost against somebody else's transaction: the same again will do.
const LOST_A_RACE = /^(40|55P03)/;
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/;
const CUT =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|not queryable/;

/** How the event store says it. */
const STORE_AWAY = new Set(['Overloaded', 'OutcomeUnknown']);

const codeOf = (error: unknown): string => (error as Coded | undefined)?.code ?? '';

/** Not the event's fault: to be tried again for as long as it takes, and never parked. */
export const isPassing = (error: unknown): boolean => {
  const code = codeOf(error);
  if (error instanceof Error && STORE_AWAY.has(error.name)) return true;
  return (
    AWAY.test(code) ||
    LOST_A_RACE.test(code) ||
    NETWORK.test(code) ||
    (error instanceof Error && CUT.test(error.message))
  );
};

/** What went wrong and where, without a word of the payload: messages of PostgreSQL and of `JSON.parse` quote values. */
export const describeFault = (error: unknown): string => {
  if (!(error instanceof Error)) return 'something that is no Error was thrown';
  const { constraint, table } = error as Coded;
  const frame = error.stack?.split('\n').find(line => /^\s+at /.test(line) && !line.includes('node_modules'));
  const place = /[^/\\ (]+:\d+:\d+/.exec(frame ?? '')?.[0];
  return [error.name, codeOf(error), table, constraint, place && `at ${place}`].filter(Boolean).join(' ');
};
