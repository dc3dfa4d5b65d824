export { changeApproval } from './module.ts';
