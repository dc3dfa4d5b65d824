import { projection } from '@slipway/consumers';
import type { EnvironmentEvent } from '@slipway/contracts';
import { idOf, type Recorded } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';

const WRITE = `
  INSERT INTO environments_v1 (id, name, title, tier, region, time_zone, aliases, openness, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (id) DO UPDATE SET
    title = excluded.title, tier = excluded.tier, region = excluded.region, time_zone = excluded.time_zone,
    aliases = excluded.aliases, openness = excluded.openness, version = excluded.version`;

const write = async ({ stream, version, data }: Recorded<EnvironmentEvent>, client: ClientBase): Promise<void> => {
  const { name, title, tier, region, timeZone, aliases, openness } = data;
  await client.query(WRITE, [idOf(stream), name, title, tier, region, timeZone, aliases, openness, version]);
};

export const environmentList = projection<EnvironmentEvent>({
  consumer: 'catalog.environments',
  categories: ['environment'],
  tables: ['environments_v1'],
  independent: true,
  handlers: { EnvironmentRegistered: write, EnvironmentUpdated: write },
});
