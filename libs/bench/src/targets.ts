/** What each ratio is to reach at least. */
export const targets: Readonly<Record<string, number>> = {
  'append.1.emmett': 1.5,
  'append.8.emmett': 3,
  'append.32.emmett': 6,
  'append.128.emmett': 9,
  'append.32.pgbench': 1.1,
  'append.128.pgbench': 2,
  'append.32.message-db-64': 1.8,
  'append.32.message-db-1': 7,
  'p99.32.emmett': 3,
  'p99.128.emmett': 4,
  'cpu.32.emmett': 6,
  'cpu.128.emmett': 8,
  'sustained.32.emmett': 2,
  'read1000.emmett': 3.3,
  'rebuild.emmett': 25,
  'rest.32.emmett': 2,
};
