import { consumersMigrations } from '@slipway/consumers';
import { migrate, roleOf } from '@slipway/event-store';
import { relayMigrations } from '@slipway/relay';
import { withClient } from '../../stage.ts';
import { COUNTS_TABLE } from '../counts.ts';

/** Slipway's schemas, and the view that its consumer fills. */
export const prepareSlipway = async (url: string): Promise<void> => {
  await migrate(
    url,
    { directory: consumersMigrations, ledger: 'planning/consumers', searchPath: 'planning' },
    { directory: relayMigrations, ledger: 'relay', searchPath: 'relay' },
  );
  await withClient(url, client => client.query(`SET search_path = planning; ${COUNTS_TABLE}`));
};

/** The database as a service, the sequencer or the relay has it. */
export const asRole = (database: string, service: string): string => {
  const url = new URL(database);
  url.username = roleOf(service);
  return url.href;
};
