import { projection } from '@slipway/consumers';
import type { PersonEvent } from '@slipway/contracts';

const ADD = `
  INSERT INTO account_keys_v1 (kid, person, label, valid_from, valid_to, added_by, added_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (person, kid) DO NOTHING`;

/** The keys of all service accounts: who could sign in with what, at any instant. */
export const accountKeys = projection<PersonEvent>({
  consumer: 'catalog.account-keys',
  categories: ['person'],
  tables: ['account_keys_v1'],
  independent: true,
  handlers: {
    ServiceAccountKeyAdded: async ({ stream, data }, client) => {
      const { kid, label, from, to, actor, recordedAt } = data;
      await client.query(ADD, [kid, stream, label, from, to, actor, recordedAt]);
    },
    ServiceAccountKeyRevoked: async ({ stream, data }, client) => {
      await client.query('UPDATE account_keys_v1 SET revoked_at = $3 WHERE person = $1 AND kid = $2', [
        stream,
        data.kid,
        data.recordedAt,
      ]);
    },
  },
});
