import { invalidPageToken, type Page } from '@slipway/edge';

/** Of a list that is sorted by an instant and then a key: where to go on. 400 for a token that nobody gave out. */
export const afterInstant = ({ after }: Page): Readonly<{ at: string; id: string }> | undefined => {
  if (!after) return undefined;
  const [at = '', id = ''] = after;
  // As this list wrote it: PostgreSQL does not know every instant that JavaScript does.
  if (/^[1-9]\d{3}-/.test(at) && !Number.isNaN(Date.parse(at)) && new Date(at).toISOString() === at) return { at, id };
  throw invalidPageToken();
};
