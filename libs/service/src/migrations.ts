import { consumersMigrations } from '@slipway/consumers';
import { type MigrationSet, schemaOf } from '@slipway/event-store';

/** What is applied in a service's own schema: the bookkeeping of its consumers, then its tables. */
export const migrationsOf = (name: string, directory: URL): readonly MigrationSet[] => {
  const searchPath = schemaOf(name);
  return [
    { directory: consumersMigrations, ledger: `${name}/consumers`, searchPath },
    { directory, ledger: name, searchPath },
  ];
};
