import { projection } from '@slipway/consumers';
import type { SubjectEvent } from '@slipway/contracts';

const WRITE = `
  INSERT INTO subjects_v1 (person, dropped, link_until) VALUES ($1, $2, $3)
  ON CONFLICT (person) DO UPDATE SET dropped = excluded.dropped, link_until = excluded.link_until`;
const ERASE = 'SELECT directory.erase_person($1, $2)';

/**
 * Who was erased. What the directory has dropped by then it drops again, which does nothing; in a directory that came back
 * with a backup, rebuilding this view forgets again whoever was forgotten.
 */
export const subjects = projection<SubjectEvent>({
  consumer: 'catalog.subjects',
  categories: ['subject'],
  tables: ['subjects_v1'],
  handlers: {
    SubjectErased: async ({ data: { person, dropped, linkUntil = null } }, client) => {
      await client.query(WRITE, [person, dropped, linkUntil]);
      await client.query(ERASE, [person, linkUntil]);
    },
  },
});
