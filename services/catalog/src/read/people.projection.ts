import { projection } from '@slipway/consumers';
import type { PersonEvent, PersonStated } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';

const WRITE = `
  INSERT INTO people_v1 (pseudonym, kind, also_known_as, registered_at, version) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (pseudonym) DO UPDATE SET
    kind = excluded.kind, also_known_as = excluded.also_known_as, version = excluded.version`;

const write = async ({ stream, version, data }: Recorded<PersonStated>, client: ClientBase): Promise<void> => {
  await client.query(WRITE, [stream, data.kind, data.alsoKnownAs, data.recordedAt, version]);
};

const keepVersion = async ({ stream, version }: Recorded<PersonEvent>, client: ClientBase): Promise<void> => {
  await client.query('UPDATE people_v1 SET version = $2 WHERE pseudonym = $1', [stream, version]);
};

/** Pseudonyms only: names are asked of the directory when somebody looks. */
export const people = projection<PersonEvent>({
  consumer: 'catalog.people',
  categories: ['person'],
  tables: ['people_v1'],
  independent: true,
  handlers: {
    PersonRegistered: write,
    PersonUpdated: write,
    ServiceAccountKeyAdded: keepVersion,
    ServiceAccountKeyRevoked: keepVersion,
  },
});
