import { x } from '../../contracts/src/x.ts';
export const kernel = x;
