import { freezeBroker, killBroker } from './broker-faults.ts';
import { consumerChurn, poisonPayloads, redelivery } from './consumer-faults.ts';
import { cutConnections } from './cut-connections.ts';
import type { Fault } from './fault.ts';
import { foreignTransaction, snapshot } from './long-transactions.ts';
import { freezes, killings } from './process-faults.ts';
import { rolledBackAppends } from './rolled-back-appends.ts';
import { stopPostgres } from './stop-postgres.ts';
import { twoLeaders } from './two-leaders.ts';

/** Every kind that is done under load. What is done to backups comes after it. */
export const faults: readonly Fault[] = [
  foreignTransaction,
  snapshot,
  ...killings,
  ...freezes,
  stopPostgres,
  killBroker,
  freezeBroker,
  twoLeaders,
  rolledBackAppends,
  cutConnections,
  consumerChurn,
  poisonPayloads,
  redelivery,
];

export const faultNamed = (kind: string): Fault => {
  const found = faults.find(fault => fault.kind === kind);
  if (!found) throw new Error(`no fault is called ${kind}: ${faults.map(fault => fault.kind).join(', ')}`);
  return found;
};
