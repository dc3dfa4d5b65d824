export { planning } from './module.ts';
