import { inFunction } from './sql.ts';
import type { Mutant } from './mutant.ts';

const TAKEN =
  'DELETE FROM store.pending WHERE bound IS NULL OR seq <= bound RETURNING seq, streams, versions, appended_at )';

const notHolding = inFunction('store.hold_lead', [
  'WHERE leader = held AND epoch = mine FOR SHARE',
  'WHERE leader = held',
]);

export const mutants: readonly Mutant[] = [
  {
    // Who comes late with a lower number is passed over.
    name: 'reader-by-sequence',
    kinds: ['rolled-back-appends', 'stop-postgres', 'kill-service', 'freeze-sequencer', 'snapshot'],
    prepare: async client => {
      await client.query('CREATE TABLE store.reader AS SELECT 0::bigint AS last');
      await inFunction('store.sequence', [
        TAKEN,
        `DELETE FROM store.pending WHERE seq > (SELECT last FROM store.reader) RETURNING seq, streams, versions, appended_at
         ), read AS (
           UPDATE store.reader SET last = (SELECT max(seq) FROM taken) WHERE EXISTS (SELECT FROM taken)
         )`,
      ])(client);
    },
  },
  {
    // What queues are told to do: workers side by side, each takes a few of those that are free, and a number for each.
    name: 'skip-locked',
    kinds: ['freeze-sequencer', 'kill-sequencer', 'kill-service', 'stop-postgres', 'rolled-back-appends'],
    prepare: async client => {
      await client.query('CREATE SEQUENCE store.positions');
      await inFunction(
        'store.sequence',
        [
          TAKEN,
          `DELETE FROM store.pending
           WHERE ctid = ANY (ARRAY (SELECT ctid FROM store.pending ORDER BY seq LIMIT 3 FOR UPDATE SKIP LOCKED))
           RETURNING seq, streams, versions, appended_at )`,
        ],
        ['last_position + row_number() OVER (ORDER BY taken.seq, each.nth)', "nextval('store.positions')"],
      )(client);
      await notHolding(client);
    },
    replacements: [
      {
        file: 'libs/event-store/dist/sequencer.js',
        text: "pg_try_advisory_lock(hashtextextended('slipway sequencer', 0)) AS mine",
        by: 'true AS mine',
      },
    ],
  },
  {
    name: 'no-epoch-check',
    kinds: ['two-leaders', 'freeze-relay', 'freeze-sequencer'],
    prepare: notHolding,
  },
  {
    name: 'watermark-outside-transaction',
    kinds: ['kill-consumer', 'stop-postgres', 'poison-payloads', 'consumer-churn'],
    replacements: [
      {
        file: 'libs/consumers/dist/deliver.js',
        text: 'await moveWatermark(client, { consumer, skipsOf, ...batch }, batch.events)',
        by: 'await inRepeatableTransaction(source.pool, other => moveWatermark(other, { consumer, skipsOf, ...batch }, batch.events))',
      },
    ],
  },
  {
    name: 'checkpoint-before-acknowledgement',
    kinds: ['kill-relay', 'kill-broker', 'freeze-relay'],
    replacements: [
      {
        file: 'libs/relay/dist/session.js',
        text: 'if (batch.records > 0) await traced(topicMessages, () => session.producer.sendBatch({ topicMessages, acks: -1 })); stretch.sent(batch);',
        by: 'stretch.sent(batch); await stretch.checkpoint(); if (batch.records > 0) await traced(topicMessages, () => session.producer.sendBatch({ topicMessages, acks: -1 }));',
      },
    ],
  },
  {
    name: 'decide-before-key',
    kinds: ['cut-connections', 'kill-service', 'stop-postgres'],
    replacements: [
      {
        file: 'libs/event-store/dist/handle.js',
        text: 'const before = answered(stream, request); if (before) return before;',
        by: '',
      },
      {
        file: 'libs/event-store/dist/handle.js',
        text: 'if (appends.length === 0) return',
        by: 'const before = answered(stream, request); if (before) return before; if (appends.length === 0) return',
      },
    ],
  },
];

export const mutantNamed = (name: string): Mutant => {
  const found = mutants.find(mutant => mutant.name === name);
  if (!found) throw new Error(`no mutant is called ${name}`);
  return found;
};
