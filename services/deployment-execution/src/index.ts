export { deploymentExecution } from './module.ts';
