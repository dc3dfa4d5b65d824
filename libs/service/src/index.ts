export { issuerIn } from './issuer-in-environment.ts';
export { type Prepare, type Prepared, type RecordView, type ServiceDefinition, type Sources } from './definition.ts';
export { createHost, type Host, type HostOptions } from './host.ts';
export { migrationsOf } from './migrations.ts';
export { type Counts, type RecordList, recordList, wordsIn, wordsMatch } from './record-list.ts';
export { type Running, type Transport } from './running.ts';
export { type Caller, type Order, type Orders, Service } from './service.ts';
export { serve, startService } from './start.ts';
export type { Placing } from './within-scope.ts';
