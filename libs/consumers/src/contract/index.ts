/** The contract of the transports: the same suites over each. Needs Jest. */
export { deliveryContract } from './delivery.contract.ts';
export { lifeContract } from './life.contract.ts';
export { parkingContract } from './parking.contract.ts';
export { processesContract } from './processes.contract.ts';
export { progressContract } from './progress.contract.ts';
export { rebuildContract } from './rebuild.contract.ts';
export * from './stage.ts';
