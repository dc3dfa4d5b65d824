import { definitions } from '../measures/index.ts';
import { FOLD } from './service-records.ts';

/** By what kept figures were counted. Those that others counted are counted again: a report shows one reading of a measure. */
export const COUNTED_BY = [`fold ${FOLD}`, ...definitions.map(({ measure, version }) => `${measure} ${version}`)].join(
  ', ',
);
