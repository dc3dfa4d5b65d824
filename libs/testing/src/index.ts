export { testDatabase, type TestDatabase } from './database.ts';
export { migratedDatabase, type MigratedDatabase } from './migrated-database.ts';
export { startServices } from './services.ts';
