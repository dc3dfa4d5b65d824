import { projection } from '@slipway/consumers';
import type { ServiceEvent } from '@slipway/contracts';
import { idOf, type Recorded } from '@slipway/event-sourcing';
import type { ClientBase } from 'pg';

const WRITE = `
  INSERT INTO services_v1
    (id, name, title, owner_team, criticality, repositories, alert_labels, aliases, dependencies, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT (id) DO UPDATE SET
    title = excluded.title, owner_team = excluded.owner_team, criticality = excluded.criticality,
    repositories = excluded.repositories, alert_labels = excluded.alert_labels, aliases = excluded.aliases,
    dependencies = excluded.dependencies, version = excluded.version`;

const write = async ({ stream, version, data }: Recorded<ServiceEvent>, client: ClientBase): Promise<void> => {
  await client.query(WRITE, [
    idOf(stream),
    data.name,
    data.title,
    data.ownerTeam,
    data.criticality,
    data.repositories,
    JSON.stringify(data.alertLabels),
    data.aliases,
    JSON.stringify(data.dependencies),
    version,
  ]);
};

export const serviceList = projection<ServiceEvent>({
  consumer: 'catalog.services',
  categories: ['service'],
  tables: ['services_v1'],
  independent: true,
  handlers: { ServiceRegistered: write, ServiceUpdated: write },
});
