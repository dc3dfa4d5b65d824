export { metrics } from './module.ts';
