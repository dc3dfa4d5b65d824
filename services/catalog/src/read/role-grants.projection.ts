import { projection } from '@slipway/consumers';
import type { RoleGrantEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

const GRANT = `
  INSERT INTO role_grants_v1
    (id, person, role, services, environments, applications, teams, actions, valid_from, valid_to, granted_by, granted_at,
      version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  ON CONFLICT (id) DO NOTHING`;

const REVOKE = `UPDATE role_grants_v1 SET revoked_by = $2, revoked_at = $3, version = $4 WHERE id = $1`;

export const roleGrants = projection<RoleGrantEvent>({
  consumer: 'catalog.role-grants',
  categories: ['roleGrant'],
  tables: ['role_grants_v1'],
  independent: true,
  handlers: {
    RoleGranted: async ({ stream, version, data }, client) => {
      const { person, role, scope, from, to, actor, recordedAt } = data;
      const { services = null, environments = null, applications = null, teams = null, actions = null } = scope;
      await client.query(GRANT, [
        idOf(stream),
        person,
        role,
        services,
        environments,
        applications,
        teams,
        actions,
        from,
        to ?? null,
        actor,
        recordedAt,
        version,
      ]);
    },
    RoleRevoked: async ({ stream, version, data }, client) => {
      await client.query(REVOKE, [idOf(stream), data.actor, data.recordedAt, version]);
    },
  },
});
