import type { JsonObject } from './client.ts';
import { inWords } from './table.ts';

/** `INC-7 Mitigated: Checkout fails` */
export const recordInWords = ({ number, id, state, title }: JsonObject): string =>
  `${inWords(number ?? id)} ${inWords(state)}${title === undefined ? '' : `: ${inWords(title)}`}\n`;

/** `REL-1 Planned, on hold; 2026-03-03T20:00:00Z to 2026-03-03T22:00:00Z` */
export const releaseInWords = ({ number, state, held, window, outcome }: JsonObject): string => {
  const how = [inWords(state), ...(outcome ? [inWords(outcome)] : []), ...(held ? ['on hold'] : [])].join(', ');
  return `${inWords(number)} ${how}${window ? `; ${inWords(window)}` : ''}\n`;
};
