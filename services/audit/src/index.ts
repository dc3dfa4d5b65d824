export { audit } from './module.ts';
