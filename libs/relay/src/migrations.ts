/** Checkpoints, in schema `relay`: ledger `relay`, search path `relay`. Applied after the store's. */
export const relayMigrations = new URL('../migrations/', import.meta.url);
