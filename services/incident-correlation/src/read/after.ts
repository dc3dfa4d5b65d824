import { type Page, ProblemException } from '@slipway/edge';

/** Of a list that is sorted by an instant and then the id: where to go on. 400 for a token that nobody gave out. */
export const afterInstant = ({ after }: Page): Readonly<{ at: string; id: string }> | undefined => {
  if (!after) return undefined;
  const [at = '', id = ''] = after;
  if (!Number.isNaN(Date.parse(at))) return { at, id };
  const detail = 'pageToken takes a nextPageToken as it came.';
  throw new ProblemException({ status: 400, code: 'invalid-page-token', detail });
};
