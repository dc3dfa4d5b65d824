import pg from 'pg';

/** `change-approval` to `slipway_change_approval`: the database role of a service, of the sequencer, of the relay. */
export const roleOf = (service: string): string => `slipway_${service.replaceAll('-', '_')}`;

/** `change-approval` to `change_approval`: the schema that only this service reads and writes. */
export const schemaOf = (service: string): string => service.replaceAll('-', '_');

/** Roles are made without a password, which lets nobody in but where the server trusts. Service name to secret. */
export const setPasswords = async (client: pg.ClientBase, secrets: Readonly<Record<string, string>>): Promise<void> => {
  for (const [service, secret] of Object.entries(secrets))
    await client.query(`ALTER ROLE ${pg.escapeIdentifier(roleOf(service))} PASSWORD ${pg.escapeLiteral(secret)}`);
};
