export { incidentCorrelation } from './module.ts';
